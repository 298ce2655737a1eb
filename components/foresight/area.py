"""An area on the page of foresight: who may come into crisis, and what would lift whom."""

from collections.abc import Iterator
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.foresight import addresses
from components.parts import anatomy
from components.parts.status import basis_marks
from components.parts.tables import Column, first_row, table
from components.reader.filters import SET
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_text
from components.reader.store import shown_meeting
from core.foresight.levers import levers
from core.services.foresight import wording
from core.services.foresight.ledger import keep_newest, ledger
from core.services.foresight.listing import stored_line
from core.services.foresight.view import AreaForesight, Watched, area_foresight
from core.services.foresight.warning import Foretold
from core.services.overview.view import View

_VIEW: Final = 50


def filter_row(engine: Engine, view: View) -> AreaForesight:
    """The row of filters, and what they leave."""
    left, right, _rest = st.columns([1, 1, 1.5])
    with left:
        area_filters.month(view)
    shown = area_foresight(engine, view.area, view.period)
    with right:
        area_filters.region(view.regions, shown.chain)
    return shown


def heading(shown: AreaForesight) -> None:
    """What is expected, and that it is no result."""
    anatomy.headline(tr(wording.area_text(shown)), place_breadcrumb(shown.chain, addresses.PAGE))


def tiles(shown: AreaForesight) -> None:
    """Hospitals in crisis now, expected in crisis, and the least support."""
    now = anatomy.Tile(
        label=_("In crisis in {month} (result)", month=period_text(shown.period)),
        value=f"{shown.in_crisis:,}",
        unit=_("hospitals"),
    )
    expected = [
        anatomy.Tile(
            label=_("Expected in {month} (forecast)", month=period_text(one.target)),
            value=NONE if count is None else f"{count:,.1f}",
            unit=_("hospitals"),
        )
        for place, one in enumerate(shown.foretold)
        for count in (shown.expected(place),)
    ]
    support = anatomy.Tile(
        label=_("Least support to keep the target (simulation)"),
        value=f"{shown.support.total / 1e6:,.2f}" if shown.support.is_reachable else NONE,
        unit=_("million baht"),
    )
    anatomy.tiles([now, *expected, support])


def hospitals(shown: AreaForesight) -> None:
    """Every hospital with its probabilities, the most probable first."""
    anatomy.section(_("Hospitals that may come into crisis (forecast)"))
    refusal = next((one.refusal for one in shown.foretold if one.refusal), None)
    if refusal is not None:
        anatomy.messages([anatomy.Message(kind="note", text=tr(refusal))])
    first = first_row(len(shown.watched), _VIEW)
    columns = [
        Column(_("Hospital")),
        Column(_("Level (result)"), number=True),
        *(Column(period_text(one.target), number=True) for one in shown.foretold),
        Column(_("Because of")),
        Column(_("Least change below crisis (simulation)")),
    ]
    rows = (tuple(_row(one)) for one in shown.watched[first : first + _VIEW])
    table(_("Probability of a crisis level"), columns, rows)


def _row(one: Watched) -> Iterator[str | Html]:
    hospital = one.hospital
    yield link(tr(hospital.place.name), addresses.PAGE, facility=hospital.hcode)
    level = link(str(hospital.level), "facility", facility=hospital.hcode)
    yield joined((level, " ", basis_marks(hospital.basis)))
    yield from (
        NONE if chance is None else tr(wording.chance_text(chance)) for chance in one.chances
    )
    yield ", ".join(tr(wording.reason_text(name)) for name in one.reasons) or NONE
    yield _change(one)


def _change(one: Watched) -> str | Html:
    if one.cheapest is None:
        return NONE
    lever, amount = one.cheapest
    text = tr(levers()[lever].sentence.fill(amount=wording.baht(amount)))
    return link(
        text,
        addresses.PAGE,
        facility=one.hospital.hcode,
        **{SET: addresses.written({lever: amount})},
    )


def worth(shown: AreaForesight) -> None:
    """How good earlier forecasts were, for each horizon."""
    anatomy.section(_("How good earlier forecasts were"))
    for one in shown.foretold:
        title = tag("h3", tr(wording.heading_text(one)), class_="t-part")
        st.html(joined((title, tag("p", tr(wording.test_text(one))))))
        _parts(one)


def _parts(one: Foretold) -> None:
    if one.test is None or not one.test.forecasts:
        return
    columns = [
        Column(_("Fifth of the forecasts")),
        Column(_("Forecasts"), number=True),
        Column(_("Crises expected"), number=True),
        Column(_("Crises that came"), number=True),
    ]
    names = (_("lowest"), _("second"), _("middle"), _("fourth"), _("highest"))
    rows = [
        (name, f"{part.forecasts:,}", f"{part.expected:,.1f}", f"{part.came:,}")
        for name, part in zip(names, one.test.parts, strict=True)
    ]
    table(_("Expected and observed, by probability"), columns, rows)


def show_stored_forecasts(engine: Engine) -> None:
    """The forecasts that were kept as made, held against what came; and keeping those of now."""
    anatomy.section(_("Forecasts kept as they were made"))
    if shown_meeting() is None and st.button(
        _("Keep the forecasts of the newest month"), key="foresight.keep"
    ):
        done = keep_newest(engine)
        anatomy.messages([anatomy.Message(kind="note", text=tr(stored_line(done)))])
    months = ledger(engine)
    if not months:
        st.html(tag("p", tr(wording.nothing_stored())))
        return
    columns = [
        Column(_("Made in")),
        Column(_("For")),
        Column(_("Forecasts with a known outcome"), number=True),
        Column(_("Crises expected"), number=True),
        Column(_("Crises that came"), number=True),
        Column(_("Waiting"), number=True),
    ]
    rows = [
        (
            period_text(one.made_in),
            period_text(one.target),
            f"{one.forecasts:,}",
            f"{one.expected:,.1f}" if one.forecasts else NONE,
            f"{one.came:,}" if one.forecasts else NONE,
            f"{one.waiting:,}",
        )
        for one in months
    ]
    table(_("Forecasts kept, held against what came"), columns, rows)


def support(shown: AreaForesight) -> None:
    """The least support, and the hospitals it goes to."""
    anatomy.section(_("Least support of the area (simulation)"))
    st.html(tag("p", tr(wording.support_text(shown.support))))
    if not shown.support.lifted:
        return
    columns = [
        Column(_("Hospital")),
        Column(_("Level now"), number=True),
        Column(_("Level with support"), number=True),
        Column(_("Support, baht"), number=True),
    ]
    rows = (
        (
            link(tr(one.hospital.place.name), addresses.PAGE, facility=one.hospital.hcode),
            joined((str(one.level), " ", basis_marks(one.hospital.basis))),
            str(one.to),
            f"{one.amount:,}",
        )
        for one in shown.support.lifted
    )
    table(_("Least support by hospital"), columns, rows)


def explanation(shown: AreaForesight) -> None:
    """What forecasts and simulations rest on, in small type."""
    anatomy.sources(*map(tr, wording.assumptions(shown.foretold)))
