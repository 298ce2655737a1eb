"""Evidence as people hand it in for a finding or a verified item, and who does so."""
