"""The shared screen: one slide at a time, read from the back of a room."""
