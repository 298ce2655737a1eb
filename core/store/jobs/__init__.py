"""Long work as it is stored: what is asked for, who holds it, and how far it is."""
