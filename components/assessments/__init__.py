"""The page on which self-assessments are verified: the list, and one of them item by item."""
