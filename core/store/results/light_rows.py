"""What lights are lit by: few columns of every subject's results, several criteria at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.schema.bulk import columns_of, table_of
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Result, ResultDetail

_RESULT = table_of(Result)
_DETAIL = table_of(ResultDetail)

Key = tuple[str, Period]
"""A criterion and a period."""


ValueRow = tuple[str, int, float | None, int]
"""A subject, the number of its result, its value (None: there is none) and its state."""


class PartsRow(NamedTuple):
    """The number of a result and some of its parts, as `core.store.results.detail` wrote them."""

    number: int
    parts: Mapping[str, Sequence[Any]]


def value_rows(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, Sequence[ValueRow]]:
    """What every subject came to, by criterion and period."""
    r = _RESULT.c
    query = _standing(
        select(r.criterion, r.period_id, r.subject, r.id, r.value, r.state), criteria, periods
    )
    found: dict[tuple[str, int], list[ValueRow]] = defaultdict(list)
    for criterion, key, *row in _rows(session, query):
        found[criterion, key].append(tuple(row))
    return {(criterion, period_of(key)): rows for (criterion, key), rows in found.items()}


def open_ends(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, Mapping[str, tuple[float, float]]]:
    """Of results that lack tests: the two values they could still become."""
    r = _RESULT.c
    query: Select[Any] = select(r.criterion, r.period_id, r.subject, _DETAIL.c.detail)
    query = _standing(query.join(_DETAIL, _DETAIL.c.result_id == r.id), criteria, periods)
    found: dict[Key, dict[str, tuple[float, float]]] = defaultdict(dict)
    # Few lack any: the others need not leave the database.
    for criterion, key, subject, detail in _rows(
        session, query.where(_DETAIL.c.detail.contains('"best":'))
    ):
        notes = orjson.loads(detail).get("notes", {})
        if "best" in notes:
            found[criterion, period_of(key)][subject] = notes["worst"], notes["best"]
    return found


def part_rows(
    session: Session,
    criterion: str,
    periods: Collection[Period],
    parts: Collection[str] | None = None,
) -> Mapping[Period, Mapping[str, PartsRow]]:
    """Some parts (local ids; None: all) of every subject's result; one nobody kept is left out."""
    r = _RESULT.c
    query: Select[Any] = select(r.period_id, r.subject, r.id, _DETAIL.c.detail)
    query = _standing(query.join(_DETAIL, _DETAIL.c.result_id == r.id), [criterion], periods)
    found: dict[int, dict[str, PartsRow]] = {period_key(period): {} for period in periods}
    for key, subject, number, detail in _rows(session, query):
        kept = orjson.loads(detail).get("parts", {})
        chosen = kept if parts is None else {part: kept[part] for part in parts if part in kept}
        found[key][subject] = PartsRow(number, chosen)
    return {period: found[period_key(period)] for period in periods}


def subjects_told_of(
    session: Session, criteria: Collection[str], periods: Collection[Period]
) -> Mapping[Key, frozenset[str]]:
    """Who has a result, by criterion and period."""
    r = _RESULT.c
    query = _standing(select(r.criterion, r.period_id, r.subject), criteria, periods)
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for criterion, key, subject in _rows(session, query):
        found[criterion, key].add(subject)
    return {(one, period_of(key)): frozenset(who) for (one, key), who in found.items()}


def subjects_of_year(
    session: Session, criteria: Collection[str], fiscal_year: int
) -> frozenset[str]:
    """Who has a result of any of some criteria in an inspection round of a fiscal year."""
    rounds = [Period(fiscal_year, "R", number) for number in (1, 2)]
    return frozenset[str]().union(*subjects_told_of(session, criteria, rounds).values())


def periods_told(session: Session, criteria: Collection[str]) -> tuple[Period, ...]:
    """Periods in which any of some criteria has a result, kinds apart, oldest first."""
    r = _RESULT.c
    query = select(r.period_id).where(r.criterion.in_(criteria), r.until.is_(None)).distinct()
    return tuple(sorted(map(period_of, session.scalars(query)), key=lambda p: (p.part, p)))


def _standing(
    query: Select[Any], criteria: Collection[str], periods: Collection[Period]
) -> Select[Any]:
    r = _RESULT.c
    keys = [period_key(period) for period in periods]
    return query.where(r.criterion.in_(criteria), r.period_id.in_(keys), r.until.is_(None))


def _rows(session: Session, query: Select[Any]) -> Iterable[tuple[Any, ...]]:
    return zip(*columns_of(session, query), strict=True)
