"""Backup, restore and copies of whole stores."""
