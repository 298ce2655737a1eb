"""The page of governance matrices."""
