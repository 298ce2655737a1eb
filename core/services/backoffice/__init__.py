"""Back-office relief of primary care units: coverage, steps, processes, days saved, year plan."""
