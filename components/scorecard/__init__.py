"""The page of the scorecard: rows by every indicator."""
