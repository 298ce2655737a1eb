"""The page of self-assessments."""
