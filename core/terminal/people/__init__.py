"""Commands about people: who signs in and what they may do."""
