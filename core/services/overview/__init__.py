"""An area's headline figures: the month, shares against targets, crisis levels."""
