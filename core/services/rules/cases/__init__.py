"""Every criterion held against the cases beside its file, and whether its edges are covered."""
