"""What is kept between views has an end: of versions of the store, and of texts people type."""

import inspect
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path

from tests.architecture.house import modules

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = {"engine", "session", "version", "generation", "stamp", "area", "hcode", "text", "number"}
"""Parameters of which there are ever more while the program runs."""


def test_caches_of_versions_and_of_typed_texts_are_bounded() -> None:
    names = [
        name
        for name in modules(ROOT, "core", "components")
        if not name.startswith("core.store.migrations") and not name.endswith("__main__")
    ]
    cached = [
        (f"{name}.{label}", one)
        for name in names
        for label, one in vars(import_module(name)).items()
        if isinstance(one, _lru_cache_wrapper) and one.__module__ == name
    ]
    assert len(cached) > 100
    endless = [
        name
        for name, one in cached
        if one.cache_parameters()["maxsize"] is None
        and ENDLESS & set(inspect.signature(one).parameters)
    ]
    assert not endless, endless
