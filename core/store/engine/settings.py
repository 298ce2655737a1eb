"""Where the stores are, and which of them is seen: one's own or the demonstration."""

import os
from collections.abc import Callable
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
_BEGUN: Final = "begun"
"""What stands there once somebody stored in their own store, and nobody decided for everybody."""
_FINDERS: Final[list[Callable[[], Kind | None]]] = []
_BEGUN_AT_START: Final[dict[Path, bool]] = {}
"""By folder, whether that stood there when this program looked for the first time."""


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
    by_url = kind == "own" and bool(settings.database_url)
    return Path(address.removeprefix("sqlite:///")).is_file() or (
        by_url and not address.startswith("sqlite")
    )


def look_for_choice(finder: Callable[[], Kind | None]) -> None:
    """Have a finder say which store whoever looks has chosen to see, as by a view's address."""
    _FINDERS[:] = [finder]


def chosen(settings: StoreSettings | None = None) -> Kind:
    """Which store is seen here and now: the one a viewer chose, else that for everybody."""
    by_viewer = next((kind for finder in _FINDERS if (kind := finder())), None)
    return by_viewer or for_everybody(settings)


def for_everybody(settings: StoreSettings | None = None) -> Kind:
    """Which store everybody sees who chose none: the demonstration until somebody decides.

    With `TRUAT_DATABASE_URL` it is one's own until somebody decides; else a store in which somebody
    began, from the next start of the program on.
    """
    settings = settings or settings_now()
    choice = _decision(settings)
    # Nobody who looks at the demonstration is taken away from it by what others do.
    was_begun = _BEGUN_AT_START.setdefault(settings.var_folder, choice == _BEGUN)
    if choice == "own" or (choice == _BEGUN and was_begun):
        return "own"
    return "own" if settings.database_url and choice != "demo" else "demo"


def begin(settings: StoreSettings | None = None) -> None:
    """Note that somebody began their own store; raises as `choose`. No decision is overruled."""
    if not _decision(settings or settings_now()):
        _decide(_BEGUN, settings)


def choose(kind: Kind, settings: StoreSettings | None = None) -> None:
    """Show this store to everybody; `StoreError` S002 when the choice cannot be saved."""
    _decide(kind, settings)


def _decision(settings: StoreSettings) -> str:
    try:
        return (settings.var_folder / _CHOICE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _decide(choice: str, settings: StoreSettings | None) -> None:
    folder = (settings or settings_now()).var_folder
    draft = folder / f"{_CHOICE}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_text(f"{choice}\n", encoding="utf-8")
        draft.replace(folder / _CHOICE)
    except OSError as error:
        raise StoreError("S002", store=str(folder), reason=error.strerror or "") from error
