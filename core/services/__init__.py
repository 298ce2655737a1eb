"""One module per use case: the only door pages and the terminal use."""
