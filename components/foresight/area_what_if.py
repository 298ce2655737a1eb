"""What if for several hospitals of an area: the same change for each, and what the area becomes."""

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.foresight import addresses, change_form
from components.parts import anatomy
from components.parts.status import basis_marks
from components.parts.tables import Column, first_row, table
from components.reader.filters import AMONG, SET
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from core.foresight.levers import levers
from core.services.foresight.view import AreaForesight
from core.services.foresight.whatif import wording
from core.services.foresight.whatif.area import (
    GROUPS,
    AreaSimulation,
    MovedHospital,
    simulate_area,
)

_VIEW: Final = 50
_NAMED_AT_MOST: Final = 120
"""Hospitals of an area up to which single ones can be chosen: more names nobody reads."""


def what_if(engine: Engine, shown: AreaForesight) -> None:
    """The form of a change for several hospitals, and what it does to each and to the area."""
    anatomy.section(_("What if for several hospitals (simulation)"))
    if not shown.watched:
        st.html(tag("p", _("No hospital of the area has a level in this month.")))
        return
    wanted, movers = addresses.changes_in_address(), addresses.movers()
    with st.form("foresight.area", border=False):
        chosen = _movers(shown, movers)
        given = change_form.fields(wanted)
        if st.form_submit_button(_("Simulate"), type="primary"):
            change_form.submit(given, **{AMONG: chosen})
    change_form.way_back(wanted)
    if wanted:
        money, days = addresses.money_and_days(wanted)
        area = shown.chain[-1].code
        _outcome(simulate_area(engine, area, shown.period, money, days, movers))


def _movers(shown: AreaForesight, movers: str | Sequence[str]) -> str:
    """Ask whose money moves; the parameter of the answer."""
    left, right = st.columns([1, 2])
    with left:
        group = st.selectbox(
            _("Each of these hospitals"),
            GROUPS,
            index=GROUPS.index(movers) if movers in GROUPS else 0,
            format_func=lambda one: tr(wording.group_text(one, shown.first_red)),
        )
    if len(shown.watched) > _NAMED_AT_MOST:
        return group
    names = {one.hospital.hcode: tr(one.hospital.place.name) for one in shown.watched}
    with right:
        chosen = st.multiselect(
            _("Or only these"),
            list(names),
            default=[] if isinstance(movers, str) else [one for one in movers if one in names],
            format_func=names.__getitem__,
            placeholder=_("Choose hospitals"),
        )
    return addresses.hospitals_parameter(chosen) if chosen else group


def _outcome(shown: AreaSimulation) -> None:
    lines = [tag("p", tr(text)) for text in wording.area_lines(shown)]
    st.html(tag("div", *lines, class_="t-simulated", role="status"))
    if not shown.moved:
        return
    columns = [
        Column(_("Hospital")),
        Column(_("Level reported"), number=True),
        Column(_("Level simulated"), number=True),
        Column(_("TPS reported"), number=True),
        Column(_("TPS simulated"), number=True),
        *(
            Column(_("{lever}, baht", lever=tr(levers()[one].name)), number=True)
            for one in shown.amounts
        ),
    ]
    first = first_row(len(shown.moved), _VIEW)
    rows = (tuple(_row(shown, one)) for one in shown.moved[first : first + _VIEW])
    table(_("Hospitals with the change (simulation)"), columns, rows)


def _row(shown: AreaSimulation, one: MovedHospital) -> Iterator[str | Html]:
    change = addresses.written({**shown.amounts, **shown.days})
    yield link(
        tr(one.hospital.place.name),
        addresses.PAGE,
        facility=one.hospital.hcode,
        **{SET: change},
    )
    before, after = (NONE if level is None else str(level) for level in one.level)
    yield joined((before, " ", basis_marks(one.hospital.basis)))
    yield after if before == after else tag("strong", after)
    yield from (NONE if score is None else f"{score:,.2f}" for score in one.score)
    yield from (f"{one.used[lever]:,.0f}" for lever in shown.amounts)
