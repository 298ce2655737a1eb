"""The demonstration's tables: files whose reading gives just what is stored."""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from sqlalchemy import Engine

from core.demo.files.csv_files import DemoFile, table_files
from core.demo.files.reporting import demo_reports
from core.demo.files.sheets import Sheet
from core.demo.files.submissions import Submissions
from core.demo.parameters import reporting_parameters
from core.periods import Period
from core.services.importing.rows import new_upload
from core.services.intake.examine import examine
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from tests.core.demo.files.submitted import plain

REPORTS = demo_reports()
SHEET = Sheet(REPORTS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An empty store: reading a file asks its register whose the rows are."""
    yield open_database(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}", "demo")
    close_engines()


@cache
def all_files() -> tuple[DemoFile, ...]:
    return tuple(table_files(SHEET))


def odd_places(what: str) -> set[tuple[int, int]]:
    return {(cell.subject, cell.period) for cell in getattr(REPORTS, what)}


def first_with(places: set[tuple[int, int]]) -> DemoFile:
    return next(
        f for f in all_files() if any((row.subject, row.period) in places for row in f.rows)
    )


def shortest() -> DemoFile:
    return min(all_files(), key=lambda file: len(file.rows))


def test_files_do_not_change_unasked() -> None:
    """Change them on purpose, then write the new digest here."""
    digest = hashlib.sha256()
    for file in all_files():
        digest.update(repr((file.name, file.sent_by, file.sent_at.isoformat())).encode())
        digest.update(file.content)
    assert digest.hexdigest()[:16] == "86bf16cc10918983"


def test_every_province_sends_every_quarter() -> None:
    assert len(all_files()) == 77 * 8
    assert len({file.name for file in all_files()}) == len(all_files())


def test_every_month_that_was_told_stands_in_one_file() -> None:
    found = [(row.subject, row.period) for file in all_files() for row in file.rows]
    assert len(found) == len(set(found)) == REPORTS.reported.sum()


def test_names_of_files_and_senders_say_what_they_are() -> None:
    assert all("demo" in file.name and file.sent_by.endswith("(สาธิต)") for file in all_files())


def test_files_are_sent_some_days_after_their_quarter() -> None:
    low, high = reporting_parameters().files.days_after
    for file in all_files():
        month = REPORTS.periods[file.rows[0].period]
        quarter = Period(month.fiscal_year, "Q", (month.number + 2) // 3)
        assert low <= (file.sent_at.date() - quarter.last_day).days <= high


@pytest.mark.parametrize(
    "chosen",
    [
        lambda: all_files()[0],
        shortest,
        lambda: first_with(odd_places("typed")),
        lambda: first_with(odd_places("twice")),
    ],
    ids=["first", "shortest", "mistyped", "contradictory"],
)
def test_reading_a_file_gives_what_is_stored(chosen: Callable[[], DemoFile], store: Engine) -> None:
    file = chosen()
    with reading(store) as session:
        examined = examine(file.content, file.name)
        upload, said = new_upload(session, examined, file.content, by=file.sent_by)
    ours = Submissions(SHEET).of(file)
    assert plain(ours) == plain(said)
    assert upload.form == file.form
    assert upload.fiscal_year == file.fiscal_year
    assert upload.filled == sum(len(one.observations) for one in ours)


@pytest.mark.parametrize(
    ("what", "codes"), [("typed", {"W103", "W312"}), ("twice", {"W314", "W315"})]
)
def test_what_is_wrong_is_told_by_the_reader(what: str, codes: set[str]) -> None:
    file = first_with(odd_places(what))
    assert {issue.code for issue in examine(file.content, file.name).issues} & codes


def test_a_plain_file_has_nothing_to_complain_of() -> None:
    odd = odd_places("typed") | odd_places("twice")
    clean = next(
        f for f in all_files() if not any((row.subject, row.period) in odd for row in f.rows)
    )
    # The largest hospitals have few peers in any one file, and no file gives quick assets.
    notes = {"W323", "W390"}
    assert {issue.code for issue in examine(clean.content, clean.name).issues} <= notes
