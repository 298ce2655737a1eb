"""The pages of rules: handbook and other readings."""
