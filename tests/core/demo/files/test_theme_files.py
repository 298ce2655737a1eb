"""The themes' tables as files: reading one gives just what is stored, whatever its layout."""

import hashlib
from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy import Engine

from core.demo.files.csv_files import DemoFile, table_files
from core.demo.files.sheets import Sheet
from core.demo.files.submissions import Submissions
from core.demo.files.theme_tables import theme_tables
from core.demo.files.transfer_tables import transfer_tables
from core.forms.model.form import TableForm, form
from core.services.importing.rows import new_upload
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from tests.core.demo.files.submitted import plain

SHEETS = tuple(map(Sheet, (*theme_tables(), *transfer_tables())))
KINDS = {
    "R": ("first", "last", "mistyped", "contradictory", "shortest"),
    "M": ("first", "mistyped", "contradictory"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty store: reading a file asks its register whose the rows are."""
    yield open_database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}", "demo")
    close_engines()


@cache
def files_of(sheet: Sheet) -> tuple[DemoFile, ...]:
    return tuple(table_files(sheet))


def named(sheet: Sheet) -> str:
    return f"{sheet.data.form} {sheet.table.id} {sheet.data.periods[0]}"


def chosen(sheet: Sheet, kind: str) -> DemoFile:
    files = files_of(sheet)
    if kind in ("mistyped", "contradictory"):
        cells = sheet.data.typed if kind == "mistyped" else sheet.data.twice
        places = {(cell.subject, cell.period) for cell in cells}
        return next(f for f in files if any((r.subject, r.period) in places for r in f.rows))
    if kind == "shortest":
        return min(files, key=lambda file: len(file.rows))
    return files[0] if kind == "first" else files[-1]


def test_files_do_not_change_unasked() -> None:
    """Change them on purpose, then write the new digest here. Titles are the forms' own."""
    digest = hashlib.sha256()
    for file in (file for sheet in SHEETS for file in files_of(sheet)):
        rows = [tuple(row) for row in file.rows]
        digest.update(repr((file.name, file.sent_by, file.sent_at.isoformat(), rows)).encode())
    assert digest.hexdigest()[:16] == "3c4a74d046f35f18"


def test_names_are_given_once_and_say_what_they_are() -> None:
    names = [file.name for sheet in SHEETS for file in files_of(sheet)]
    assert len(names) == len(set(names))
    assert all("demo" in name for name in names)


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_every_row_told_stands_in_one_file(sheet: Sheet) -> None:
    found = [(row.subject, row.period) for file in files_of(sheet) for row in file.rows]
    assert len(found) == len(set(found)) == sheet.data.reported.sum()


@pytest.mark.parametrize("sheet", SHEETS, ids=named)
def test_every_figure_has_a_column_of_the_form(sheet: Sheet) -> None:
    assert isinstance(form(sheet.data.form), TableForm)
    told = {*sheet.data.columns, *sheet.data.words}
    assert {spot.measure for spot in sheet.spots} == told
    required = {column.measure for column in sheet.table.columns if column.required}
    assert required <= {column.measure for column in sheet.columns} | {"hcode", "district"}


@pytest.mark.parametrize(
    ("sheet", "kind"),
    [(sheet, kind) for sheet in SHEETS for kind in KINDS[sheet.data.periods[0].part]],
    ids=lambda value: named(value) if isinstance(value, Sheet) else value,
)
def test_reading_a_file_gives_what_is_stored(sheet: Sheet, kind: str, store: Engine) -> None:
    file = chosen(sheet, kind)
    with reading(store) as session:
        examined = examine(file.content, file.name)
        upload, said = new_upload(session, examined, file.content, by=file.sent_by)
    ours = Submissions(sheet).of(file)
    assert plain(ours) == plain(said)
    assert upload.form == file.form
    assert upload.fiscal_year == file.fiscal_year
    assert upload.filled == sum(len(one.observations) for one in ours)
    told = {issue.code for issue in examined.issues}
    assert ("W314" in told) == (kind == "contradictory" or _has_odd(sheet, file, "twice"))
    assert bool(told & {"W103", "W104", "W328"}) == _has_odd(sheet, file, "typed")


def _has_odd(sheet: Sheet, file: DemoFile, what: str) -> bool:
    places = {(cell.subject, cell.period) for cell in getattr(sheet.data, what)}
    return any((row.subject, row.period) in places for row in file.rows)


def test_hospitals_stand_side_by_side_in_a_turned_table() -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.table.turned)
    file = files_of(sheet)[0]
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == len(sheet.columns)
    cells = [sheet.cells(row)[0] for row in file.rows[:3]]
    assert cells == ["C4", "D4", "E4"]


def test_each_service_plan_has_a_row_of_its_own() -> None:
    sheet = next(sheet for sheet in SHEETS if sheet.table.pivot)
    first, second = files_of(sheet)[0].rows[:2]
    assert second.line - first.line == 3
    assert sheet.cells(first) == ["E2", "F2", "E3", "F3", "E4", "F4"]
