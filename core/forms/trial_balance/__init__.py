"""Trial balances: lines of accounts read, matched with the chart, added up to finance measures."""
