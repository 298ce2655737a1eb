"""Reading a table form: header, rows, keys, answers and checks."""
