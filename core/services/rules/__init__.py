"""The rules in force: readings chosen, indicators, citations, and the cases that prove them."""
