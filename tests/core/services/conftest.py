"""Stores for the services: those of the store's own tests."""

import pytest

from tests.core.store.conftest import address, empty_file, engine, other

__all__ = ["address", "empty_file", "engine", "other"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module that says `ONE_DATABASE` is tried on SQLite alone.

    What views read out, other modules have stored and read on both databases.
    """
    items[:] = [item for item in items if not _is_spare(item)]


def _is_spare(item: pytest.Item) -> bool:
    module = getattr(item, "module", None)
    return getattr(module, "ONE_DATABASE", False) and "postgresql" in item.name
