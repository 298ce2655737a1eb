"""Invented claims of a few hospitals: visits, replies, statements and admissions of half a year."""
