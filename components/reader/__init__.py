"""What a view knows of its reader: language, address, numbers, dates; text apart from HTML."""
