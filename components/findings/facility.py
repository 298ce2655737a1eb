"""The findings of one facility on its page: beside its lights, with the way to each."""

from collections.abc import Mapping, Sequence

import streamlit as st
from sqlalchemy import Engine

from components.findings.table import due, state_mark, then
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_short
from components.why.rules import quoted
from core.findings.states import Shown
from core.services.findings.listing import Filter, Listed, listed_findings
from core.services.findings.wording import shown_text


def facility_findings(engine: Engine, hcode: str) -> None:
    """Its findings that are not over, the overdue first, and how many are."""
    every = listed_findings(engine, Filter(area=hcode, state="all"))
    shown = [one for one in every if one.is_active]
    st.html(tag("h2", _("Findings"), class_="t-section", id="findings"))
    if shown:
        st.html(_table(shown))
    st.html(tag("p", _over(every, shown), class_="t-sources"))


def findings_beside(engine: Engine, hcode: str) -> str:
    """Its findings that are not over as a text: number, state and criterion, a line for each.

    A text, because drawings are kept by what it says.
    """
    listed = listed_findings(engine, Filter(area=hcode))
    return "\n".join(f"{o.stored.id} {int(o.state)} {o.stored.criterion}" for o in listed)


def drawn_beside(beside: str) -> Mapping[str, Html]:
    """By criterion, the way to its finding with its state, to stand beside its light."""
    drawn = {}
    for line in beside.splitlines():
        number, state, criterion = line.split(" ")
        text = _(
            "Finding {number}: {state}", number=number, state=tr(shown_text(Shown(int(state))))
        )
        drawn[criterion] = tag("small", link(text, "findings", finding=number), class_="t-when")
    return drawn


def _table(shown: Sequence[Listed]) -> Html:
    columns = (
        Column(_("Finding")), Column(_("Then")), Column(_("State")), Column(_("Measure to take")),
        Column(_("Owner")), Column(_("Due")),
    )  # fmt: skip
    return table_html(_("Findings"), columns, map(_row, shown))


def _row(one: Listed) -> tuple[str, ...]:
    opened = tag("small", period_short(one.stored.opened_in), class_="t-when")
    name = joined((link(tr(one.name), "findings", finding=str(one.stored.id)), opened))
    measure = quoted(one.stored.measure) if one.stored.measure else NONE
    return name, then(one), state_mark(one), measure, tr(one.owner) or NONE, due(one)


def _over(every: Sequence[Listed], shown: Sequence[Listed]) -> str:
    over = len(every) - len(shown)
    if not every:
        return _("No finding was ever opened here.")
    return _("Findings that are closed or withdrawn: {count}.", count=f"{over:,}")
