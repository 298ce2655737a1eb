"""The menu is data; a mistake in it stops the start with file and line."""

from pathlib import Path

import pytest

from components.frame.navigation import addresses, menu
from core.criteria.lists import Menu
from core.criteria.load import read_model
from core.errors import CriteriaError

MENU = """
switch: {th: English, en: Thai}
groups:
  - title: {th: ก, en: a}
    pages:
      - {id: one, icon: ":material/home:", title: {th: ข, en: b}}
"""


def test_the_first_page_is_at_the_root() -> None:
    first, *others = menu().pages
    assert addresses() == ("", *(theme.id for theme in others))
    assert first.id == "overview"


@pytest.mark.parametrize(
    ("good", "bad"),
    [("id: one", "id: One/../x"), ("icon:", "ikon:"), ("en: b", "en: ''"), ("switch", "swatch")],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, good: str, bad: str) -> None:
    file = tmp_path / "themes.yaml"
    file.write_text(MENU, encoding="utf-8")
    assert [theme.id for theme in read_model(file, Menu).pages] == ["one"]
    file.write_text(MENU.replace(good, bad), encoding="utf-8")
    with pytest.raises(CriteriaError) as error:
        read_model(file, Menu)
    assert error.value.params["file"] == "themes.yaml"
