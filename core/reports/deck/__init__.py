"""Slides of PowerPoint: what they hold stays editable, and everything fits its frame."""
