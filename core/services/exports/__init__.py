"""What leaves the program: tables, JSON values, lines of a terminal."""
