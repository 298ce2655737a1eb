"""Crisis level, Total Performance Score and grades of hospital-months."""
