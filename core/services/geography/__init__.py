"""Where things lie: areas, facilities, districts by name, and borders that are loaded."""
