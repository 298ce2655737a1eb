"""Invented figures of the inspection's themes, a module for each: arrays alone, no files."""
