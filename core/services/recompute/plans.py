"""What hospitals planned, beside their monthly figures: plans by line count before typed totals."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.forms.trial_balance.plan import FORM, TOTALS, TYPE
from core.periods import Period
from core.scoring.base.inputs import Column
from core.scoring.base.states import State
from core.services.recompute.joined_table import JoinedTable
from core.services.rules.peer_values import quarter_ending
from core.store.uploads.observed_table import observed_table

_QUARTERS: Final = range(1, 5)
_MONTHS: Final = range(1, 13)


def year_plan(year: int) -> Period:
    """The quarter whose plan is that of a whole fiscal year."""
    return Period(year, "Q", _QUARTERS[-1])


def months_planned(quarters: Iterable[Period]) -> set[Period]:
    """The months that plans judge: the last of their quarter; a year's plan has the type of all."""
    months = set()
    for quarter in quarters:
        is_year = quarter == year_plan(quarter.fiscal_year)
        numbers = _MONTHS if is_year else [quarter.month.number]
        months |= {Period(quarter.fiscal_year, "M", number) for number in numbers}
    return months


def with_plans(session: Session, table: JoinedTable) -> JoinedTable:
    """The same with totals and types of plans that were sent by line, in place of typed ones.

    Totals are cumulative up to the end of a quarter, so that they judge its last month alone.
    """
    years = {period.fiscal_year for period in table.periods}
    quarters = {Period(year, "Q", number) for year in years for number in _QUARTERS}
    sent = observed_table(session, FORM, periods=quarters, measures=(*TOTALS.values(), TYPE))
    row_of = {key: n for n, key in enumerate(zip(sent.subjects, sent.periods, strict=True))}
    columns = dict(table.columns)
    for measure, own in sent.columns.items():
        by = (
            year_plan(period.fiscal_year) if measure == TYPE else quarter_ending(period)
            for period in table.periods
        )
        keys = zip(table.subjects, by, strict=True)
        rows = [-1 if quarter is None else row_of.get((who, quarter), -1) for who, quarter in keys]
        typed = columns.get(measure, Column.empty(len(rows)))
        is_reported = (np.array(rows) >= 0) & (own.states[rows] == State.REPORTED)
        columns[measure] = Column(
            np.where(is_reported, own.values[rows], typed.values),
            np.where(is_reported, own.states[rows], typed.states).astype(np.int8),
        )
    return replace(table, columns=columns)
