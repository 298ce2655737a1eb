"""Storing an examined file: its rows, its entry in the register, and the receipt."""
