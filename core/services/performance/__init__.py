"""The performance of a department: indicators, agreement, PMQA, budget, plans, steps, risks."""
