"""What can be found: facilities, areas and rules, with the names and codes they go by."""
