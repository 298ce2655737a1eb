"""Maps of slides as vector shapes, each named by its area."""
