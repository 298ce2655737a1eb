"""Inspection themes: indicators, lights, and shares of areas."""
