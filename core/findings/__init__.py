"""Findings as arithmetic: lights in, states, relapses and rates out; no file, clock or database."""
