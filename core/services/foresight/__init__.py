"""Foresight: what if, the smallest change, early warning; simulated or foretold, never results."""
