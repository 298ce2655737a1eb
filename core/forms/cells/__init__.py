"""The workbook reader: from the bytes of a file to cells, without trusting it."""
