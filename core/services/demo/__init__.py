"""Demonstration data: invented, the same on every machine, marked as such wherever it shows."""
