"""Runs a page without a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.frame.navigation import page_file
from tests.components.drawn import html_of
from tests.country import small_store
from tests.paths import ROOT

DATA = ROOT / "tests" / "data"
STAR = DATA / "star"

Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """Open a page by its file; the rest is the query of its address."""

    def opened(page: str, **address: str) -> AppTest:
        app = AppTest.from_file(page_file(Path(page).stem), default_timeout=30)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages keep what is stored, still empty."""
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    return tmp_path


@pytest.fixture
def country(folder: Path) -> Path:
    """A small country stored in that folder."""
    small_store(folder)
    return folder


def in_english(page: str | Path, **address: str) -> AppTest:
    """A page by its file, in English; the rest is the query of its address."""
    app = AppTest.from_file(page_file(Path(page).stem), default_timeout=30)
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    """What the HTML of a page reads as."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html_of(app)))


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files where there may already be some."""
    place = app.get("file_uploader")[0]
    for name, data in files:
        place.upload(name, data, "application/octet-stream")
    app.run()
    assert not app.exception
    return app


def sample(name: str) -> tuple[str, bytes]:
    """A star workbook of the samples."""
    file = f"star-2561-printed-{name}.xlsx"
    return file, (STAR / file).read_bytes()


def all_text(app: AppTest) -> str:
    """Everything the page shows as HTML or text."""
    return html_of(app) + " ".join(element.value for element in app.markdown)
