"""Criteria: the shape of a rule, reading it from its file, and the catalogue of all rules."""
