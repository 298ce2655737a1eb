"""Results in versions, with their explanations, and the queries behind pages."""
