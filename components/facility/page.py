"""One facility on the page: how it stands, what changed, and every test with its why."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import place_breadcrumb
from components.facility import measured
from components.parts import anatomy
from components.parts.anatomy import PAST
from components.parts.shares import STATUSES
from components.parts.status import Status, basis_marks, level_digit, mark
from components.reader.language import _, tr
from components.reader.links import address, link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, figure_text, whole
from components.reader.periods import period_short
from core.periods import month_text
from core.services.overview.month import month
from core.services.overview.view import View
from core.services.profiles.facility import Moved, Profile, Tests
from core.services.profiles.series import CAPITAL, CASH, MonthPoint
from core.services.profiles.wording import facility_message, unknown_facility
from core.services.rules.finance import CRISIS, TPS

_MOST_LISTED: Final = 12
"""Hospitals offered where none is chosen."""


def choose_first(engine: Engine, view: View, unknown: str) -> None:
    """Say how to come to a hospital, and name those most in need of a look."""
    anatomy.headline(tr(unknown_facility(unknown)))
    data = month(engine, view.period)
    st.html(tag("p", link(_("Choose it on the map"), "overview", area=view.area)))
    worst = sorted(data.inside(view.area), key=lambda one: -1 if one.level is None else -one.level)
    ranked = [one for one in worst if one.level is not None][:_MOST_LISTED]
    if not ranked:
        return
    place = tr(data.place(view.area).name)
    anatomy.section(_("Highest crisis levels: {place}", place=place))
    lines = joined(
        tag(
            "li",
            level_digit(one.level),
            " ",
            link(tr(one.place.name), "facility", area=one.place.code),
            " ",
            basis_marks(one.basis),
        )
        for one in ranked
    )
    st.html(tag("ul", lines, class_="t-attention", role="list"))


def heading(shown: Profile) -> None:
    """Where the facility lies, and the sentence that says how it stands."""
    anatomy.headline(tr(facility_message(shown)), place_breadcrumb(shown.chain, "overview"))


def contents(shown: Profile, has_themes: bool, ways: Html) -> None:
    """Links to the parts of the page, and the `ways` to other facilities."""
    parts = [
        ("level", _("Tests of the level"), shown.level is not None),
        ("months", _("24 months"), shown.is_hospital),
        ("score", _("Items of the TPS"), shown.score is not None),
        ("findings", _("Findings"), True),
        ("themes", _("Themes"), has_themes),
        ("reported", _("Reported figures"), has_themes),
    ]
    links = joined(
        tag("li", tag("a", text, href=f"#{part}")) for part, text, is_there in parts if is_there
    )
    if shown.level:
        ahead = link(_("What if and early warning"), "foresight", facility=shown.place.code)
        links = joined((links, tag("li", ahead)))
    here = tag("ul", links, role="list")
    nav = tag("nav", here, class_="t-contents", aria_label=_("On this page")) if links else ""
    if drawn := joined((nav, ways)):
        st.html(drawn)


def tiles(shown: Profile) -> None:
    """Level, cash ratio, working capital and score, each beside the month before."""
    if not shown.now.reported:
        _latest(shown)
        return
    cash, capital = shown.cutoffs.cash_ratio, measured.millions(shown.cutoffs.capital)
    now = shown.now
    drawn = {
        CRISIS: replace(
            _tile(_("Crisis level"), shown, measured.level, status=_verdict(shown.level)),
            basis=basis_marks(shown.basis, is_whole=True),
        ),
        f"{CRISIS}.{CASH}": _tile(
            _("Cash ratio"), shown, measured.cash, limit=cash, below=_risk_below(cash)
        ),
        f"{CRISIS}.{CAPITAL}": _tile(
            _("Working capital"),
            shown,
            measured.capital,
            limit=capital,
            below=_in_millions(_risk_below(capital)),
        ),
        TPS: replace(
            _tile(
                _("TPS (of {full})", full=whole(now.possible or 0)),
                shown,
                measured.any_score,
                status=_verdict(shown.score),
                below=_("Grade {grade}", grade=now.grade) if now.grade else "",
            ),
            # Scores of fewer possible points do not stand beside those of all.
            past=_course(shown, measured.score, _whole),
        ),
    }
    anatomy.tiles([replace(one, why=address("facility", why=why)) for why, one in drawn.items()])


def _latest(shown: Profile) -> None:
    """The way to the last month that was reported."""
    if shown.latest:
        last = shown.latest.period
        text = _("See {month}, the last month reported", month=tr(month_text(last)))
        st.html(tag("p", link(text, "facility", period=str(last))))


def _in_millions(text: str) -> str:
    return " · ".join(filter(None, (_("million baht"), text)))


def _risk_below(limit: float | None) -> str:
    return "" if limit is None else _("a risk below {limit}", limit=whole(limit))


def _verdict(tests: Tests | None) -> Status:
    return STATUSES[tests.verdict] if tests else "none"


def _tile(
    label: str,
    shown: Profile,
    value_of: Callable[[MonthPoint], float | None],
    *,
    status: Status | None = None,
    limit: float | None = None,
    below: str = "",
) -> anatomy.Tile:
    """A figure of the month; without a `status` it is a ratio, judged by its `limit`."""
    write = partial(_shown, limit=limit, is_ratio=status is None)
    now, before = value_of(shown.now), write(value_of(shown.before))
    if limit is not None:
        status = "none" if now is None else "fail" if now < limit else "pass"
    note = " · ".join(filter(None, (below, _("month before: {before}", before=before))))
    past = _course(shown, value_of, write)
    return anatomy.Tile(label=label, value=write(now), change=note, status=status, past=past)


def _course(
    shown: Profile, value_of: Callable[[MonthPoint], float | None], write: Callable[..., str]
) -> tuple[anatomy.Past, ...]:
    last = ((one.period, value_of(one)) for one in shown.series[-PAST:])
    return tuple(anatomy.Past(period_short(when), value, write(value)) for when, value in last)


def _whole(value: float | None) -> str:
    return NONE if value is None else whole(value)


def _shown(value: float | None, limit: float | None, is_ratio: bool) -> str:
    return figure_text(value, limit) if is_ratio and value is not None else _whole(value)


def changes(shown: Profile) -> None:
    """The tests that gave other points the month before, the worse first."""
    title = tag("h2", _("What changed since the month before"), class_="t-figure")
    if not shown.before.reported or not shown.now.reported:
        lines = [tag("li", mark("none", _("One of the two months was not reported.")))]
    else:
        ordered = sorted(shown.moved, key=lambda change: not change.worse)
        lines = [_change(change) for change in ordered]
        lines = lines or [tag("li", mark("none", _("No test gave other points.")))]
    st.html(joined((title, tag("ul", joined(lines), class_="t-attention", role="list"))))


def _change(change: Moved) -> Html:
    label = _("Worse") if change.worse else _("Better")
    now = {"before": whole(change.before), "now": whole(change.now)}
    if change.criterion == CRISIS:
        steps = _("{before} → {now} points of risk", **now)
    else:
        steps = _("{before} → {now} points of the TPS", **now)
    return tag(
        "li", mark("fail" if change.worse else "pass", label), " ", tr(change.name), ": ", steps
    )
