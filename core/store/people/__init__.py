"""People as they are stored: grants, passwords, sessions, failed attempts to sign in."""
