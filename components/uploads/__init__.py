"""Files that were sent: found, compared, handed back, taken back and restored."""
