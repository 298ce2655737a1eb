"""Current figures as columns, the input of scoring."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import Session

from core.periods import Period
from core.scoring.base.inputs import Column
from core.scoring.base.states import State
from core.store.schema.bulk import columns_of, table_of
from core.store.schema.codes import measure_ids
from core.store.schema.keys import period_key, period_of
from core.store.schema.tables import Observation, Submission
from core.store.uploads.standing import standing

IntArray = NDArray[np.int64]

_OBSERVATION = table_of(Observation)
_SUBMISSION = table_of(Submission)


@dataclass(frozen=True)
class ObservedTable:
    """Current submissions of one form, a row for each subject and period.

    `submissions` are the rows' submission ids. `columns` hold values (NaN = none) and states by
    measure; a measure that no row mentions is absent, one that a row does not mention was not
    reported there. `texts` hold the words of measures that are words.
    """

    subjects: tuple[str, ...]
    periods: tuple[Period, ...]
    submissions: IntArray
    columns: Mapping[str, Column]
    texts: Mapping[str, tuple[str | None, ...]]

    @property
    def months(self) -> IntArray:
        """Ordinals of the rows' last months; `UsageError` U005 when a row is a round."""
        return np.array([period.ordinal for period in self.periods], dtype=np.int64)


def observed_table(
    session: Session,
    form: str,
    *,
    periods: Collection[Period] | None = None,
    subjects: Collection[str] | None = None,
    measures: Collection[str] | None = None,
) -> ObservedTable:
    """Current figures of a form, sorted by period and subject; or only some of them."""
    chosen = _chosen(session, form, periods, subjects)
    s = _SUBMISSION.c
    listed = chosen.with_only_columns(s.id, s.subject, s.period_id)
    ids, names, keys = columns_of(session, listed.order_by(s.period_id, s.subject))
    by_key = {key: period_of(key) for key in set(keys)}
    numbers = np.array(ids, dtype=np.int64)
    codes = {number: code for code, number in measure_ids(session).items()}
    wanted: ColumnElement[bool] = true()
    if measures is not None:
        codes = {number: code for number, code in codes.items() if code in measures}
        wanted = _OBSERVATION.c.measure_id.in_(codes)
    return ObservedTable(
        subjects=names,
        periods=tuple(by_key[key] for key in keys),
        submissions=numbers,
        columns=_columns(session, chosen.where(wanted), numbers, codes),
        texts=_texts(session, chosen.where(wanted), numbers, codes),
    )


def _chosen(
    session: Session,
    form: str,
    periods: Collection[Period] | None,
    subjects: Collection[str] | None,
) -> Select[Any]:
    query = select(_SUBMISSION.c.id).where(_SUBMISSION.c.form == form, standing(session))
    if periods is not None:
        query = query.where(_SUBMISSION.c.period_id.in_({period_key(p) for p in periods}))
    if subjects is not None:
        query = query.where(_SUBMISSION.c.subject.in_(set(subjects)))
    return query


def _columns(
    session: Session, chosen: Select[Any], ids: IntArray, codes: Mapping[int, str]
) -> dict[str, Column]:
    o = _OBSERVATION.c
    figures = _joined(chosen, o.submission_id, o.measure_id, o.value, o.state)
    figures = figures.where(o.text.is_(None))
    submissions, measures, values, states = columns_of(session, figures)
    met, lines = np.unique(np.array(measures, dtype=np.int64), return_inverse=True)
    places = _places(ids, submissions)
    value_table = np.full((met.size, ids.size), np.nan)
    state_table = np.full(value_table.shape, State.NOT_REPORTED, dtype=np.int8)
    # NULL, which the driver hands over as None, becomes NaN here.
    value_table[lines, places] = np.array(values, dtype=np.float64)
    state_table[lines, places] = np.array(states, dtype=np.int8)
    return {codes[int(m)]: Column(value_table[n], state_table[n]) for n, m in enumerate(met)}


def _texts(
    session: Session, chosen: Select[Any], ids: IntArray, codes: Mapping[int, str]
) -> dict[str, tuple[str | None, ...]]:
    o = _OBSERVATION.c
    words = _joined(chosen, o.submission_id, o.measure_id, o.text).where(o.text.is_not(None))
    submissions, measures, texts = columns_of(session, words)
    columns: dict[str, list[str | None]] = {}
    places = _places(ids, submissions).tolist()
    for measure, text, place in zip(measures, texts, places, strict=True):
        columns.setdefault(codes[measure], [None] * ids.size)[place] = text
    return {measure: tuple(column) for measure, column in columns.items()}


def _joined(chosen: Select[Any], *columns: Any) -> Select[Any]:
    return chosen.with_only_columns(*columns).join(
        _OBSERVATION, _OBSERVATION.c.submission_id == _SUBMISSION.c.id
    )


def _places(ids: IntArray, submissions: Sequence[int]) -> IntArray:
    """The row of the table each submission stands in."""
    order = np.argsort(ids)
    sorted_places = np.searchsorted(ids[order], np.array(submissions, dtype=np.int64))
    places: IntArray = order[sorted_places]
    return places
