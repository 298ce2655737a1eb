"""What a reader sees before there is data."""
