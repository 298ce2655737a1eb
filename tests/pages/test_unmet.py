"""An address that asks for what there is not says so, with what is shown instead."""

import pytest

from tests.pages.conftest import in_english, text

PAGES = ("overview", "crisis", "compare")


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("page", PAGES)
def test_an_area_and_a_period_that_there_are_not_are_told(page: str) -> None:
    told = text(in_english(page, area="P99", period="2599-M01"))
    assert "Area “P99”: not to be found here" in told
    assert "Period “Oct 2598 · FY 2599”: not to be found here" in told


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("page", "asked", "told"),
    [
        ("overview", {"indicator": "luck"}, "Indicator “luck”: not to be found here"),
        ("overview", {"area": "11202"}, "Area “11202”: not to be found here; shown is: Thailand"),
        ("crisis", {"period": "soon"}, "“soon”: not to be found here; shown is: Jun 2566"),
        ("compare", {"areas": "P61,P98"}, "Area “P98”: not to be found here"),
        ("facility", {"facility": "99999"}, "No hospital has the code 99999"),
        ("facility", {"facility": "11202", "period": "2599"}, "Period “Fiscal year 2599”"),
        ("readings", {"reading": "no.such"}, "Contradiction “no.such”: not to be found here"),
        ("criteria", {"theme": "luck"}, "“luck”: not to be found here"),
    ],
)
def test_what_there_is_not_is_told(page: str, asked: dict[str, str], told: str) -> None:
    assert told in text(in_english(page, **asked))


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("asked", [{}, {"area": "p61"}, {"period": "2566-R2"}, {"period": "2566"}])
def test_what_there_is_is_not(asked: dict[str, str]) -> None:
    assert "not to be found" not in text(in_english("overview", **asked))
