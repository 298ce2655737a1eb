"""One facility on the page: how it stands, what changed, and every test with its why."""

from collections.abc import Iterable, Iterator
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import place_breadcrumb
from components.parts import anatomy
from components.parts.shares import STATUSES
from components.parts.status import Status, mark
from components.parts.tables import head_row
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, figure_text, points, whole
from components.why.explanation import test_why, whole_why
from components.why.rules import quoted
from core.areas import Level, parse_area
from core.errors import UsageError
from core.periods import month_text
from core.scoring.explain.words import number
from core.services.overview.month import month
from core.services.overview.view import View
from core.services.profiles.facility import Moved, Profile
from core.services.profiles.series import MonthPoint
from core.services.rules.explanation import Explanation, Held, StoredExplanation
from core.services.rules.finance import CRISIS

MILLION: Final = 1e6
_NAMED: Final = 12
"""Hospitals offered where none is chosen."""


def hcode_of(area: str) -> str | None:
    """The hcode an address asks for; None where it asks for an area or for nothing."""
    try:
        place = parse_area(area)
    except UsageError:
        return None
    return place.code if place.level is Level.FACILITY else None


def choose_first(engine: Engine, view: View, unknown: str | None) -> None:
    """Say how to come to a hospital, and name those most in need of a look."""
    if unknown:
        anatomy.headline(_("No hospital has the code {hcode}", hcode=unknown))
    else:
        anatomy.headline(_("Choose a hospital first"))
    data = month(engine, view.period)
    st.html(tag("p", link(_("Choose it on the map"), "overview", area=view.area)))
    worst = sorted(data.inside(view.area), key=lambda one: -1 if one.level is None else -one.level)
    ranked = [one for one in worst if one.level is not None][:_NAMED]
    if not ranked:
        return
    place = tr(data.place(view.area).name)
    anatomy.section(_("Highest crisis levels: {place}", place=place))
    lines = joined(
        tag("li", _level(one.level), " ", link(tr(one.place.name), "facility", area=one.place.code))
        for one in ranked
    )
    st.html(tag("ul", lines, class_="t-attention", role="list"))


def heading(shown: Profile) -> None:
    """Where the facility lies, and the sentence that says how it stands."""
    place_breadcrumb(shown.chain, "overview")
    anatomy.headline(key_message(shown))


def key_message(shown: Profile) -> str:
    """Level, change and score; or that nothing was reported, and when something last was."""
    names = {"name": tr(shown.place.name), "month": tr(month_text(shown.period))}
    if not shown.now.reported:
        if shown.latest is None:
            return _("{name}: nothing reported for {month} nor the 23 months before", **names)
        last = tr(month_text(shown.latest.period))
        return _("{name}: nothing reported for {month}, last for {last}", last=last, **names)
    if shown.now.level is None:
        return _("{name}: no crisis level for {month}, not everything was reported", **names)
    level = _("{name}: crisis level {level} in {month}", level=whole(shown.now.level), **names)
    return " · ".join(filter(None, (level, _moved_level(shown), _score_said(shown.now))))


def _moved_level(shown: Profile) -> str:
    now, before = shown.now.level, shown.before.level
    if now is None or before is None:
        return ""
    if now == before:
        return _("as the month before")
    if now > before:
        return _("risen from {before}", before=whole(before))
    return _("fallen from {before}", before=whole(before))


def _score_said(now: MonthPoint) -> str:
    if now.score is None or now.possible is None:
        return ""
    score = _("TPS {score} of {possible}", score=whole(now.score), possible=whole(now.possible))
    return _("{score}, grade {grade}", score=score, grade=now.grade) if now.grade else score


def tiles(shown: Profile) -> None:
    """Level, cash ratio, working capital and score, each beside the month before."""
    if not shown.now.reported:
        _latest(shown)
        return
    now, before = shown.now, shown.before
    cash, capital = shown.cutoffs.cash_ratio, shown.cutoffs.capital
    anatomy.tiles(
        [
            _tile(_("Crisis level"), now.level, before.level, status=_verdict(shown.level)),
            _tile(
                _("Cash ratio"),
                now.cash_ratio,
                before.cash_ratio,
                limit=cash,
                below=_risk_below(cash),
            ),
            _tile(
                _("Working capital (million baht)"),
                _millions(now.capital),
                _millions(before.capital),
                limit=_millions(capital),
                below=_risk_below(_millions(capital)),
            ),
            _tile(
                _("TPS of {full}", full=whole(now.possible or 0)),
                now.score,
                before.score,
                status=_verdict(shown.score),
                below=_("Grade {grade}", grade=now.grade) if now.grade else "",
            ),
        ]
    )


def _latest(shown: Profile) -> None:
    """The way to the last month that was reported."""
    if shown.latest:
        last = shown.latest.period
        text = _("See {month}, the last month reported", month=tr(month_text(last)))
        st.html(tag("p", link(text, "facility", period=str(last))))


def _millions(value: float | None) -> float | None:
    return None if value is None else value / MILLION


