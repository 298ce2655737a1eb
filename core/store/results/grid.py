"""Many criteria of some subjects at once, through several periods: the cells of a table."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.periods import Period
from core.store.results.moment import standing
from core.store.schema.bulk import rows_of, table_of
from core.store.schema.keys import period_key
from core.store.schema.tables import Result

_RESULT = table_of(Result)

GridRow = tuple[float | None, int, int]
"""Value of a result (None: there is none), its verdict and its state."""

Grid = Mapping[tuple[str, str], Sequence[GridRow | None]]
"""By criterion and subject: a row for each of the periods asked for, None without a result."""


def grid(
    session: Session,
    criteria: Collection[str],
    periods: Sequence[Period],
    subjects: Collection[str] | None,
) -> Grid:
    """Current results in the order of the periods; of all subjects where none are named."""
    r = _RESULT.c
    places = {period_key(period): place for place, period in enumerate(periods)}
    query: Select[Any] = select(
        r.criterion, r.subject, r.period_id, r.value, r.verdict, r.state
    ).where(r.criterion.in_(criteria), r.period_id.in_(places), standing(session))
    if subjects is not None:
        query = query.where(r.subject.in_(subjects))
    by_key: dict[tuple[str, str], list[GridRow | None]] = defaultdict(lambda: [None] * len(places))
    for criterion, subject, key, value, verdict, state in rows_of(session, query):
        by_key[criterion, subject][places[key]] = value, verdict, state
    return by_key
