"""LibreOffice, which knows nothing of our scoring, comes to every stored result."""

import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from core.reports.verification.rows import CHECK, FIGURE, POINTS
from core.services.verification.workbook import verification, verified
from core.store.engine.unit_of_work import close_engines
from tests.core.forms.office import SOFFICE, converted
from tests.core.services.verification.figures import (
    MONTH,
    drawn_hospitals,
    other_readings,
    stored,
    years_before,
)
from tests.core.services.verification.recalculated import (
    compared,
    together,
    values_by_row,
    written,
)
from tests.country import BEFORE, NOW, TOLD, small_store

ONE_DATABASE = True
pytestmark = [
    pytest.mark.office,
    pytest.mark.timeout(280),
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]
HOSPITALS = 6


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_store(tmp_path_factory.mktemp("country"))


def test_every_hospital_of_a_small_country_comes_to_its_stored_results(
    country: Engine, tmp_path: Path
) -> None:
    files = {
        f"{hcode}-{period}-{language}": verification(country, hcode, period, language)
        for hcode in TOLD
        for period, language in ((BEFORE, "th"), (NOW, "en"))
    }
    found = compared(files, tmp_path)
    assert {name: one.wrong for name, one in found.items() if one.wrong} == {}
    silent = "11302-2566-M09-en"
    assert found.pop(silent).equal == 0
    assert {one.equal for one in found.values()} != {0}
    assert all(one.equal > 20 for one in found.values())


@pytest.mark.parametrize(
    ("readings", "earlier"),
    [(0, 0), (1, 0), (0, 3)],
    ids=["defaults", "last", "score of ten points"],
)
def test_figures_at_every_edge_come_to_the_stored_results(
    readings: int, earlier: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = drawn_hospitals(readings, HOSPITALS)
    folder, month = tmp_path_factory.mktemp("made"), years_before(MONTH, earlier)
    engine = stored(folder, told, other_readings(readings) if readings else {}, earlier)
    made = [verified(engine, f"{20001 + number}", month) for number in range(len(told))]
    close_engines()
    half = len(made) // 2
    parts = {"first": together(made[:half]), "second": together(made[half:])}
    found = compared({name: written(part) for name, part in parts.items()}, folder / "office")
    assert [line for one in found.values() for line in one.wrong] == []
    assert sum(one.equal for one in found.values()) > 20 * HOSPITALS


def test_scores_follow_a_figure_that_is_changed_and_a_missing_one_is_not_zero(
    country: Engine, tmp_path: Path
) -> None:
    data = verification(country, "11202", NOW, "en")
    files = {name: _with_cash(data, cash) for name, cash in (("much", 500), ("none", None))}
    computed = converted(files, tmp_path)
    figure, points, check = (
        {name: values_by_row(one, column) for name, one in computed.items()}
        for column in (FIGURE, POINTS, CHECK)
    )
    assert figure["much"]["Crisis level"] == 6
    assert points["much"]["Cash ratio"] == 1  # The row of the score, after that of the level.
    assert check["much"]["Crisis level"] == "Differs"
    assert check["much"]["Net income"] == "Equal"
    assert figure["none"]["Crisis level"] is None
    assert points["none"]["Cash ratio"] is None


def _with_cash(data: bytes, cash: float | None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    (row,) = [row for row in book["Figures"] if row[0].value == "Cash and cash equivalents"]
    row[1].value = cash
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()
