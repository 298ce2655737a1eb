"""Document 001 typed into its forms: every figure comes back, every contradiction is said."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from core.forms.records.record import Record
from core.services.importing.store_intake import preview, store
from core.services.intake.examine import examine
from core.services.performance.pmqa import pmqa_statuses
from core.services.performance.rules import performance_rules
from core.services.performance.sections import SECTIONS, sheets
from core.services.performance.sheets import Sheet
from core.services.performance.view import (
    PerformanceView,
    base_scores,
    performance_view,
    planned,
    risk_cells,
    scored,
    spent_percent,
    whole_score,
)
from core.services.performance.wording import (
    all_sheets,
    performance_csv_rows,
    performance_json,
    performance_lines,
    performance_workbook,
)
from core.services.rereading.compare import switch
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines
from tests.core.services.performance.filled import filled_with_the_report
from tests.printed.performance import OFFICE, YEAR, changed, document, workbook
from tests.printed.typing import typed


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with the whole document, a file for each form."""
    yield filled_with_the_report(tmp_path_factory.mktemp("report"))
    close_engines()


@pytest.fixture(scope="module")
def shown(filled: Engine) -> PerformanceView:
    found = performance_view(filled, office=OFFICE, year=str(YEAR))
    assert found
    return found


def sheet(shown: PerformanceView, id_: str) -> Sheet:
    return next(one for one in all_sheets(shown) if one.id == id_)


def test_every_form_is_recognised_by_what_it_is() -> None:
    for form in document():
        assert examine(workbook(form), "x.xlsx").form.id == form  # type: ignore[union-attr]


def test_every_typed_figure_comes_back(shown: PerformanceView) -> None:
    for form, tables in document().items():
        for table, rows in tables.items():
            own = [one for one in shown.records if (one.form, one.table) == (form, table)]
            if form == "performance-pmqa":
                own = list(shown.history)
            assert len(own) == len(rows)
            for row, stored in zip(rows, sorted(own, key=_place), strict=True):
                assert_same(dict(row), stored)


def _place(record: Record) -> tuple[int, int]:
    return record.fiscal_year if record.form == "performance-pmqa" else 0, record.row


def assert_same(typed: dict[str, Any], stored: Record) -> None:
    numbers = {
        name: value
        for name, value in typed.items()
        if isinstance(value, int | float) and name != "fiscal_year"
    }
    assert stored.values == numbers
    ticks = {k for k, v in typed.items() if v in ("*", "✓")}
    assert {k for k, v in stored.flags.items() if v} == ticks


def test_the_same_in_json_in_excel_and_in_csv(shown: PerformanceView) -> None:
    book = openpyxl.load_workbook(io.BytesIO(performance_workbook(shown, "th")))
    told = [t for s in performance_json(shown)["sections"] for t in s["tables"]]
    made = all_sheets(shown)
    assert [one.id for one in made] == [one["id"] for one in told]
    for one, table, page in zip(made, told, book.worksheets, strict=True):
        cells = [row[: len(one.columns)] for row in page.iter_rows(min_row=5, values_only=True)]
        assert len(cells) == len(one.rows) == len(table["rows"])
        for row, in_json, in_excel in zip(one.rows, table["rows"], cells, strict=True):
            for column, value, cell in zip(one.columns, row, in_excel, strict=True):
                if isinstance(value, float):
                    assert cell == pytest.approx(value)
                    assert in_json[column.id] == value
    assert len(performance_csv_rows(shown, "th")) == sum(len(o.rows) + 3 for o in made) - 1
    assert list(performance_lines(shown))


def test_tiers_and_points(shown: PerformanceView) -> None:
    told = {one.record.no: (one.tier, round(one.points or 0, 2)) for one in scored(shown)}
    assert told == {
        "1": ("advanced", 100), "2": ("standard", 95.15), "3": ("standard", 77.65),
        "4": ("advanced", 100), "5": ("advanced", 100), "6.1": ("advanced", 100),
        "6.2": ("advanced", 100),
    }  # fmt: skip
    assert base_scores(shown)["potential"] == 100
    assert whole_score(shown) == pytest.approx(96.192)


def test_pmqa_by_both_readings(shown: PerformanceView) -> None:
    rows = sheet(shown, "performance-pmqa.pmqa")
    told = [rows.value(1, name).en for name in ("kpi_table", "project")]  # type: ignore[union-attr]
    assert told == ["Advanced", "Basic"]
    assert round(float(rows.value(0, "of_four")), 2) == 2.62  # type: ignore[arg-type]


