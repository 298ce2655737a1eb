"""Figures of a shared screen: read from the back of a room, and after video compression."""
