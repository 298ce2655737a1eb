"""Invented places: hospitals, primary care units, and the story each hospital lives through."""
