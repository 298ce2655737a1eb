"""Many files at once: found in folders and archives, read on all cores, stored a few at a time."""
