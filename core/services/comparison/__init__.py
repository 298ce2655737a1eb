"""Areas side by side, and one area at two moments."""