def test_another_reading_of_pmqa_holds_where_somebody_chose_it(tmp_path: Path) -> None:
    engine = filled_with_the_report(tmp_path)
    before = performance_view(engine, office=OFFICE, year=str(YEAR))
    assert before
    assert before.pmqa_reading.id == "kpi_table"
    switch(engine, {"pmqa.advanced": "project"}, by="ผู้ดูแล", reason="ตามตัวชี้วัดของโครงการ")
    after = performance_view(engine, office=OFFICE, year=str(YEAR))
    assert after
    told = [sheet(one, "performance-pmqa.pmqa").value(1, "tier").en for one in (before, after)]  # type: ignore[union-attr]
    assert told == ["Advanced", "Basic"]
    points = {one.record.no: one.points for one in scored(after)}
    assert points["6.2"] == pytest.approx(50 + 50 * (379.55 - 300) / 125)
    assert performance_json(after)["readings"] == {"pmqa.advanced": "project"}
    assert [one.tiers[1].en for one in pmqa_statuses(engine)] == ["Basic", "Basic"]
    close_engines()


@pytest.mark.parametrize(
    ("score", "table", "project"),
    [
        (239.99, None, None), (240, "basic", None), (299.99, "basic", None),
        (300, "basic", "basic"), (349.99, "basic", "basic"), (350, "advanced", "basic"),
        (424.99, "advanced", "basic"), (425, "advanced", "advanced"),
    ],
)  # fmt: skip
def test_tiers_of_pmqa_at_their_edges(score: float, table: str | None, project: str | None) -> None:
    readings = performance_rules().pmqa.readings
    assert [one.tier(score) for one in readings] == [table, project]


def test_quarters_and_their_cumulative_shares(shown: PerformanceView) -> None:
    rows = sheet(shown, "performance-plan.quarters")
    shares = [round(float(rows.value(n, "share")), 2) for n in range(8)]  # type: ignore[arg-type]
    so_far = [round(float(rows.value(n, "so_far")), 2) for n in range(8)]  # type: ignore[arg-type]
    assert shares == [18.98, 41.34, 12.34, 27.33, 17.73, 40.54, 24.01, 17.73]
    assert so_far == [18.98, 60.32, 72.67, 100, 17.73, 58.26, 82.27, 100]


def test_plan_beside_received_and_spent(shown: PerformanceView) -> None:
    told = [(one.planned, one.received) for one in planned(shown)]
    assert told == [
        (None, 166360), (320780, 309521.45), (360000, 360000), (45000, 30082), (200000, 118949.41)
    ]  # fmt: skip
    assert spent_percent(shown) == 100


def test_the_matrix_of_risks_and_kinds_without_any(shown: PerformanceView) -> None:
    assert risk_cells(shown) == {(3, 3): ("1/2", "2/2")}
    rows = sheet(shown, "performance-risk.risk")
    needs = [rows.value(n, "needs").en for n in range(4)]  # type: ignore[union-attr]
    nothing = "considered, none found"
    assert needs == [nothing, "rather low, no plan", nothing, nothing]


CONTRADICTIONS = [
    ("W462", "91.06"), ("W461", "72.45"), ("W461", "86.23"), ("W477", "58.94"), ("W477", "12.34"),
    ("W461", "99.49"), ("W463", "983,348.92"), ("W468", "9300"), ("W464", "59,840.00"),
    ("W469", "4.5"), ("W471", "11.73"), ("W470", "320,789.00"), ("W464", "30"),
    ("W482", "81.22"), ("W483", "75"), ("W484", "425"),
    ("W485", "1.2"), ("W485", "2"), ("W485", "3.1"), ("W485", "3.3"), ("W485", "5"),
    ("W485", "7.1"), ("W485", "8.1"), ("W486", "245000"), ("W487", "การพัฒนาองค์การสู่ระบบราชการ 4.0"),
    ("W488", "12"), ("W490", "320789"),
]  # fmt: skip
"""What the print contradicts itself in, as it is found; and money no plan has, below."""


def test_every_printed_contradiction_is_found_and_nothing_else(shown: PerformanceView) -> None:
    told = [(one.issue.code, one.issue.found) for one in shown.contradictions]
    assert sorted(one for one in told if one[0] != "W489") == sorted(CONTRADICTIONS)
    assert len([one for one in told if one[0] == "W489"]) == 4
    assert all(one.issue.cell and one.file for one in shown.contradictions)


def test_the_copy_with_twelve_months_is_said() -> None:
    place = [row["line"] for row in document()["performance-plan"]["monthly"]].index("2.1")
    data = changed("performance-plan", "monthly", place, plan__m01=6200, plan__m12=6200)
    codes = [one.code for one in examine(data, "p.xlsx").issues]
    assert "W466" in codes
    assert codes.count("W463") == 2


def test_a_file_is_held_against_the_stored_forms_at_its_own_cells(filled: Engine) -> None:
    data = changed("performance-kpi", "kpi", 7, kpi__note="แก้ไข")
    told = preview(filled, examine(data, "kpi.xlsx"), data, by="a test").intake
    found = [(one.code, one.cell) for one in told.issues if one.code in ("W482", "W484")]
    assert found == [("W482", "I4"), ("W484", "H9")]


