"""Meetings: slides of any page, an agenda, frozen results, and what people take away."""
