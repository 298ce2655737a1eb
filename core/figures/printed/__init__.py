"""Figures on paper: drawings with their own colours and type, every value written."""
