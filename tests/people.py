"""Stores with people in them, made once and copied, whose passwords are checked quickly."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from argon2 import PasswordHasher

from core.access.actors import TERMINAL, acting
from core.services.people import passwords
from core.store.engine.unit_of_work import close_engines
from tests.country import small_store

PASSWORD = "ขยันทุกวัน ออมทุกเดือน"


@cache
def _made() -> Path:
    folder = Path(mkdtemp(prefix="people"))
    with acting(TERMINAL):
        small_store(folder, "own")
    close_engines()
    return folder / "truat.db"


def place_of_people(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder hold one's own store, the small country, and passwords be checked quickly."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(folder))
    shutil.copy(_made(), folder / "truat.db")
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", quick)
