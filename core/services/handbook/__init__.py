"""The handbook: every rule in plain words with its source, and every form blank."""
