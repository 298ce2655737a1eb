"""How far self-assessed figures are verified: which figures they are, their state, its words."""
