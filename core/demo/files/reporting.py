"""The monthly reports of the demonstration's hospitals, with gaps and mistakes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.demo.accounts.finance import DemoFinance, demo_finance
from core.demo.country.stories import MONTHS
from core.demo.draws import Draws
from core.demo.files.tables import Cell, DemoTable, Sending, Subject, by_quarter, set_state, written
from core.demo.files.writing import yes_or_no
from core.demo.parameters import ReportingParameters, hospital_parameters, reporting_parameters
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.states import State
from core.services.rules.finance import GROUP, ISLAND

FORM: Final = "finance"
_NEGATIVE: Final = "negative"


@cache
def demo_reports() -> DemoTable:
    """The invented accounts as reported, with gaps and mistakes: n hospitals, 24 months."""
    finance, parameters = demo_finance(), reporting_parameters()
    draws = Draws(hospital_parameters().seed)
    reported = _reported(finance, parameters, draws)
    columns = _columns(finance, reported, _left_out(finance, parameters, draws))
    cells = _chosen(reported, parameters, draws)
    typed = {
        cell: text
        for cell, text in _typed(finance, parameters, draws, cells)
        if columns[cell.measure].states[cell[:2]] == State.REPORTED
    }
    twice = {
        cell: _other(float(finance.columns[cell.measure][cell[:2]]), parameters)
        for cell in _dealt(cells["contradictory"], parameters.contradictory.measures)
    }
    for cell, text in typed.items():
        away = text == parameters.does_not_apply.text
        set_state(columns, cell, State.NOT_APPLICABLE if away else State.ERROR)
    for cell in twice:
        set_state(columns, cell, State.CONTRADICTORY)
    subjects = [Subject(hospital.hcode, hospital.province) for hospital in finance.hospitals]
    return DemoTable(
        FORM, subjects, finance.months, reported, finance.columns, columns,
        _words(finance), typed, twice, _sending(finance, parameters),
    )  # fmt: skip


def _words(finance: DemoFinance) -> dict[str, list[list[str]]]:
    """The texts of every row that describe its hospital."""
    months, hospitals = finance.months, finance.hospitals
    islands = {island: yes_or_no(yes=island) for island in (True, False)}
    return {
        GROUP: [[hospital.hgr_in(month.fiscal_year) for month in months] for hospital in hospitals],
        ISLAND: [[islands[hospital.island]] * len(months) for hospital in hospitals],
    }


def _sending(finance: DemoFinance, parameters: ReportingParameters) -> Sending:
    files = parameters.files
    return Sending(by_quarter(finance.months), files.name, "days after", files.days_after)


def _reported(finance: DemoFinance, parameters: ReportingParameters, draws: Draws) -> BoolArray:
    size = len(finance.hospitals)
    reported: BoolArray = np.ones((size, MONTHS), dtype=np.bool_)
    for province, silence in parameters.silent.items():
        members = [n for n, h in enumerate(finance.hospitals) if h.province == province]
        order = draws.permutation(f"silent {province}", len(members))
        for place in order[: round(silence.share * len(members))]:
            reported[members[place], MONTHS - silence.months :] = False
    lost = draws.permutation("lost months", size * MONTHS)[: parameters.lost_months]
    reported.reshape(-1)[lost] = False
    return reported


def _left_out(
    finance: DemoFinance, parameters: ReportingParameters, draws: Draws
) -> Mapping[str, NDArray[np.int64]]:
    """Which hospitals leave out each measure that some leave out."""
    some = parameters.never_reported
    order = draws.permutation("never told", len(finance.hospitals))[: some.count]
    return {measure: order[n :: len(some.measures)] for n, measure in enumerate(some.measures)}


Places = list[tuple[int, int]]


def _chosen(
    reported: BoolArray, parameters: ReportingParameters, draws: Draws
) -> Mapping[str, Places]:
    """Hospital-months with a mistake, by its kind; none has two."""
    there = np.flatnonzero(reported)
    order = iter(there[draws.permutation("wrong", len(there))].tolist())
    counts = {
        "mistyped": parameters.mistyped.count,
        "does_not_apply": parameters.does_not_apply.count,
        "contradictory": parameters.contradictory.count,
    }
    return {
        why: [divmod(next(order), MONTHS) for _ in range(count)] for why, count in counts.items()
    }


def _dealt(places: Places, measures: tuple[str, ...]) -> Iterator[Cell]:
    for number, place in enumerate(places):
        yield Cell(*place, measures[number % len(measures)])


def _typed(
    finance: DemoFinance,
    parameters: ReportingParameters,
    draws: Draws,
    cells: Mapping[str, Places],
) -> Iterator[tuple[Cell, str]]:
    wrong = parameters.mistyped
    texts = draws.dealt("texts", wrong.count, [1.0] * len(wrong.texts)).tolist()
    for cell, text in zip(_dealt(cells["mistyped"], wrong.measures), texts, strict=True):
        value = finance.columns[cell.measure][cell[:2]]
        yield cell, written(-value) if wrong.texts[text] == _NEGATIVE else wrong.texts[text]
    away = parameters.does_not_apply
    for cell in _dealt(cells["does_not_apply"], away.measures):
        yield cell, away.text


def _other(value: float, parameters: ReportingParameters) -> float:
    return round(value * (1 + parameters.contradictory.percent / 100), 2)


def _columns(
    finance: DemoFinance, reported: BoolArray, left_out: Mapping[str, NDArray[np.int64]]
) -> dict[str, Column]:
    columns = {}
    for measure, values in finance.columns.items():
        is_there = reported.copy()
        is_there[left_out.get(measure, np.array([], dtype=np.int64))] = False
        columns[measure] = Column.of(np.where(is_there, values, np.nan))
    return columns
