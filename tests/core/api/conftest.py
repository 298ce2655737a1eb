"""A small country, tokens of several roles and areas, and somebody who calls."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from core.access.actors import LOCAL_ADMINISTRATOR, acting
from core.api import answering
from core.api.addresses import application
from core.api.limits import Limiter
from core.services.people.tokens import add_token
from core.store.engine.settings import StoreSettings, choose
from core.store.engine.unit_of_work import close_engines
from tests.country import small_store

Calls = Callable[..., Any]
PEOPLE = {
    "country": ("administrator", "TH"),
    "reader": ("executive", "P61"),
    "cup": ("cup", "D6101"),
    "other": ("province", "P65"),
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    monkeypatch.setattr(answering, "limiter", lambda: Limiter(100_000))
    choose("own", StoreSettings(var_folder=tmp_path / "var", database_url=None))
    yield small_store(tmp_path / "var", "own")
    close_engines()


@pytest.fixture
def secrets(store: Engine) -> dict[str, str]:
    """The secret of a token by who has it."""
    with acting(LOCAL_ADMINISTRATOR):
        return {who: add_token(store, who, *granted)[1] for who, granted in PEOPLE.items()}


@pytest.fixture
def call(secrets: dict[str, str]) -> Calls:
    """Call an address of the interface as somebody; nobody without a name."""
    client = TestClient(application(), raise_server_exceptions=False)

    def called(path: str, who: str | None = "country", method: str = "GET", **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {secrets[who]}"} if who else {}
        headers |= more.pop("headers", {})
        return client.request(method, f"/api/v1{path}", headers=headers, **more)

    return called
