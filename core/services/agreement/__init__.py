"""Our results beside the ministry's own: how many are equal, and why the others differ."""
