"""Revisions of the tables, oldest first; `core.store.migrate` runs them."""
