"""Slides of plans and programmes."""
