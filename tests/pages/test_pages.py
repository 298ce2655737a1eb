"""Every page of the menu runs, in both languages, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from components.frame.navigation import menu, page_file
from tests.paths import ROOT

PAGES = [theme.id for theme in menu().pages]


def run(page: str, language: str = "th") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if language != "th":
        app.query_params["lang"] = language
    return app.run().switch_page(str(page_file(page))).run()


def headline(app: AppTest) -> str:
    matches = [element.value for element in app.get("html") if "<h1" in element.value]
    assert len(matches) == 1, "a page has one key message"
    return matches[0]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_runs_in_both_languages(page: str) -> None:
    thai, english = run(page), run(page, "en")
    assert not thai.exception
    assert not english.exception
    assert headline(thai) != headline(english)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_short(page: str) -> None:
    lines = page_file(page).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60


def test_pages_and_menu_entries_go_together() -> None:
    files = {file.stem for file in (ROOT / "pages").rglob("*.py")} - {"__init__"}
    assert files == set(PAGES)
    assert len(PAGES) == len(set(PAGES))


@pytest.mark.parametrize(("before", "after"), [({}, {"lang": "en"}), ({"lang": "en"}, {})])
def test_the_switch_changes_the_language_and_keeps_the_filters(
    before: dict[str, str], after: dict[str, str]
) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in {"fiscal_year": "2566", **before}.items():
        app.query_params[name] = value
    app.run().button(key="language").click().run()
    assert dict(app.query_params) == {"fiscal_year": "2566", **after}
