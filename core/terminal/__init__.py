"""The commands of the terminal interface, a module for each group of them."""
