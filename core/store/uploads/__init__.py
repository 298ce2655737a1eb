"""Uploaded files, their submissions, and reported figures with their cells."""
