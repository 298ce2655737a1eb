"""The page of crisis levels, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.components.drawn import html_of
from tests.pages.conftest import in_english, text
from tests.paths import ROOT

PAGE = ROOT / "pages" / "crisis.py"


def open_view(**address: str) -> AppTest:
    return in_english(PAGE, **address)


@pytest.mark.usefixtures("country")
def test_target_steps_measures_and_levels_stand_on_the_page() -> None:
    page_text = text(open_view())
    assert "Thailand: 2 of 5 hospitals are at level 4–7" in page_text
    assert "Levels 4–6 9 (this period) at most 2% 0.0 ✓ Pass" in page_text
    assert "Levels 4–6 12 at most 4% – – Not yet judged" in page_text
    assert "B Facilities with revenue above expense at least 95% 50.0" in page_text
    assert "7 Level 7 2 2" in page_text


@pytest.mark.usefixtures("country")
def test_where_silence_could_change_the_verdict_both_ends_are_said() -> None:
    assert "Hospitals without a level: 1. The verdict could become Pass or Fail." in text(
        open_view(area="P65")
    )
    assert "could become" not in text(open_view(area="P61"))


@pytest.mark.usefixtures("country")
def test_every_mark_says_its_test_and_opens_its_why() -> None:
    html = html_of(open_view(area="D6101"))
    chosen = "facility=11202&amp;lang=en&amp;area=D6101"
    address = f"facility?{chosen}&amp;why=crisis.level.liquidity.cash_ratio"
    assert f'href="{address}"' in html
    assert 'aria-label="Cash ratio: Fail, 0.1 times"' in html


@pytest.mark.usefixtures("folder")
def test_an_empty_store_says_what_to_do_first() -> None:
    assert "There are no results yet" in text(open_view())
