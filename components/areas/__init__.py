"""Areas on a page: filters, names, tiles, rankings."""
