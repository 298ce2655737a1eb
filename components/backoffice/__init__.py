"""The page of back-office relief."""
