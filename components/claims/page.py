"""Claims of an area or hospital in a month: key message, tiles, defects, ageing, denials."""

from collections.abc import Iterator

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.parts import anatomy
from components.parts.anatomy import Past, Tile
from components.parts.bars import Bar, Titles, bars
from components.parts.status import Status, mark
from components.parts.tables import Column, first_row, table
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, tag
from components.reader.numbers import NONE
from components.reader.periods import period_short
from components.why.rules import quoted
from core.claims.columns import fund_name, rules
from core.scoring.base.states import Verdict
from core.services.claims import wording
from core.services.claims.view import (
    BANDS,
    PARTS,
    ClaimsQuery,
    ClaimsView,
    HospitalClaims,
    selection,
)

PAGE = "claims"
FUND = "fund"
PATIENT = "patient"
_ROWS = 50
_ALL = "all"
_COLOURS = dict(
    zip(BANDS, ("t-level-0", "t-level-2", "t-level-4", "t-level-5", "t-level-7"), strict=True)
)
_MARKS: dict[Verdict, Status] = {
    Verdict.PASS: "pass",
    Verdict.FAIL: "fail",
    Verdict.WATCH: "watch",
    Verdict.NOT_JUDGED: "none",
}


def chosen_query(engine: Engine) -> ClaimsQuery | None:
    """What the address asks for; None while no file of claims counts."""
    chosen = area_filters.selection()
    area = area_filters.facility() or chosen["area"]
    fund, patient = (st.query_params.get(name, "") for name in (FUND, PATIENT))
    return selection(engine, period=chosen["period"], area=area, fund=fund, patient=patient)


def filter_row(shown: ClaimsQuery) -> None:
    """The month, the region, the fund and the kind of patient."""
    month, region, fund, patient = st.columns([1, 1, 1, 1])
    with month:
        area_filters.period(_("Month"), shown.periods, shown.period)
    with region:
        chain = shown.chain[:-1] if shown.hcode else shown.chain
        area_filters.region(shown.regions, chain)
    with fund:
        names = {_ALL: _("All funds")} | {f: tr(fund_name(f)) for f in rules().funds}
        choice(FUND, _("Fund"), list(names), label_of=names.__getitem__, hide_label=True)
    with patient:
        known = rules().patients.items()
        kinds = {_ALL: _("Out- and in-patients")} | {k: tr(one.name) for k, one in known}
        choice(PATIENT, _("Patients"), list(kinds), label_of=kinds.__getitem__, hide_label=True)


def heading(shown: ClaimsView) -> None:
    """Where the reader is, and how much money is at risk there."""
    anatomy.headline(tr(wording.headline(shown)), place_breadcrumb(shown.query.chain, PAGE))


def tiles(shown: ClaimsView) -> None:
    """Visits, money at risk, what is owed, admissions without a claim."""
    whole = shown.whole
    past = tuple(
        Past(period_short(period), sums.at_risk, wording.millions(sums.at_risk))
        for period, sums in shown.course[-anatomy.PAST :]
    )
    unclaimed = whole.count("admissions_unclaimed") if whole.count("admissions") else None
    anatomy.tiles(
        [
            Tile(
                label=_("Money at risk"),
                value=wording.millions(whole.at_risk),
                unit=_("million baht"),
                change=_(
                    "overdue {overdue}, failed {failed}",
                    overdue=wording.millions(whole.overdue_baht),
                    failed=wording.millions(whole.failed_baht),
                ),
                past=past,
            ),
            Tile(
                label=_("Compensated, not paid yet (REP − STM)"),
                value=wording.millions(whole.owed),
                unit=_("million baht"),
            ),
            Tile(
                label=_("Visits of the month"), value=f"{whole.count('visits'):,}", unit=_("visits")
            ),
            Tile(
                label=_("Admissions without a claim"),
                value=wording.count(unclaimed),
                change=_("of {count} admissions", count=f"{whole.count('admissions'):,}"),
            ),
        ]
    )


