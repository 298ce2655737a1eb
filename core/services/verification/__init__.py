"""Verification workbooks: what a hospital's scores are computed from, gathered and written."""
