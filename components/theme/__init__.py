"""The page of an inspection theme."""
