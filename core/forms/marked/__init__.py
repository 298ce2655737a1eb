"""The returned copy of a workbook, its problems marked where they stand."""
