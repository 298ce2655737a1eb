"""The page of users: who signs in, and what each may do."""
