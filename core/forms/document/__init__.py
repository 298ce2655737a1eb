"""Documents of a province and year: rows that belong together, read, checked and filled in."""
