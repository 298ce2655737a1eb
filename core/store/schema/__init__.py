"""Tables, column types, keys and codes of the store."""
