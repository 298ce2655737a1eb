"""Single visits behind a figure, fifty at a time, by the file and row they came in."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.tables import Column, first_row, table
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.numbers import NONE
from components.why.rules import quoted
from core.claims.columns import fund_name, rules
from core.periods import day_text
from core.services.claims import wording
from core.services.claims.view import PAGE_ROWS, ClaimsQuery, VisitPage, visits_of
from core.text import Text

WHICH = "which"


def visits(engine: Engine, query: ClaimsQuery) -> None:
    """The visits of a kind that the reader chooses."""
    anatomy.section(_("Single visits"))
    names = wording.which_names()
    chosen = choice(WHICH, _("Which visits"), list(names), label_of=lambda key: tr(_name(key)))
    which = next(one for one in names if one == chosen)
    count = visits_of(engine, query, which, 1).count
    first = first_row(count, PAGE_ROWS, key=f"claims.visits.{which}")
    shown = visits_of(engine, query, which, first // PAGE_ROWS + 1)
    columns = [
        Column(_("Hospital")),
        Column(_("Fund")),
        Column(_("Patients")),
        Column(_("End of service")),
        Column(_("Sent on")),
        Column(_("Claimed, baht"), number=True),
        Column(_("Code")),
        Column(_("File and row")),
    ]
    table(tr(_name(which)), columns, (tuple(_row(row, shown)) for row in shown.rows))


def _name(which: str) -> Text:
    return next(name for key, name in wording.which_names().items() if key == which)


def _row(row: Any, shown: VisitPage) -> Iterator[str]:
    claimed, sent = row["claimed"], row["sent_on"]
    yield tr(shown.query.where.name(row["hcode"]))
    yield tr(fund_name(row["fund"]))
    yield tr(rules().patients[row["patient"]].name)
    yield tr(day_text(row["end"]))
    yield tr(day_text(sent)) if sent else NONE
    yield wording.baht(None if claimed is None else claimed / 100)
    yield quoted(row["code"] or NONE)
    yield quoted(f"{shown.files.get(row['upload'], NONE)} · {row['line']:,}")
