"""The page of the audit trail: who did what, searched, exported and verified."""
