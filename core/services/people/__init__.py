"""People: accounts, grants, signing in by each way, and who a session belongs to."""
