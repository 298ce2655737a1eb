"""Foresight: simulated months and probabilities, from arrays; never mixed with results."""
