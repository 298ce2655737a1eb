"""First steps: what to do where nothing is stored or dropped yet."""
