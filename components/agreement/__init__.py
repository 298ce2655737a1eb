"""The page of agreement with the ministry."""
