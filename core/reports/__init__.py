"""Results in files people take away: slides, documents, spreadsheets."""
