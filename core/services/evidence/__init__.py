"""Evidence: a link or a file, as people hand it in for a finding or a verified item."""
