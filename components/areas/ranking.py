"""Areas one below the other, the most pressing first."""

from collections.abc import Sequence

import streamlit as st

from components.areas.words import numbers, value_of
from components.parts.shares import STATUSES
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from core.areas import Level, parse_area
from core.scoring.base.states import Verdict
from core.services.overview.view import Shown
from core.services.rules.finance import Edges


def ranking(shown: Sequence[Shown], page: str, edges: Edges) -> None:
    """Share, count, reported and verdict of each; a name leads into it on a page."""
    if not shown:
        return
    level = parse_area(shown[0].place.code).level
    columns = (
        Column(_("District") if level is Level.DISTRICT else _("Province")),
        Column(_("% (hospitals)"), number=True),
        Column(_("Reported"), number=True),
        Column(_("Verdict")),
    )
    title = _("Hospitals at level {first}–{worst}", **numbers(edges))
    rows = [_row(row, page) for row in shown]
    st.html(tag("div", table_html(title, columns, rows), class_="t-compact t-long"))


def _row(row: Shown, page: str) -> tuple[str, ...]:
    share = row.share
    reported = f"{share.reporting:,}/{share.expected:,}" if share else ""
    verdict = STATUSES[share.verdict if share else Verdict.NOT_JUDGED]
    name = link(tr(row.place.name), page, area=row.place.code)
    return name, value_of(row, "crisis"), reported, mark(verdict)
