"""Commands that keep the program going: the audit trail, long work, deadlines, messages."""
