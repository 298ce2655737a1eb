"""Meetings: what is looked at in which order, as of which moment, and what was asked."""
