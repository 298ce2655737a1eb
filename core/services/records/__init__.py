"""Rows held against the store: documents against other forms, districts against the register."""
