"""Rows of printed documents as the store has them."""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

from sqlalchemy.orm import Session

from core.forms.model.form import TableForm, form
from core.forms.records.record import Record, Where
from core.forms.table.labels import labels_of
from core.periods import Period
from core.scoring.base.states import State
from core.store.uploads.observations import Observed, observations_of
from core.store.uploads.submissions import SubmissionInfo, current_submissions

_ROW: Final = re.compile(r"\d+")


def stored_records(
    session: Session, form_ids: Collection[str], fiscal_year: int | None = None
) -> tuple[Record, ...]:
    """The rows that count of some forms, of a fiscal year or of all.

    A table counts as it was sent last: rows that its latest file leaves out are gone.
    """
    periods = None if fiscal_year is None else [Period(fiscal_year)]
    return tuple(
        record for form_id in form_ids for record in _of_form(session, form_id, periods)
    )  # fmt: skip


def _of_form(
    session: Session, form_id: str, periods: Collection[Period] | None
) -> Iterator[Record]:
    sent = current_submissions(session, form_id, periods)
    newest: dict[tuple[object, ...], int] = {}
    for one in sent:
        key = _document(one)
        newest[key] = max(one.upload_id, newest.get(key, 0))
    counting = [one for one in sent if newest[_document(one)] == one.upload_id]
    observed = observations_of(session, [one.id for one in counting])
    for one in counting:
        yield _record(one, observed.get(one.id, {}))


def _document(one: SubmissionInfo) -> tuple[object, ...]:
    """What is sent as a whole: a table of one year and of all labels but the last."""
    table, labels = labels_of(one.subject)
    return table, labels[:-1], one.period


def _record(one: SubmissionInfo, observed: Mapping[str, Observed]) -> Record:
    table, labels = labels_of(one.subject)
    flags = _flags(one.form)
    reported = {m: o for m, o in observed.items() if o.state != State.NOT_REPORTED}
    cells = {m: Where(o.sheet, o.cell, one.file_name) for m, o in reported.items()}
    values = {
        m: o.value
        for m, o in reported.items()
        if o.text is None and m not in flags and not math.isnan(o.value)
    }
    texts = {m: o.text for m, o in reported.items() if o.text is not None}
    ticked = {m: o.value > 0 for m, o in reported.items() if m in flags}
    key = next(iter(cells.values()), Where(file=one.file_name))
    row = _ROW.search(key.cell)
    return Record(
        one.form, table, labels, one.period.fiscal_year, values, texts, ticked, cells, key,
        int(row[0]) if row else 0,
    )  # fmt: skip


@cache
def _flags(form_id: str) -> frozenset[str]:
    """The columns of ticks of a form."""
    known = form(form_id)
    columns = known.columns if isinstance(known, TableForm) else ()
    return frozenset(column.measure for column in columns if column.type == "flag")
