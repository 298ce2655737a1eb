"""What came of it: results in versions, and the queries pages are drawn from."""
