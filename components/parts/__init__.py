"""The parts all pages are made of: tiles, tables, charts, map, status marks."""