@pytest.mark.parametrize(
    ("form", "table", "row", "values", "code", "severity"),
    [
        ("performance-steps", "steps", 0, {"steps__weight": 25}, "W465", "error"),
        ("performance-steps", "steps", 1, {"steps__begins": "พ.ย. 2564"}, "W474", "error"),
        ("performance-budget", "budget", 0, {"budget__received": -1.0}, "W312", "error"),
        ("performance-budget", "budget", 0, {"budget__spent": 200000.0}, "W320", "warning"),
        ("performance-risk", "risk", 1, {"risk__level": 12}, "W467", "warning"),
        ("performance-risk", "risk", 1, {"risk__impact": 6}, "W312", "error"),
        ("performance-staff", "staff", 3, {"staff__count": 12}, "W463", "warning"),
        ("performance-steps", "steps", 1, {"line": "9.1"}, "W476", "warning"),
        ("performance-kpi", "kpi", 0, {"line": None}, "W460", "error"),
        ("performance-kpi", "kpi", 0, {"kpi__result": 0.8}, "W109", "warning"),
        ("performance-kpi", "kpi", 0, {"kpi__basic": 0.6}, "W109", "warning"),
        ("performance-kpi", "kpi", 0, {"kpi__basic": 99, "kpi__advanced": 60}, "W496", "warning"),
        ("performance-kpi", "kpi", 0, {"kpi__weight": 30}, "W481", "warning"),
        ("performance-kpi", "kpi", 0, {"kpi__base": None}, "W313", "warning"),
        ("performance-risk", "risk", 1, {"risk__likelihood": 2.5}, "W497", "error"),
        ("performance-staff", "staff", 3, {"line": "4"}, "W429", "warning"),
        ("performance-pmqa", "pmqa", 0, {"pmqa__score": 3.2}, "W498", "warning"),
        ("performance-pmqa", "pmqa", 0, {"pmqa__score": 500.5}, "W312", "error"),
        ("performance-plan", "quarters", 0, {"quarter__no": "5"}, "W499", "error"),
        ("performance-agreement", "agreement", 0, {"pa__target": 0.8}, "W109", "warning"),
    ],
)
def test_bad_input_is_named_with_its_cell_and_nothing_is_lost(
    form: str, table: str, row: int, values: dict[str, Any], code: str, severity: str
) -> None:
    intake = examine(changed(form, table, row, **values), "x.xlsx", form_id=form)
    found = next(one for one in intake.issues if one.code == code)
    assert (found.severity, bool(found.cell)) == (severity, True)
    count = sum(len(rows) for rows in document()[form].values())
    assert len(intake.reading.lines) == count  # type: ignore[union-attr]


def test_a_quarter_is_one_however_it_is_written(filled: Engine) -> None:
    for written in ("ไตรมาส 1", "Q1"):
        data = changed("performance-plan", "quarters", 0, quarter__no=written, quarter__amount=1.0)
        told = preview(filled, examine(data, "p.xlsx"), data, by="a test").intake
        codes = {one.code for one in told.issues}
        assert "W499" not in codes
        assert "W473" in codes, "it is held against its months"


def test_what_was_not_told_changes_no_figure(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    kpi = document()["performance-kpi"]
    rows = [
        {**row, "kpi.basic": 95, "kpi.standard": 90, "kpi.advanced": 60, "kpi.weight": 70}
        if place == 0
        else row
        for place, row in enumerate(kpi["kpi"])
    ]
    budget = [{**row} for row in document()["performance-budget"]["budget"]]
    budget[0] |= {"budget.spent": None}
    for form, tables in (
        ("performance-kpi", {**kpi, "kpi": rows}), ("performance-budget", {"budget": budget})
    ):  # fmt: skip
        data = typed(form, tables)
        store(engine, examine(data, f"{form}.xlsx", form_id=form), data, by="a test")
    made = performance_view(engine, office=OFFICE, year=str(YEAR))
    assert made
    # Tiers that fall are judged by nobody, and one weight among none is none.
    assert "1" not in {one.record.no for one in scored(made)}
    others = [one.points for one in scored(made) if one.record.text("kpi.base") == "performance"]
    assert base_scores(made)["performance"] == pytest.approx(sum(others) / len(others))  # type: ignore[arg-type]
    # Money of which nobody says whether it was spent is not money that was left.
    assert spent_percent(made) == 100
    close_engines()


def test_a_table_counts_as_it_was_sent_last(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}")
    for data in (workbook("performance-staff"), changed("performance-staff", "staff", 0, line="7")):
        store(engine, examine(data, "s.xlsx"), data, by="a test")
    found = performance_view(engine)
    assert found
    assert [one.no for one in found.rows("performance-staff", "staff")] == ["7", "2", "3", "total"]
    close_engines()


def test_every_section_has_its_name_and_its_tables(shown: PerformanceView) -> None:
    assert all(sheets(shown, section) for section in SECTIONS)
