"""The page of a department's performance."""
