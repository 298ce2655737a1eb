"""The stored history of all hospitals as arrays, what early warning learns from."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.model import Income
from core.foresight.features import RATIOS, History
from core.periods import Period
from core.scoring.base.derived import Figures, measures_of
from core.scoring.base.inputs import FloatArray
from core.services.recompute.finance import monthly_forms
from core.services.recompute.joined_table import joined_table
from core.services.rules.finance import CRISIS
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import values
from core.store.results.repository import periods_with_results
from core.store.results.versions import stamp_now

FIGURES: Final = (*RATIOS, "net_working_capital", "finance.expense")
_INCOME: Final[Income] = "ni"


@dataclass(frozen=True)
class StoredHistory:
    """Hospitals by their codes, the rows of `history`."""

    hcodes: tuple[str, ...]
    history: History

    def place(self, period: Period) -> int | None:
        """The column of a month; None where it lies outside."""
        place = period.ordinal - self.history.first
        return place if 0 <= place < self.history.levels.shape[1] else None


def stored_history(engine: Engine) -> StoredHistory | None:
    """All months of all hospitals; None where no month has a level."""
    return _stored_history(engine, stamp_now(engine))


@lru_cache(maxsize=2)
def _stored_history(engine: Engine, version: str) -> StoredHistory | None:  # noqa: ARG001
    with reading(engine) as session:
        months = tuple(one for one in periods_with_results(session, CRISIS) if one.part == "M")
        return read_history(session, months) if months else None


def read_history(session: Session, months: tuple[Period, ...]) -> StoredHistory:
    """Read levels and figures of some months, oldest first."""
    levels = values(session, CRISIS, months)
    hcodes = tuple(sorted({hcode for month in months for hcode in levels[month]}))
    row_of = {hcode: row for row, hcode in enumerate(hcodes)}
    first = months[0].ordinal
    shape = len(hcodes), months[-1].ordinal - first + 1
    figures = {name: np.full(shape, np.nan) for name in ("level", *RATIOS, *_NAMES.values())}
    for month in months:
        for hcode, level in levels[month].items():
            if level is not None:
                figures["level"][row_of[hcode], month.ordinal - first] = level
    for name, rows, columns, series in _reported(session, row_of, first):
        figures[name][rows, columns] = series
    return StoredHistory(hcodes, History(first, figures))


_NAMES: Final = {"net_working_capital": "net_working_capital", "finance.expense": "expense"}


def _reported(
    session: Session, row_of: dict[str, int], first: int
) -> list[tuple[str, np.ndarray, np.ndarray, FloatArray]]:
    needed = {code for name in FIGURES for code in measures_of(name, _INCOME)}
    table = joined_table(session, monthly_forms(), None, needed)
    figures = Figures(table.columns, table.months, _INCOME)
    here = np.array([subject in row_of for subject in table.subjects], dtype=np.bool_)
    rows = np.array([row_of.get(subject, -1) for subject in table.subjects], dtype=np.int64)
    months = table.months - first
    here &= months >= 0
    return [
        (_NAMES.get(name, name), rows[here], months[here], figures[name][here]) for name in FIGURES
    ]