def _risk_below(limit: float | None) -> str:
    return "" if limit is None else _("a risk below {limit}", limit=whole(limit))


def _verdict(why: StoredExplanation | None) -> Status:
    return STATUSES[why.stored.result.verdict] if why else "none"


def _tile(
    label: str,
    now: float | None,
    before: float | None,
    *,
    status: Status | None = None,
    limit: float | None = None,
    below: str = "",
) -> anatomy.Tile:
    is_ratio = status is None
    shown = _("month before: {before}", before=_shown(before, limit, is_ratio))
    if limit is not None:
        status = "none" if now is None else "fail" if now < limit else "pass"
    note = " · ".join(filter(None, (below, shown)))
    return anatomy.Tile(label=label, value=_shown(now, limit, is_ratio), change=note, status=status)


def _shown(value: float | None, limit: float | None, is_ratio: bool) -> str:
    if value is None:
        return NONE
    return figure_text(value, limit) if is_ratio else whole(value)


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
    kind = _("points of risk") if change.criterion == CRISIS else _("points of the TPS")
    steps = _(
        "{before} → {now} {kind}", before=whole(change.before), now=whole(change.now), kind=kind
    )
    return tag(
        "li", mark("fail" if change.worse else "pass", label), " ", tr(change.name), ": ", steps
    )


def level_tests(shown: Profile) -> None:
    """The tests of the crisis level, each with its why."""
    if shown.level:
        title = _("Tests of the crisis level (a point for each that holds)")
        _table(title, shown.level, is_risk=True)


def score_tests(shown: Profile) -> None:
    """The items of the score, each with its cut-off, its peers and its why."""
    if shown.score:
        title = _("Items of the TPS")
        if shown.group:
            title = _("{title}, peers: group {group}", title=title, group=shown.group)
        _table(title, shown.score, is_risk=False)


def _table(title: str, why: StoredExplanation, *, is_risk: bool) -> None:
    points_title = _("Points of risk") if is_risk else _("Points")
    peers = () if is_risk else ((_("Value of the peers"), "t-number"),)
    titles = (
        (_("Status"), ""),
        (_("Test"), ""),
        (_("Figure"), "t-number"),
        (_("A risk when") if is_risk else _("Asked"), "t-number"),
        *peers,
        (points_title, "t-number"),
    )
    body = joined(_row(test, why, [t for t, _kind in titles], is_risk) for test in why.parts)
    caption = tag("caption", title)
    st.html(tag("table", caption, tag("thead", head_row(titles)), body, class_="t-items"))
    st.html(whole_why(why))


def _row(test: Explanation, why: StoredExplanation, titles: list[str], is_risk: bool) -> Html:
    held = test.held
    name = quoted(" ".join(filter(None, (test.label, tr(test.name)))))
    earned = _("{points} of {full}", points=points(test.points), full=full_of(test))
    figures = [
        figure_text(test.figure, held.limit),
        tr(held.requirement) if held.requirement else NONE,
    ]
    if not is_risk:
        figures.append(_peers(held))
    if test.is_block:
        figures = [""] * len(figures)
    cells = zip(titles[2:], (*figures, earned), strict=True)
    figure_cells = joined(
        tag("td", text, class_="t-number", data_label=label) if text else tag("td")
        for label, text in cells
    )
    if test.is_block:
        return tag("tbody", tag("tr", tag("th", tag("strong", name), colspan="2"), figure_cells))
    light = tag("td", mark(status_of(test, is_risk=is_risk)))
    shown = tag("tr", light, tag("th", name, scope="row"), figure_cells)
    explanation = tag("td", test_why(test, why), colspan=str(len(titles)))
    return tag("tbody", shown, tag("tr", explanation, class_="t-behind"))


def full_of(test: Explanation) -> str:
    """Full marks of a test."""
    return NONE if test.full_marks is None else whole(test.full_marks)


def _peers(held: Held) -> str:
    if not held.peers or held.peer_value is None:
        return NONE
    # In the same words as the cut-off, which is often this very number.
    return peer_value(number(held.peer_value), held.peers, are_few=held.few_peers)


def peer_value(value: str, peers: int, *, are_few: bool) -> Html:
    """A value of peers, below it how many they are, and whether they are few."""
    count = _("only n = {peers}", peers=peers) if are_few else _("n = {peers}", peers=f"{peers:,}")
    return joined((value, tag("small", count, class_="t-when")))


def status_of(test: Explanation, *, is_risk: bool) -> Status:
    """How a test is marked: full points pass, none fail; of a risk it is the other way round."""
    if test.points is None or not test.full_marks:
        return "none"
    reached = test.points / test.full_marks
    ends: dict[float, Status] = {0.0: "fail", 1.0: "pass"}
    return ends.get(1 - reached if is_risk else reached, "watch")


def _level(level: int | None) -> Html:
    return tag("span", NONE if level is None else str(level), class_=f"t-level t-level-{level}")


def leaves(tests: Iterable[Explanation]) -> Iterator[Explanation]:
    """The tests that are no blocks of others."""
    return (test for test in tests if not test.is_block)
