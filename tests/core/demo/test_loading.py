"""The demonstration in its own database: whole, told apart, and never over real data."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from core.demo import loading
from core.demo.country.hospitals import demo_hospitals
from core.demo.country.units import demo_units
from core.demo.documents.plans import plan_files
from core.demo.files import stages as planning
from core.demo.files.reporting import demo_reports
from core.demo.files.theme_tables import theme_tables
from core.demo.loading import clear, fill, load
from core.demo.progress import filling, is_loaded
from core.errors import StoreError
from core.periods import parse_period
from core.scoring.base.states import State, Verdict
from core.store.backup.copying import checksums
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from core.store.register.repository import areas, facilities, facility_states
from core.store.results.repository import result, results
from core.store.schema.about import filling_of, kind_of
from core.store.uploads.repository import content, upload_changes, uploads
from tests.demonstration import demo_database

pytestmark = pytest.mark.timeout(400)

SEPTEMBER, ROUND_2 = parse_period("2566-M12"), parse_period("2566-R2")
# A moment of its own stands in each of these, and nothing else that may differ.
MOMENTS = {"results_version"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The whole demonstration; not to be changed."""
    yield open_database(f"sqlite:///{demo_database(tmp_path_factory)}", "demo")
    close_engines()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    """A store for a demonstration that is not loaded."""
    yield open_database(f"sqlite:///{tmp_path / 'demo.db'}", "demo")
    close_engines()


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the demonstration hold six tables of three forms and two self-assessments."""
    files, stars, tables = planning.planned_files, loading.demo_stars, loading.demo_tables()
    some = [table for table in tables if table.form in ("finance", "payables", "transfer")][:3]
    monkeypatch.setattr(loading, "demo_tables", lambda: some)
    monkeypatch.setattr(planning, "planned_files", lambda sheet: list(files(sheet))[40:42])
    monkeypatch.setattr(loading, "demo_stars", lambda: stars()[:2])
    monkeypatch.setattr(loading, "book_files", tuple)
    monkeypatch.setattr(loading, "plan_files", lambda: islice(plan_files(), 2))
    monkeypatch.setattr(loading, "book_months", tuple)


# Whole


def test_the_store_says_that_it_is_a_demonstration(demo: Engine) -> None:
    with reading(demo) as session:
        assert kind_of(session) == "demo"
    assert is_loaded(demo)


def test_the_register_holds_every_area_and_facility(demo: Engine) -> None:
    with reading(demo) as session:
        assert len(areas(session)) == 13 + 77 + 928
        hospitals = facilities(session, kind="hospital")
        units = facilities(session, kind="pcu")
        assert len(facilities(session)) == len(hospitals) + len(units)
    assert [one.hcode for one in hospitals] == [hospital.hcode for hospital in demo_hospitals()]
    assert [one.hcode for one in units] == [unit.hcode for unit in demo_units()]
    assert all(one.latitude and one.longitude and not one.level for one in units)


def test_who_changed_group_was_in_another_before(demo: Engine) -> None:
    moved = next(h for h in demo_hospitals() if h.hgr != h.hgr_later)
    with reading(demo) as session:
        states = facility_states(session, moved.hcode)
        before = facilities(session, at=parse_period("2565-M12"), area=moved.hcode)
    assert [state.hgr for state in states] == [moved.hgr, moved.hgr_later]
    assert before[0].hgr == moved.hgr


def test_every_file_is_there_and_says_when_it_was_sent(demo: Engine) -> None:
    with reading(demo) as session:
        tables = uploads(session, form="finance")
        stars = uploads(session, form="star-2561")
        assert content(session, tables[0].id).startswith(b"\xef\xbb\xbf")
        assert content(session, stars[0].id).startswith(b"PK")
        (stored,) = upload_changes(session, tables[0].id)
    assert (len(tables), len(stars)) == (77 * 8, 57)
    assert stored.changed_at == tables[0].uploaded_at
    assert {upload.state for upload in tables} == {"active"}
    assert [star.state for star in stars].count("superseded") == 3
    assert all("(สาธิต)" in upload.uploaded_by for upload in (*tables, *stars))


@pytest.mark.parametrize(
    ("form", "files"),
    [("revenue-4s4c", 77 * 8 - 1), ("payables", 77 * 4 - 1), ("sproi", 77 * 4 - 1),
     ("coverage", 77 * 4 - 1), ("msss-4s4p", 77 * 2 - 1), ("compensation", 77 * 4 - 1),
     ("transfer", 76 * 4)],
)  # fmt: skip
def test_every_theme_is_sent_by_every_province(demo: Engine, form: str, files: int) -> None:
    with reading(demo) as session:
        sent = uploads(session, form=form)
    # One province is silent as the last round comes.
    assert files - 2 <= len(sent) <= files
    assert {upload.state for upload in sent} == {"active"}


def test_a_few_hospitals_sent_their_books_which_say_what_they_reported(demo: Engine) -> None:
    with reading(demo) as session:
        books = uploads(session, form="trial-balance")
        levels = results(session, "crisis.level", SEPTEMBER)
        behind = {result(session, int(number)).books_id for number in levels.ids}
    assert len(books) == 3
    assert len(behind - {None}) == 3
    typed = demo_reports().columns["finance.current_assets"].values[:, -1]
    assert not np.isnan(typed).all()


def test_every_round_that_was_told_has_its_results(demo: Engine) -> None:
    told = {table.form: table for table in theme_tables() if table.periods[0].part == "R"}
    criteria = {
        "revenue-4s4c": "revenue.score", "msss-4s4p": "msss.score", "sproi": "sproi.covid",
        "coverage": "coverage.thai",
    }  # fmt: skip
    with reading(demo) as session:
        for form, criterion in criteria.items():
            found = results(session, criterion, ROUND_2)
            assert len(found.subjects) == told[form].reported[:, -1].sum()
            assert np.mean(found.state == State.REPORTED) > 0.97


def test_every_month_that_was_told_has_its_results(demo: Engine) -> None:
    told = demo_reports().reported[:, -1]
    with reading(demo) as session:
        for criterion in ("crisis.level", "tps.score", "tps.grade"):
            found = results(session, criterion, SEPTEMBER)
            assert len(found.subjects) == told.sum()
            assert np.mean(found.state == State.REPORTED) > 0.97


def test_the_country_is_in_the_state_that_is_told_of(demo: Engine) -> None:
    with reading(demo) as session:
        areas_ = results(session, "crisis.area", SEPTEMBER)
        country = areas_.value[areas_.subjects.index("TH")]
        stars = results(session, "star.form", parse_period("2566"))
    assert 5 <= country <= 8
    assert len(stars.subjects) == 54
    assert 30 < stars.value.min() < stars.value.max() < 100


@pytest.mark.parametrize(
    ("criterion", "least", "most"),
    [("revenue.area", 5, 10), ("msss.area", 3, 8), ("payables.area_2", 1, 5),
     ("sproi.covid_area", 5, 10), ("sproi.stroke_stemi_area", 3, 10),
     ("sproi.ods_mis_area", 4, 11), ("transfer.area", 3, 7)],
)  # fmt: skip
def test_some_regions_reach_the_targets_and_many_do_not(
    demo: Engine, criterion: str, least: int, most: int
) -> None:
    with reading(demo) as session:
        found = results(session, criterion, ROUND_2)
    regions = [place for place, subject in enumerate(found.subjects) if subject.startswith("R")]
    passed = [found.subjects[place] for place in regions if found.verdict[place] == Verdict.PASS]
    assert least <= len(passed) <= most, passed


# Told apart


def test_real_data_is_never_touched(tmp_path: Path) -> None:
    own = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    with reading(own) as session:
        before = filling_of(session)
    for change in (load, clear):
        with pytest.raises(StoreError) as refused:
            change(own)
        assert refused.value.code == "S013"
    with reading(own) as session:
        assert filling_of(session) == before
    close_engines()


def test_clearing_leaves_an_empty_demonstration(demo: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    shutil.copyfile(str(demo.url.database), copy)
    store = open_database(f"sqlite:///{copy}", "demo")
    with reading(store) as session:
        before = filling_of(session)
    clear(store)
    with reading(store) as session:
        assert kind_of(session) == "demo"
        assert filling_of(session) != before
        assert all(sum_.startswith("0:") for sum_ in checksums(session).values())
    assert not is_loaded(store)
    close_engines()


# Whole or not at all, and always the same


@pytest.mark.usefixtures("little")
def test_a_load_that_fails_leaves_nothing(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power goes")

    monkeypatch.setattr(loading, "recompute_periods", fail)
    with pytest.raises(RuntimeError):
        load(empty)
    assert not is_loaded(empty)


@pytest.mark.usefixtures("little")
def test_loaded_once_twice_or_in_pieces_it_is_the_same(empty: Engine, tmp_path: Path) -> None:
    steps: list[float] = []
    loaded = load(empty, progress=steps.append)
    assert steps == sorted(steps)
    assert steps[-1] == 1
    assert 0 < steps[0] < 1
    assert (loaded.hospitals, loaded.uploads) == (len(demo_hospitals()), 29)
    assert loaded.figures > 0
    assert loaded.results > 0
    once = sums(empty)
    assert not any(once[name].startswith("0:")
                   for name in ("facility", "observation", "result", "upload"))  # fmt: skip
    load(empty)
    assert sums(empty) == once
    pieces = open_database(f"sqlite:///{tmp_path / 'pieces.db'}", "demo")
    fill_with_the_plug_pulled(pieces)
    assert sums(pieces) == once


def sums(store: Engine) -> dict[str, str]:
    with reading(store) as session:
        return {name: sum_ for name, sum_ in checksums(session).items() if name not in MOMENTS}


def fill_with_the_plug_pulled(pieces: Engine) -> None:
    stopped, months = 0, []
    while not is_loaded(pieces):
        # Every other stage somebody pulls the plug.
        with suppress(_PlugError):
            fill(pieces, progress=pull_after(2))
            continue
        stopped += 1
        begun = filling(pieces)
        assert begun is not None, "what is begun is never taken as whole"
        months.append((begun.months, begun.all_months))
    assert stopped
    assert months == sorted(months)
    assert filling(pieces) is None


def test_the_newest_months_come_first_and_are_whole() -> None:
    first, *later = planning.stages(loading.demo_tables())
    assert {str(one) for one in first.periods} == {
        "2566-M10", "2566-M11", "2566-M12", "2566-R1", "2566-R2",
    }  # fmt: skip
    held = {(one.file.form, period) for one in first.files for period in one.file.periods}
    # A month is held against the same month a year before.
    assert {("finance", parse_period("2565-M12")), ("finance", SEPTEMBER)} <= held
    assert sum(stage.months for stage in (first, *later)) == 24
    everything = [one.number for stage in (first, *later) for one in stage.files]
    assert sorted(everything) == list(range(1, len(everything) + 1))


def test_a_stage_comes_to_what_the_whole_comes_to(demo: Engine, empty: Engine) -> None:
    with suppress(_PlugError):
        fill(empty, progress=pull_after(1))
    with reading(demo) as whole, reading(empty) as piece:
        for criterion, period in (
            ("crisis.level", SEPTEMBER),
            ("tps.score", SEPTEMBER),
            ("crisis.area", SEPTEMBER),
            ("transfer.area", ROUND_2),
        ):
            there, here = results(whole, criterion, period), results(piece, criterion, period)
            assert there.subjects == here.subjects
            assert np.array_equal(there.value, here.value, equal_nan=True)
            assert np.array_equal(there.verdict, here.verdict)


class _PlugError(Exception):
    pass


def pull_after(stages: int) -> Callable[[float], None]:
    told: list[float] = []

    def pull(share: float) -> None:
        told.append(share)
        if len(told) == stages and share < 1:
            raise _PlugError

    return pull
