"""Writing the blank of a table form."""
