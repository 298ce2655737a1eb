"""Beginning a register: the facilities that dropped files name, as a table to confirm."""
