"""Explanations of numbers: rule, figures, source."""
