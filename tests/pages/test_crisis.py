"""The page of crisis levels, without a browser."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.components.drawn import html_of
from tests.country import small_store

PAGE = Path(__file__).parent.parent.parent / "pages" / "crisis.py"


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def text(app: AppTest) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html_of(app)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    return tmp_path


@pytest.fixture
def country(folder: Path) -> Path:
    small_store(folder)
    return folder


@pytest.mark.usefixtures("country")
def test_target_steps_measures_and_levels_stand_on_the_page() -> None:
    said = text(opened())
    assert "Thailand: 2 of 5 hospitals are at level 4–7" in said
    assert "Levels 4–6 9 (now) at most 2% 0.0 ✓ Pass" in said
    assert "Levels 4–6 12 at most 4% – – Not yet judged" in said
    assert "B Facilities with revenue above expense at least 95% 50.0" in said
    assert "7 Level 7 2 2" in said


@pytest.mark.usefixtures("country")
def test_where_silence_could_change_the_verdict_both_ends_are_said() -> None:
    assert "Hospitals without a level: 1. Once they report: at best Pass, at worst Fail." in text(
        opened(area="P65")
    )
    assert "at best" not in text(opened(area="P61"))


@pytest.mark.usefixtures("country")
def test_every_mark_says_its_test_and_opens_its_why() -> None:
    html = html_of(opened(area="D6101"))
    address = "facility?lang=en&amp;area=11202&amp;why=crisis.level.liquidity.cash_ratio"
    assert f'href="{address}"' in html
    assert 'aria-label="Cash ratio: Fail, 0.10"' in html


@pytest.mark.usefixtures("folder")
def test_an_empty_store_says_what_to_do_first() -> None:
    assert "There are no results yet" in text(opened())
