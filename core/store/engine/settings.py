"""Where the stores are, and which of them is open: one's own or the demonstration."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import StoreError
from core.paths import DATA
from core.text import say

Kind = Literal["own", "demo"]

VAR_FOLDER: Final = DATA / "var"
_CHOICE: Final = "open.txt"


class StoreSettings(BaseSettings):
    """Settings from environment variables that begin with `TRUAT_`.

    `database_url`: any database that SQLAlchemy knows an address for, SQLite or PostgreSQL; without
    it a file in `var_folder`, which the demonstration's database is always in. `fill_demo`: whether
    the server fills a demonstration that is still empty.
    """

    model_config = SettingsConfigDict(env_prefix="TRUAT_", env_ignore_empty=True, frozen=True)

    database_url: str | None = None
    var_folder: Path = VAR_FOLDER
    fill_demo: bool = False


def settings_now() -> StoreSettings:
    """The present settings; cached, because every view needs them several times.

    `StoreError` S019 when one of them cannot be understood.
    """
    names = ("TRUAT_DATABASE_URL", "TRUAT_VAR_FOLDER", "TRUAT_FILL_DEMO")
    return _settings(*map(os.environ.get, names))


@lru_cache(maxsize=8)
def _settings(*_set: str | None) -> StoreSettings:
    try:
        return StoreSettings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"TRUAT_{fault['loc'][0]}".upper()
        wanted = say("true or false") if fault["type"].startswith("bool") else str(fault["msg"])
        raise StoreError("S019", name=name, typed=fault["input"], wanted=wanted) from error


def address_of(kind: Kind, settings: StoreSettings | None = None) -> str:
    """The address of one's own store or of the demonstration's; they never share a database."""
    settings = settings or settings_now()
    if kind == "own" and settings.database_url:
        return settings.database_url
    name = "demo.db" if kind == "demo" else "truat.db"
    return f"sqlite:///{settings.var_folder / name}"


def is_begun(kind: Kind, settings: StoreSettings | None = None) -> bool:
    """Whether a store was begun already; a database that somebody named is taken for one."""
    settings = settings or settings_now()
    address = address_of(kind, settings)
    named = kind == "own" and bool(settings.database_url)
    return Path(address.removeprefix("sqlite:///")).is_file() or (
        named and not address.startswith("sqlite")
    )


def chosen(settings: StoreSettings | None = None) -> Kind:
    """Which store is open; the demonstration until somebody chooses.

    With `TRUAT_DATABASE_URL` it is one's own until somebody chooses.
    """
    settings = settings or settings_now()
    try:
        choice = (settings.var_folder / _CHOICE).read_text(encoding="utf-8").strip()
    except OSError:
        choice = ""
    if choice == "own" or (settings.database_url and choice != "demo"):
        return "own"
    return "demo"


def choose(kind: Kind, settings: StoreSettings | None = None) -> None:
    """Open this store from now on; `StoreError` S002 when the choice cannot be saved."""
    folder = (settings or settings_now()).var_folder
    draft = folder / f"{_CHOICE}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(f"{kind}\n", encoding="utf-8")
        draft.replace(folder / _CHOICE)
    except OSError as error:
        raise StoreError("S002", store=str(folder), reason=error.strerror or "") from error
