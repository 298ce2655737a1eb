"""Computing stored results anew after a change, whole periods at a time."""
