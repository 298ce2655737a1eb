"""Pages of plans and programmes: what a person sees of a printed document that was sent."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.stores import open_store
from tests.pages.conftest import in_english, text
from tests.printed import performance as report


@pytest.fixture
def sent(country: Path) -> Path:
    """A small country, and the parts of the report that the pages below show."""
    for form in ("performance-kpi", "performance-budget", "performance-plan", "performance-risk"):
        data = report.workbook(form)
        store(open_store(), examine(data, f"{form}.xlsx", form_id=form), data, by="a test")
    return country


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("kpi", ("94.18", "866,914", "Standard", "95.15")),
        ("budget", ("309,521.45", "99.49", "Plan, received and spent", "360,000")),
        ("plan", ("11.73", "17.73", "132,610", "320,780")),
        ("risk", ("Matrix of risks", "9: 1/2, 2/2", "considered, none found")),
    ],
)
def test_a_part_shows_what_the_document_prints_and_what_follows(
    part: str, seen: tuple[str, ...]
) -> None:
    told = text(in_english("performance.py", part=part))
    for words in seen:
        assert words in told


@pytest.mark.usefixtures("sent")
def test_the_page_says_every_contradiction_with_its_cell() -> None:
    told = text(in_english("performance.py"))
    assert "5 of 7 indicators advanced" in told
    assert "59,840.00, its parts come to 59,880.00" in told
    assert "983,348.92" in told


@pytest.mark.usefixtures("country")
def test_the_calculator_says_that_it_estimates() -> None:
    app: AppTest = in_english("backoffice.py")
    numbers = {one.key: one for one in app.number_input}
    for when, minutes in (("before", 30), ("after", 10)):
        for name, value in (("steps", 4), ("minutes", minutes), ("people", 1), ("times", 21)):
            numbers[f"backoffice.{when}.{name}"].set_value(value)
    app.run()
    assert "Estimate: 42.0 hours before, 14.0 after: 4.0 days saved" in text(app)
    assert "7 hours" in text(app)
