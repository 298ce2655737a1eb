"""Plans and programmes: tiers, shares of a plan, weighted steps, risks, time saved."""
