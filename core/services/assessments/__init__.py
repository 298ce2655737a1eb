"""Self-assessments verified item by item, locked and reopened, and what follows from a lock."""
