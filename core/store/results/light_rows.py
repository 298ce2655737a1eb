"""Queries behind governance lights: few columns of every subject's results, many criteria."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.results.moment import standing
from core.store.schema.bulk import columns_of, rows_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Result, ResultDetail

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)
_AT_ONCE = 5_000
"""Numbers that one statement names, fewer than any database refuses."""

Key = tuple[str, Period]
"""A criterion and a period."""


ValueRow = tuple[str, int, float | None, int]
"""A subject, the id of its result, its value (None: there is none) and its state."""


class PartsRow(NamedTuple):
    """The number of a result and some of its parts, as `core.store.results.detail` wrote them."""

    number: int
    parts: Mapping[str, Sequence[Any]]


def value_rows(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, Sequence[ValueRow]]:
    """The result of every subject, by criterion and period."""
    r = _RESULT.c
    query = _standing(
        session,
        select(r.criterion, r.period_id, r.subject, r.id, r.value, r.state),
        criteria,
        periods,
    )
    by_key: dict[tuple[str, int], list[ValueRow]] = defaultdict(list)
    for criterion, key, *row in rows_of(session, query):
        by_key[criterion, key].append(tuple(row))
    return {(criterion, period_of(key)): rows for (criterion, key), rows in by_key.items()}


def open_ends(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, Mapping[str, tuple[float, float]]]:
    """Lowest and highest value that results with missing tests could still reach, by subject."""
    r = _RESULT.c
    query: Select[Any] = select(r.criterion, r.period_id, r.subject, _DETAIL.c.detail)
    query = _standing(session, query.join(_DETAIL, _DETAIL.c.result_id == r.id), criteria, periods)
    by_key: dict[Key, dict[str, tuple[float, float]]] = defaultdict(dict)
    # Few have missing tests: the others need not leave the database.
    for criterion, key, subject, detail in rows_of(
        session, query.where(_DETAIL.c.detail.contains('"best":'))
    ):
        notes = orjson.loads(detail).get("notes", {})
        if "best" in notes:
            by_key[criterion, period_of(key)][subject] = notes["worst"], notes["best"]
    return by_key


def part_rows(
    session: Session,
    criterion: str,
    periods: Collection[Period],
    parts: Collection[str] | None = None,
) -> Mapping[Period, Mapping[str, PartsRow]]:
    """Some parts (local ids; None: all) of every subject's result; missing parts are left out."""
    r = _RESULT.c
    query: Select[Any] = select(r.period_id, r.subject, r.id, _DETAIL.c.detail)
    query = _standing(
        session, query.join(_DETAIL, _DETAIL.c.result_id == r.id), [criterion], periods
    )
    by_key: dict[int, dict[str, PartsRow]] = {period_key(period): {} for period in periods}
    for key, subject, number, detail in rows_of(session, query):
        stored = orjson.loads(detail).get("parts", {})
        chosen = (
            stored if parts is None else {part: stored[part] for part in parts if part in stored}
        )
        by_key[key][subject] = PartsRow(number, chosen)
    return {period: by_key[period_key(period)] for period in periods}


def subjects_with_results(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, frozenset[str]]:
    """The subjects that have a result, by criterion and period."""
    r = _RESULT.c
    query = _standing(session, select(r.criterion, r.period_id, r.subject), criteria, periods)
    by_key: dict[tuple[str, int], set[str]] = defaultdict(set)
    for criterion, key, subject in rows_of(session, query):
        by_key[criterion, key].add(subject)
    return {(one, period_of(key)): frozenset(subjects) for (one, key), subjects in by_key.items()}


def subjects_of_year(
    session: Session, criteria: Collection[str], fiscal_year: int
) -> frozenset[str]:
    """Subjects with a result of any of some criteria in an inspection round of a fiscal year."""
    rounds = [Period(fiscal_year, "R", number) for number in (1, 2)]
    return frozenset[str]().union(*subjects_with_results(session, criteria, rounds).values())


def result_periods(session: Session, criteria: Collection[str]) -> tuple[Period, ...]:
    """Periods in which any of some criteria has a result, by kind, oldest first."""
    r = _RESULT.c
    query = select(r.period_id).where(r.criterion.in_(criteria), standing(session)).distinct()
    return tuple(sorted(map(period_of, session.scalars(query)), key=lambda p: (p.part, p)))


def _standing(
    session: Session, query: Select[Any], criteria: Collection[str], periods: Collection[Period]
) -> Select[Any]:
    r = _RESULT.c
    keys = [period_key(period) for period in periods]
    return query.where(r.criterion.in_(criteria), r.period_id.in_(keys), standing(session))


class LightColumns(NamedTuple):
    """All results of a criterion in a period as columns; NaN where there is no number."""

    subjects: Sequence[str]
    ids: NDArray[np.int64]
    values: NDArray[np.float64]
    verdicts: NDArray[np.int8]
    states: NDArray[np.int8]


def light_columns(session: Session, criterion: str, period: Period) -> LightColumns:
    """The results of every subject by a criterion in a period."""
    r = _RESULT.c
    query = select(r.subject, r.id, r.value, r.verdict, r.state)
    subjects, ids, values, verdicts, states = columns_of(
        session, _standing(session, query, [criterion], [period])
    )
    return LightColumns(
        subjects, np.array(ids, np.int64), np.array(values, np.float64),
        np.array(verdicts, np.int8), np.array(states, np.int8),
    )  # fmt: skip


def parts_of(
    session: Session, numbers: Collection[int]
) -> Mapping[int, Mapping[str, Sequence[Any]]]:
    """The parts of some results by their number, as `core.store.results.detail` wrote them."""
    d, parts = _DETAIL.c, {}
    wanted = sorted(numbers)
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        query = select(d.result_id, d.detail).where(d.result_id.in_(some))
        for number, detail in rows_of(session, query):
            parts[number] = orjson.loads(detail).get("parts", {}) if detail else {}
    return parts
