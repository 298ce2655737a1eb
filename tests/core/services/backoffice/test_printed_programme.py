"""Document 000 typed into its forms: its counts come back on every way out, its faults are said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.services.backoffice.programme import programme
from core.services.backoffice.view import BackofficeView, backoffice_view
from core.services.backoffice.wording import backoffice_json, backoffice_lines, standing_rows
from core.services.geography.reference import all_areas
from core.services.importing.store_intake import preview, store
from core.services.intake.examine import examine
from core.services.meeting.slides import slide_of
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.register.repository import enter_areas, enter_facilities
from tests.core.store.filling import hospital
from tests.printed import backoffice as printed
from tests.printed.typing import typed

UTHAI = "P61"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with the programme of five provinces in quarter 1."""
    folder: Path = tmp_path_factory.mktemp("programme")
    engine = open_database(f"sqlite:///{folder / 'truat.db'}")
    with unit_of_work(engine) as session:
        enter_areas(session, all_areas())
        units = [replace(hospital(code, d), kind="pcu") for code, d, _ in printed.units()]
        enter_facilities(session, units)
        session.commit()
    for data in (printed.workbook(), printed.programme_workbook()):
        store(engine, examine(data, "imm.xlsx"), data, by="a test")
    yield engine
    close_engines()


def shown(engine: Engine, area: str) -> BackofficeView:
    found = backoffice_view(engine, period="2565-Q1", area=area)
    assert found
    return found


def test_the_counts_of_the_five_provinces_come_back(filled: Engine) -> None:
    country = shown(filled, "TH")
    told = {one.place.code: (one.districts, one.relieved) for one in country.rows}
    assert told == printed.COUNTS
    whole = country.whole
    assert (whole.districts, whole.relieved, whole.targeted, whole.registered) == (
        32,
        320,
        320,
        320,
    )
    assert whole.coverage(whole.targeted) == 100


def test_they_are_the_counts_that_ship_with_the_programme() -> None:
    shipped = {one.province: (one.districts, one.units) for one in programme().counts}
    assert shipped == printed.COUNTS
    assert [field.processes for field in programme().fields] == [9, 13, None]
    assert [len(step.subs) for step in programme().steps] == [2, 2, 2, 2, 3]


def test_steps_days_and_processes_of_a_province(filled: Engine) -> None:
    whole = shown(filled, UTHAI).whole
    assert whole.step == 1
    assert whole.subs_done == 2
    assert whole.subs["backoffice.step_1_1"] == (8, 8)
    assert whole.days == (89 * 1.5, None, None, None)
    assert whole.processes["backoffice.supplies"] == (89 * 9, 89)
    assert whole.processes["backoffice.refill"] == (89, 89)
    assert whole.satisfaction == 80


def test_the_same_figures_in_json_in_excel_and_in_lines(filled: Engine) -> None:
    view = shown(filled, "TH")
    told = backoffice_json(view)
    rows = standing_rows(view, "th")
    assert [row[0] for row in rows[1:]] == [*sorted(printed.COUNTS), "TH"]
    for row, one in zip(rows[1:], [*told["places"], told["whole"]], strict=True):
        names = ("districts", "units_relieved", "units_targeted", "units_registered")
        assert row[2:6] == [one[name] for name in names]
    assert rows[-1][2:6] == [32, 320, 320, 320]
    assert len(list(backoffice_lines(view))) == 6


def test_the_two_lanes_and_the_contradictions_are_told(filled: Engine) -> None:
    told = backoffice_json(shown(filled, UTHAI))
    lanes = [one["lane"]["th"] for one in told["year_plan"]]
    assert lanes.count("แผนระดับอำเภอ (CUP)") == 6
    assert lanes.count("แผนระดับจังหวัด") == 2
    assert told["year_plan_is"] == "printed"
    assert any("5176/2565" in one["th"] for one in told["contradictions"])


def test_one_cup_after_another_has_its_slide(filled: Engine) -> None:
    for cup in shown(filled, UTHAI).cups:
        slide = slide_of(filled, "backoffice", {"area": cup.place.code, "period": "2565-Q1"})
        assert slide.place == cup.place.name
        assert slide.problem is None
        assert slide.figure
        assert {line.status.en for line in slide.lines} == {"Not judged"}, "there are figures"


def test_an_order_of_another_year_than_its_day_is_said() -> None:
    issues = examine(printed.programme_workbook(), "imm.xlsx").issues
    told = [(one.code, one.found) for one in issues if one.severity != "note"]
    assert told == [("W479", "5176/2565")]


def row(**values: object) -> dict[str, object]:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return {**printed.UNITS[0], **named}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"backoffice__satisfaction": 6}, "W320"),
        ({"backoffice__days": -1}, "W312"),
        ({"backoffice__supplies": 10}, "W312"),
        ({"backoffice__finance": 14}, "W312"),
        ({"quarter": 5}, "W410"),
    ],
)
def test_what_cannot_be_is_named_with_its_cell(values: dict[str, object], code: str) -> None:
    data = typed("backoffice", {"units": [row(**values), *printed.UNITS[1:3]]})
    found = [one for one in examine(data, "u.xlsx").issues if one.severity != "note"]
    assert found[0].code == code
    assert found[0].cell


def test_a_unit_in_two_districts_is_named(filled: Engine) -> None:
    twice = [row(), row(quarter=2, backoffice__district="6102")]
    data = typed("backoffice", {"units": twice})
    intake = examine(data, "u.xlsx")
    assert [one.code for one in intake.issues if one.severity == "error"] == ["W475"]
    assert len(intake.reading.lines) == 2  # type: ignore[union-attr]
    elsewhere = typed("backoffice", {"units": [row(backoffice__district="6103")]})
    told = preview(filled, examine(elsewhere, "u.xlsx"), elsewhere, by="a test").intake
    assert [one.code for one in told.issues if one.severity == "error"] == ["W475"]


def test_a_unit_nobody_registered_lies_where_its_row_says(filled: Engine) -> None:
    stranger = row(hcode="99001", backoffice__district="6501", quarter=2)
    data = typed("backoffice", {"units": [stranger]})
    store(filled, examine(data, "u.xlsx"), data, by="a test")
    found = backoffice_view(filled, period="2565-Q2", area="P65")
    assert found
    assert found.whole.relieved == 1
    assert found.whole.registered is None


def test_a_target_area_nobody_knows_is_named_and_not_counted(filled: Engine) -> None:
    targets = [{**one} for one in printed.TARGETS]
    targets[0] |= {"target.province": "เมืองกำแพง"}
    targets[1] |= {"target.province": "จังหวัดอุทัยธานี"}
    data = typed("backoffice-plan", {"targets": targets})
    store(filled, examine(data, "targets.xlsx"), data, by="a test")
    country = shown(filled, "TH")
    assert country.unknown == ("เมืองกำแพง",)
    assert country.whole.targeted == 320 - printed.COUNTS["P62"][1]
    assert shown(filled, UTHAI).whole.targeted == printed.COUNTS["P61"][1]
