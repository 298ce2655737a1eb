"""Thai unless the address says otherwise."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import pytest

from components.reader.language import language_of
from tests.components.drawn import draw, html_of


@pytest.mark.parametrize(
    ("asked", "language"),
    [(None, "th"), ("", "th"), ("th", "th"), ("en", "en"), ("EN", "th"), ("<b>", "th")],
)
def test_anything_but_english_is_thai(asked: str | None, language: str) -> None:
    assert language_of(asked) == language


def page() -> None:
    import streamlit as st

    from components.reader.language import _, current_language, tr
    from core.text import Text

    st.html(
        f"{current_language()} {_('Pass')} {tr(Text('ก', 'a'))} {_('Target {target}', target=5)}"
    )


def test_words_come_in_the_language_of_the_address() -> None:
    assert html_of(draw(page)) == "th ผ่าน ก เป้าหมาย 5"
    assert html_of(draw(page, lang="en")) == "en Pass a Target 5"
