"""Access: who acts, in which role and area, and the one policy that says what that allows."""
