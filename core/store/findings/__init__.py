"""Findings as they stand, their changes and evidence, closings, and what reports narrate."""
