"""Invented accounts of hospitals: revenue, expense, balance sheets, activity."""
