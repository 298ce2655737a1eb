"""Reports on A4 as PDF, and drawings as pictures: all that knows WeasyPrint."""
