"""First steps: what to do where nothing is stored yet, and what is read once something is."""
