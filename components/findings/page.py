"""The page of findings: filters, how many there are, the list, the rounds, and the deeds."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.findings import deeds, report_parts
from components.findings.one import one_finding
from components.findings.table import FINDING, findings_table, rounds_table
from components.parts import anatomy
from components.parts.downloads import table_buttons
from components.parts.tables import first_row
from components.reader import filters
from components.reader.language import _, current_language, tr
from components.reader.numbers import NONE, percent
from components.reader.periods import period_text
from components.starts import first_steps
from core.areas import COUNTRY
from core.errors import StoreError
from core.findings.states import Shown
from core.services.exports.workbook import Head
from core.services.findings.counts import (
    Rates,
    area_message,
    by_round,
    counts_of,
    rate_texts,
    rates_of,
    year_ago_text,
)
from core.services.findings.listing import (
    ORDERS,
    STATES,
    Filter,
    Listed,
    all_closings,
    in_order,
    listed_findings,
    whole_finding,
)
from core.services.findings.lists import finding_lists
from core.services.findings.places import Places, places
from core.services.findings.takeaways import finding_rows
from core.services.findings.wording import shown_text
from core.services.overview.month import months
from core.text import Text

_AT_ONCE: Final = 50
_ANY: Final = ""


def show(engine: Engine) -> None:
    """One finding where the address names one, and those that the filters leave."""
    if not months(engine):
        first_steps.to_results()
        return
    top = st.container()
    number = st.query_params.get(FINDING, "")
    known = places(engine)
    area = known.meant(st.query_params.get(filters.AREA, ""))
    every = listed_findings(engine, Filter(area=area, state="all"))
    with top:
        _heading(known, area, every)
        if number:
            _one(engine, number)
    listed = _filtered(known, area, every)
    _list(listed, tr(known.name(area)))
    closings = all_closings(engine)
    newest = closings[-1].period if closings else None
    _rounds(every, rates_of(every, newest))
    deeds.close_round(engine, area, closings)
    report_parts.narratives(engine, known, area)
    _sources()


def _heading(known: Places, area: str, every: Sequence[Listed]) -> None:
    counts = counts_of(every)
    unexplained = sum(one.state is Shown.UNEXPLAINED for one in every)
    name = known.name(area)
    anatomy.headline(tr(area_message(name, every)))
    days = NONE if math.isnan(counts.days) else f"{counts.days:,.0f}"
    anatomy.tiles(
        [
            anatomy.Tile(
                label=_("Not closed"),
                value=f"{counts.open:,}",
                change=_("{count} overdue", count=f"{counts.overdue:,}"),
            ),
            anatomy.Tile(label=_("Green, not explained"), value=f"{unexplained:,}"),
            anatomy.Tile(
                label=_("Closed"),
                value=f"{counts.closed:,}",
                change=_("median {days} days", days=days),
            ),
            anatomy.Tile(label=_("Relapsed"), value=f"{counts.relapsed:,}"),
        ]
    )


def _one(engine: Engine, number: str) -> None:
    try:
        whole = whole_finding(engine, int(number))
    except (StoreError, ValueError):
        filters.tell_unmet(_("Finding"), number, _("all findings"))
        return
    one_finding(engine, whole)


def _filtered(known: Places, area: str, every: Sequence[Listed]) -> tuple[Listed, ...]:
    """The row of filters, and what they leave in the order asked for."""
    themes = _names({one.theme: tr(one.theme_name) for one in every}, _("All themes"))
    owners = _names({k: tr(v) for k, v in finding_lists().owners.items()}, _("All owners"))
    rounds = {str(one.period): period_text(one.period) for one in by_round(every)}
    rounds = _names(rounds, _("All rounds"))
    first, second, third, fourth = st.columns(4)
    with first:
        _area(known, area)
    with second:
        state = _choice("state", _("State"), {one: _state_name(one) for one in STATES})
    with third:
        theme = _choice("theme", _("Theme"), themes)
    with fourth:
        owner = _choice("owner", _("Owner"), owners)
    first, second, third = st.columns([1, 1, 2])
    with first:
        opened = _choice("opened", _("Opened in"), rounds)
    with second:
        order = _choice("order", _("Order"), {one: _order_name(one) for one in ORDERS})
    with third:
        words = filters.search("q", _("Name, code, number or words"), hide_label=True)
    chosen = Filter(COUNTRY, state, theme, owner, opened, words.strip())
    return in_order(every, chosen, order)


def _choice(key: str, label: str, names: Mapping[str, str]) -> str:
    return filters.choice(key, label, list(names), label_of=lambda one: names[one], hide_label=True)


def _names(known: Mapping[str, str], all_of: str) -> dict[str, str]:
    return {_ANY: all_of} | dict(known)


def _area(known: Places, area: str) -> None:
    names = known.choices(area)
    texts = {code: tr(name) for code, name in names.items()}
    _choice(filters.AREA, _("Area"), texts)


def _state_name(state: str) -> str:
    names = {
        "active": _("All that are open"),
        "overdue": _("Overdue"),
        "relapsed": _("Relapsed"),
        "all": _("All, also closed and withdrawn"),
    }
    return names.get(state) or tr(shown_text(Shown[state.upper()]))


def _order_name(order: str) -> str:
    return {
        "due": _("Overdue first"),
        "area": _("By area"),
        "owner": _("By owner"),
        "theme": _("By theme"),
        "newest": _("Newest round first"),
    }[order]


def _list(listed: Sequence[Listed], place: str) -> None:
    title = _("Findings: {place}", place=place)
    anatomy.section(title)
    if not listed:
        st.write(_("No finding fits what was asked for."))
        return
    first = first_row(len(listed), _AT_ONCE, key="findings.first")
    findings_table(title, listed[first : first + _AT_ONCE], len(listed))
    head = Head(title, (_("{count} findings", count=f"{len(listed):,}"),))
    rows = partial(finding_rows, listed, current_language())
    table_buttons("findings", rows, head, "findings")


def _rounds(every: Sequence[Listed], rates: Rates) -> None:
    """What became of the findings, round by round, and of those of a year ago."""
    if not every:
        return
    anatomy.section(_("Do findings close?"))
    texts = rate_texts(rates, lambda one: Text(percent(one), percent(one)))
    st.write(tr(year_ago_text(rates.of, rates.counts.opened, texts)))
    rounds_table(by_round(every))


def _sources() -> None:
    assumed = (tr(text) for text in finding_lists().assumptions)
    anatomy.sources(*assumed, _("No rate is given of fewer than {least} findings.",
                                least=finding_lists().least))  # fmt: skip
