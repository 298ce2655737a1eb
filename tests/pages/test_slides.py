"""A slide says the very sentence that its page says, in the reader's language."""

import html
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.frame.navigation import page_file
from core.services.meeting.slides import has_slide, slide_of
from core.services.rules.menu import menu
from core.services.stores import open_store
from core.text import LANGUAGES, Language
from tests.components.drawn import html_of

PAGES = [page.id for page in menu().pages if has_slide(page.id)]
ADDRESS = {"area": "P61", "facility": "11202", "period": "2566-M09"}


def headline(page: str, language: Language) -> str:
    """The title of a page, its soft breaks and zero-width marks left out."""
    app = AppTest.from_file(page_file(page), default_timeout=30)
    for name, value in {**ADDRESS, "lang": language}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html_of(app), re.DOTALL)
    assert found
    return plain(re.sub(r"<[^>]+>", "", found[1]))


def plain(text: str) -> str:
    return re.sub(r"[\u200b\u2060\u00ad]", "", html.unescape(text)).replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("country")
def test_the_title_of_a_slide_is_the_headline_of_its_page(page: str, language: Language) -> None:
    slide = slide_of(open_store(), page, ADDRESS)
    assert headline(page, language) == plain(slide.title.in_(language))


def test_an_empty_store_is_told_alike(folder: Path) -> None:
    assert folder.exists()
    slide = slide_of(open_store(), "overview", {})
    assert headline("overview", "th") == plain(slide.title.th)
