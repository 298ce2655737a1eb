"""The self-assessment form: leaves, ladders, weighted sections, radars."""
