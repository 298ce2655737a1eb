"""One facility or one district network in full."""
