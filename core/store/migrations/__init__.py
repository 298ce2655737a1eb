"""Revisions of the tables, oldest first; `core.store.engine.migrate` runs them.

A new one is written after the pattern of the last: the tests compare what all of them make with the
models and name what is missing. There is no way back but a backup.
"""
