"""Truat: criteria as data, one scoring core, results that explain themselves."""
