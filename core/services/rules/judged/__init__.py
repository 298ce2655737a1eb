"""Tests and results judged in words: figures with units, what is asked, how far each is from it."""
