"""Writing the blank of an assessment form, formulas included."""
