"""Trial balances checked: totals among lines, signs, sides, columns and rows in the wrong place."""
