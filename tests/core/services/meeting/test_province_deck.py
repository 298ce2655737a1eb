"""A province's deck, printed: nothing is cut, and nothing leaves its frame."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.reports.deck.writer import deck
from core.services.meeting.report import area_report
from tests.core.reports.deck import printing
from tests.core.reports.deck.decks import opened
from tests.core.services.lit import ROUND
from tests.country import NOW

pytestmark = printing.needs_office
ONE_DATABASE = True
CUT = "\u2026"


def written(file: bytes) -> str:
    """Everything that stands on the slides, texts of charts included."""
    parts = [
        part
        for slide in opened(file).slides
        for part in (slide.part, *(s.chart.part for s in slide.shapes if s.has_chart))  # type: ignore[attr-defined]
    ]
    return "".join(part.blob.decode() for part in parts)


def test_nothing_of_a_province_is_cut_and_no_text_leaves_its_frame(
    country: Engine, tmp_path: Path
) -> None:
    file = deck(area_report(country, "P61", NOW), "th")
    assert CUT not in written(file)
    found = printing.pages(printing.printed(file, tmp_path))
    assert len(found) > 5
    assert list(printing.outside(file, found)) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_of_a_province_with_themes_is_cut(themed: Engine, language: str) -> None:
    report = area_report(themed, "P61", ROUND)
    assert len(report.slides) > 3
    file = deck(report, language)  # type: ignore[arg-type]
    assert CUT not in written(file)
