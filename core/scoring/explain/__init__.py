"""Rules and results in plain words."""
