"""Scoring: arrays of measures in, arrays of points out; no file, clock, screen or database."""