def hospitals(shown: ClaimsView) -> None:
    """Every hospital with the lights of its five defects, those that fail most first."""
    anatomy.section(_("Defects by hospital (UC and CSMBS)"))
    names = wording.defect_names(shown.query.period)
    columns = [
        Column(_("Hospital")),
        *(Column(tr(names[part]).split(":")[0]) for part in PARTS),
        Column(_("At risk, million baht"), number=True),
        Column(_("Owed, million baht"), number=True),
    ]
    first = first_row(len(shown.hospitals), _ROWS, key="claims.hospitals")
    rows = (tuple(_hospital(one)) for one in shown.hospitals[first : first + _ROWS])
    table(_("Defects by hospital (UC and CSMBS)"), columns, rows)
    if lines := wording.silent_funds(shown):
        anatomy.sources(*map(tr, lines))


def _hospital(one: HospitalClaims) -> Iterator[str | Html]:
    yield link(tr(one.place.name), PAGE, facility=one.place.code)
    for part in PARTS:
        figure = wording.defect_figure(part, one.judged.figures[part])
        yield mark(_MARKS[one.judged.verdicts[part]], figure)
    yield wording.millions(one.sums.at_risk)
    yield wording.millions(one.sums.owed)


def ageing(shown: ClaimsView) -> None:
    """Receivables that were not sent, by days since the end of service."""
    anatomy.section(_("Receivables not sent at the end of the month"))
    names = wording.band_names()
    counts = {band: shown.whole.unsent(band) for band in BANDS}
    if any(count is None for count in counts.values()):
        st.html(tag("p", _("No file says which claims were sent.")))
        return
    drawn = [Bar(Html(), tr(names[b]), _COLOURS[b], counts[b] or 0, None) for b in BANDS]
    titles = Titles(_("Days since the end of service"), _("Receivables"))
    st.html(bars(_("Receivables not sent by age"), titles, drawn))
    columns = [
        Column(_("Days since the end of service")),
        Column(_("Receivables"), number=True),
        Column(_("Baht"), number=True),
    ]
    rows = [
        (
            tr(names[band]),
            wording.count(counts[band]),
            wording.baht(shown.whole.baht(f"unsent_{band}_money")),
        )
        for band in BANDS
    ]
    table(_("Receivables not sent, with their money"), columns, rows)


def denials(shown: ClaimsView) -> None:
    """Claims of the month that failed the fund's checks, by code."""
    anatomy.section(_("Claims that failed, by code"))
    if not shown.denials:
        st.html(tag("p", _("No reply of a fund names a failed claim of this month.")))
        return
    columns = [
        Column(_("Code")),
        Column(_("Answer")),
        Column(_("Claims"), number=True),
        Column(_("Claimed, baht"), number=True),
    ]
    first = first_row(len(shown.denials), _ROWS, key="claims.denials")
    rows = (
        (
            quoted(one.code or NONE),
            tr(wording.status_name(one.status)),
            f"{one.count:,}",
            wording.baht(one.claimed),
        )
        for one in shown.denials[first : first + _ROWS]
    )
    table(_("Claims that failed, by code"), columns, rows)


def completeness(shown: ClaimsView) -> None:
    """What lacks its other half, and the money of each fund."""
    anatomy.section(_("Completeness"))
    columns = [
        Column(_("What is missing")),
        Column(_("How many"), number=True),
        Column(_("Baht"), number=True),
    ]
    rows = (
        (link(tr(name), PAGE, which=which), number, baht)
        for name, number, baht, which in wording.completeness(shown)
    )
    table(_("Completeness"), columns, rows)
    columns = [
        Column(_("Fund")),
        Column(_("Visits"), number=True),
        Column(_("Claimed, baht"), number=True),
        Column(_("Compensated, baht"), number=True),
        Column(_("Paid, baht"), number=True),
        Column(_("Sent, in no statement"), number=True),
    ]
    funds = (
        (
            tr(fund_name(fund)),
            f"{sums.count('visits'):,}",
            wording.baht(sums.baht("claimed")),
            wording.baht(sums.baht("compensated") if sums.count("answered") else None),
            wording.baht(sums.baht("paid") if sums.count("stated") else None),
            f"{sums.count('unstated'):,}",
        )
        for fund, sums in shown.funds
    )
    table(_("Money by fund"), columns, funds)


def sources() -> None:
    """What the figures rest on, in small type."""
    anatomy.sources(*map(tr, wording.assumptions()))
