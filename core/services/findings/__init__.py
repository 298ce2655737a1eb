"""Findings: opened by closing a round, changed by people, listed, counted, and narrated."""
