"""Revisions from 0015 on, in files as those before them."""
