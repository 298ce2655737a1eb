"""Other readings of contradictory rules: what they would change, and choosing one."""
