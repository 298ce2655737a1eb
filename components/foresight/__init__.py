"""The page of foresight: simulated and foretold, marked as such in every title."""
