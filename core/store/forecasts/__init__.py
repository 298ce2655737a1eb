"""Forecasts as they were made, never changed."""
