"""Reading .xlsx packages part by part."""
