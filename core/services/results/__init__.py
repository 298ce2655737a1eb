"""Stored results: listed, explained, and written as JSON or as text."""
