"""The themes' tables: who is silent, what is left out, what goes wrong."""

import hashlib
from collections import Counter

import numpy as np
import pytest

from core.demo.country.hospitals import demo_hospitals
from core.demo.files.reporting import demo_reports
from core.demo.files.tables import DemoTable
from core.demo.files.theme_tables import theme_tables
from core.demo.files.transfer_tables import transfer_tables
from core.demo.theme_parameters import theme_parameters, transfer_parameters
from core.scoring.base.states import State

TABLES = (*theme_tables(), *transfer_tables())
TOLD = theme_parameters().reporting
PROVINCES = np.array([hospital.province for hospital in demo_hospitals()])


def table(form: str, first: str, number: int = 0) -> DemoTable:
    """The n-th table of a form whose periods begin with this one."""
    return [t for t in TABLES if t.form == form and str(t.periods[0]) == first][number]


def of_hospitals() -> list[DemoTable]:
    return [t for t in TABLES if t.form != "transfer"]


def states(table_: DemoTable, state: State) -> int:
    return sum(np.count_nonzero(column.states == state) for column in table_.columns.values())


def test_what_is_told_does_not_change_unasked() -> None:
    """Change it on purpose, then write the new digest here."""
    digest = hashlib.sha256()
    for told in TABLES:
        for code in sorted(told.columns):
            digest.update(np.ascontiguousarray(told.columns[code].states).tobytes())
        digest.update(repr(sorted((*cell, text) for cell, text in told.typed.items())).encode())
        digest.update(repr(sorted((*cell, other) for cell, other in told.twice.items())).encode())
    assert digest.hexdigest()[:16] == "ec97d22493d17c64"


def test_there_is_a_table_for_every_form_and_kind_of_period() -> None:
    found = Counter((told.form, told.periods[0].part, len(told.periods)) for told in TABLES)
    assert found == {
        ("revenue-4s4c", "R", 4): 1, ("payables", "R", 4): 1, ("sproi", "R", 4): 1,
        ("coverage", "R", 4): 1, ("msss-4s4p", "R", 2): 1, ("revenue-4s4c", "M", 12): 1,
        ("compensation", "M", 12): 1, ("transfer", "R", 2): 2,
    }  # fmt: skip


@pytest.mark.parametrize("told", TABLES, ids=lambda t: f"{t.form} {t.periods[0]}")
def test_nearly_everybody_reports(told: DemoTable) -> None:
    assert 0.93 < told.reported.mean() < 1
    assert (told.reported.mean(axis=0) < 1).all()


@pytest.mark.parametrize("told", TABLES, ids=lambda t: f"{t.form} {t.periods[0]}")
def test_what_is_not_sent_is_missing_and_never_zero(told: DemoTable) -> None:
    for code, column in told.columns.items():
        assert (column.states[~told.reported] == State.NOT_REPORTED).all()
        assert np.array_equal(np.isnan(column.values), column.states != State.REPORTED)
        there = column.states == State.REPORTED
        assert np.array_equal(column.values[there], told.invented[code][there])


def test_who_is_silent_about_money_is_silent_about_themes() -> None:
    silent = ~demo_reports().reported
    months = {"2565-R1": 5, "2565-R2": 11, "2566-R1": 17, "2566-R2": 23}
    for told in of_hospitals():
        for place, period in enumerate(told.periods):
            month = months[str(period)] if period.part == "R" else 11 + period.number
            assert not told.reported[silent[:, month], place].any()


def test_a_province_silent_altogether_tells_nothing_of_its_units() -> None:
    silent = {p for p in set(PROVINCES) if not demo_reports().reported[p == PROVINCES, -1].any()}
    assert silent
    for told in TABLES:
        if told.form == "transfer":
            own = [subject.province in silent for subject in told.subjects]
            assert not told.reported[own, 1].any()
            assert told.reported[own, 0].mean() > 0.8


def test_later_rounds_are_told_by_more() -> None:
    shares = table("payables", "2565-R1").reported.mean(axis=0)
    assert shares[0] < shares[1]
    assert shares[0] < shares[3]


@pytest.mark.parametrize(("form", "province", "period"), TOLD.never_sent)
def test_some_provinces_never_sent_a_form(form: str, province: str, period: str) -> None:
    months = {"2566-Q2": ["2566-M04", "2566-M05", "2566-M06"]}.get(period, [period])
    found = [t for t in TABLES if t.form == form and months[0] in map(str, t.periods)]
    assert len(found) == 1
    places = [n for n, one in enumerate(found[0].periods) if str(one) in months]
    assert len(places) == len(months)
    assert not found[0].reported[np.ix_(np.isin(PROVINCES, province), places)].any()


@pytest.mark.parametrize("told", TABLES, ids=lambda t: f"{t.form} {t.periods[0]}")
def test_a_few_cells_are_wrong_in_every_way(told: DemoTable) -> None:
    slips = transfer_parameters().slips if told.form == "transfer" else TOLD.slips
    assert states(told, State.ERROR) == len(told.typed) == slips.mistyped
    assert states(told, State.CONTRADICTORY) == len(told.twice) == slips.contradictory
    assert set(told.typed.values()) == set(slips.texts)
    rows = [cell[:2] for cell in (*told.typed, *told.twice)]
    assert len(rows) == len(set(rows))


def test_what_stands_twice_says_two_things() -> None:
    for told in TABLES:
        for cell, other in told.twice.items():
            assert 0 <= other != told.invented[cell.measure][cell[:2]]


@pytest.mark.parametrize(
    ("form", "measure", "whole"),
    [("sproi", "sproi.stroke_stemi_received", "sproi.stroke_stemi_cost"),
     ("sproi", "sproi.ods_mis_cost", "sproi.ods_mis_received"),
     ("coverage", "coverage.foreign_insured", "coverage.foreign_eligible"),
     ("coverage", "coverage.fss_budget", "coverage.fss_spent")],
)  # fmt: skip
def test_what_there_is_none_of_does_not_apply_or_is_zero(
    form: str, measure: str, whole: str
) -> None:
    told = table(form, "2565-R1")
    nothing = (told.invented[measure] == 0) & (told.invented[whole] == 0) & told.reported
    found = told.columns[measure].states[nothing]
    assert set(found.tolist()) == {State.REPORTED, State.NOT_APPLICABLE}
    assert 0.35 < np.mean(found == State.NOT_APPLICABLE) < 0.65
    assert (told.columns[measure].states[~nothing] != State.NOT_APPLICABLE).all()
