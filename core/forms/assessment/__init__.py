"""Reading a self-assessment: locating its cells, checking and reconciling them."""
