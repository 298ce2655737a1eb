"""The first document: Streamlit's own changes from version to version, these must not."""

import json
import re

import pytest

from components.frame.document import document, not_found
from core.text import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_inline_and_nothing_of_streamlit_is_named(language: Language) -> None:
    page = document(language)
    assert f'<html lang="{language}" class="t-coming">' in page, "nothing moves while it loads"
    assert page.index("base.js") < page.index("./static/js/"), "Streamlit looks at what it says"
    scripts = re.findall(r"<script([^>]*)>", page)
    assert scripts
    assert all("src=" in script or "application/json" in script for script in scripts)
    assert "SourceSans" not in page
    assert "openapi" not in page
    seen = re.sub(r"<link [^>]*>|<script.*?</script>", "", page, flags=re.DOTALL)
    assert "Streamlit" not in seen
    assert '<div id="root"></div>' in page
    assert "modulepreload" in page


def test_words_of_streamlit_go_along_in_both_languages() -> None:
    words = json.loads(document("th").split('id="t-words">')[1].split("</script>")[0])
    assert ["Upload", "เลือกไฟล์"] in words
    assert ["Remove {file}", "นำไฟล์ {file} ออก"] in words


def test_our_files_carry_a_digest() -> None:
    for file in ("frame.css", "frame.js", "icon.svg"):
        assert re.search(rf"\./app/static/{re.escape(file)}\?v=[0-9a-f]{{12}}\"", document("th"))


def test_the_way_out_of_an_unknown_address_keeps_language_and_folder() -> None:
    assert 'href="/"' in not_found("th", "")
    assert 'href="/truat/?lang=en"' in not_found("en", "/truat")
