"""What stands at the head of a table: titles, what is added to them, and which column is which."""
