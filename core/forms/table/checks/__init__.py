"""Figures held against one another: within a row, along a facility's months, across rows."""
