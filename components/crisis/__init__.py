"""The page of crisis levels."""
