"""What every kind of rule is scored with: columns, states, tests, percentages, peers."""
