"""Demonstration data: invented, the same on every machine, marked as such wherever it shows.

Parameters stand in `data/demo`. `loading.load` and `loading.clear` fill and empty the database that
is the demonstration's alone.
"""
