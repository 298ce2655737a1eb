"""Verification workbooks: every score of a hospital recomputed by formulas of a spreadsheet."""
