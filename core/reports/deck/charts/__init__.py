"""Native charts of slides: bars, trends, radars."""
