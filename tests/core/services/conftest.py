"""Stores for the services: those of the store's own tests."""

from tests.core.store.conftest import address, empty_file, engine

__all__ = ["address", "empty_file", "engine"]
