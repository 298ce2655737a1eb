"""Workbook forms as data: locate cells, read, check, write the blank, mark problems."""
