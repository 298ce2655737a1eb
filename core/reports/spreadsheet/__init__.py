"""The tables of a meeting as an Excel workbook: a sheet for each view, its numbers as numbers."""
