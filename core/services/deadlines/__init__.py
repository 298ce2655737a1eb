"""Deadlines: until which day each form is sent, who sent in time, late, or nothing."""
