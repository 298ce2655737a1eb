"""Another reading of a contradictory rule: which one is asked for, and what it would change."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.parts import anatomy
from components.reader.filters import AREA, offer, tell_unmet
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.periods import period_text
from components.reader.view_cache import cached_by_view
from components.why.rules import READINGS, quoted
from core.areas import COUNTRY, Level, chain, parse_area
from core.periods import Period, nearest_period
from core.services.geography.country import Place
from core.services.geography.reference import all_areas
from core.services.geography.whereabouts import Whereabouts
from core.services.rereading.compare import Rescored, rescore, rescored_periods
from core.services.rereading.contradictions import Contradiction, Reading, contradictions
from core.services.rereading.counts import Tally, changed_areas, whole
from core.services.rereading.wording import key_message

PAGE: Final = READINGS
READING: Final = "reading"
"""Names in the address a contradiction, and after an equals sign one of its readings."""

_EVERY: Final = "all"
_SWITCH: Final = "rereading.switch"
_OPTION: Final = "rereading.option"
_PATIENCE: Final = 0.3
"""Seconds before a bar appears."""


@dataclass(frozen=True)
class Rereading:
    """What the page shows: a contradiction, a reading of it, and what that would change.

    `found` is None where nothing stands that the contradiction is about. `everything`: all there
    are.
    """

    contradictions: tuple[Contradiction, ...]
    about: Contradiction
    reading: Reading
    rescored: Rescored | None


def filter_row(engine: Engine) -> Rereading:
    """The row of filters, and what they leave."""
    everything = contradictions(engine)
    first, second, third, fourth = st.columns([1.5, 1.5, 1.2, 1])
    about, name = _in_address(engine, everything)
    with first:
        about = _contradiction_filter(everything, about)
    with second:
        chosen = _reading_filter(about, name)
    periods = rescored_periods(engine, [about.switch])
    if not periods:
        return Rereading(everything, about, chosen, None)
    with third:
        period = _period_filter(periods)
    rescored = _rescored(engine, about, chosen, period)
    with fourth:
        _area_filter(rescored)
    return Rereading(everything, about, chosen, rescored)


def _in_address(engine: Engine, listed: Sequence[Contradiction]) -> tuple[Contradiction, str]:
    """What the address asks for; else the first contradiction that has results to compare."""
    key, _equals, name = st.query_params.get(READING, "").partition("=")
    by_switch = {one.switch: one for one in listed}
    if key in by_switch:
        return by_switch[key], name
    shown = next((one for one in listed if rescored_periods(engine, [one.switch])), listed[0])
    if key:
        tell_unmet(_("Contradiction"), key, title(shown))
    return shown, ""


def _contradiction_filter(listed: Sequence[Contradiction], about: Contradiction) -> Contradiction:
    by_switch = {one.switch: one for one in listed}
    titles = {one.switch: title(one) for one in listed}
    st.session_state[_SWITCH] = about.switch
    chosen = st.selectbox(
        _("Contradiction"),
        list(by_switch),
        format_func=titles.__getitem__,
        key=_SWITCH,
        on_change=_write,
        label_visibility="collapsed",
    )
    return by_switch[chosen]


def _reading_filter(about: Contradiction, wanted: str) -> Reading:
    """The reading asked for; else the first that is not in force."""
    by_name = {one.name: one for one in about.readings}
    wordings = {one.name: _wording(one) for one in about.readings}
    initial = about.others[0].name
    if wanted and wanted not in by_name:
        tell_unmet(_("Reading"), wanted, wordings[initial])
    st.session_state[_OPTION] = wanted if wanted in by_name else initial
    chosen = st.selectbox(
        _("Reading"),
        list(by_name),
        format_func=wordings.__getitem__,
        key=_OPTION,
        filter_mode=None,
        on_change=_write,
        args=(about.switch,),
        label_visibility="collapsed",
    )
    return by_name[chosen]


def _write(switch: str = "") -> None:
    chosen = st.session_state
    reading = f"{switch}={chosen[_OPTION]}" if switch else chosen[_SWITCH]
    st.query_params[READING] = reading


def _wording(one: Reading) -> str:
    wording = tr(one.wording)
    if one.in_force:
        return _("Read as (in force): {reading}", reading=wording)
    return _("Read as: {reading}", reading=wording)


def title(one: Contradiction) -> str:
    """What a contradiction is called where there is little room: its rule, and how it is read."""
    names = ", ".join(tr(name) for _no, name in one.about[:1])
    return f"{names} · {tr(one.in_force.wording)}"


def _period_filter(periods: Sequence[Period]) -> Period | None:
    """The period asked for; None for all of them."""
    wanted = st.query_params.get(area_filters.PERIOD, "")
    newest = nearest_period(wanted, periods)
    if wanted != _EVERY:
        area_filters.tell_period(wanted, newest)
    names = {str(period): period_text(period) for period in reversed(periods)}
    names[_EVERY] = _("All periods")
    chosen = offer(
        area_filters.PERIOD,
        _("Period"),
        list(names),
        label_of=names.__getitem__,
        default=str(newest),
        hide_label=True,
    )
    return None if chosen == _EVERY else next(one for one in periods if str(one) == chosen)


def _rescored(
    engine: Engine, about: Contradiction, chosen: Reading, period: Period | None
) -> Rescored:
    """What would change; a bar tells how far it is when it takes long."""
    started, bar = time.monotonic(), st.empty()

    def show_progress(share: float) -> None:
        if time.monotonic() - started > _PATIENCE:
            bar.progress(share, text=_("Comparing period by period"))

    readings = {about.switch: chosen.name}
    area = _code(st.query_params.get(AREA, ""))
    rescored = rescore(engine, readings, area=area, period=period, progress=show_progress)
    bar.empty()
    return rescored


def _code(text: str) -> str:
    return text if text in _codes() else COUNTRY


@cache
def _codes() -> frozenset[str]:
    return frozenset(one.code for one in all_areas())


def places(rescored: Rescored) -> Whereabouts:
    """Where everything lay in the last of the periods compared."""
    return rescored.places[rescored.periods[-1]]


def _area_filter(rescored: Rescored) -> None:
    area_filters.region(_regions(places(rescored)), _chain(rescored))


@cached_by_view
def _regions(where: Whereabouts) -> list[Place]:
    codes = sorted(code for code in where.parents if parse_area(code).level is Level.REGION)
    return [Place(code, where.name(code)) for code in codes]


def _chain(rescored: Rescored) -> tuple[Place, ...]:
    where = places(rescored)
    return tuple(Place(code, where.name(code)) for code in chain(rescored.area, where.parents))


def heading(shown: Rereading) -> None:
    """Where the reader is, and how many would come out otherwise."""
    if shown.rescored is None and shown.about.page:
        name = tr(shown.about.about[0][1])
        anatomy.headline(
            _("{name}: read {reading}", name=name, reading=tr(shown.about.in_force.wording))
        )
        return
    if shown.rescored is None:
        anatomy.headline(_("Nothing is stored yet that this rule is about"))
        return
    where = place_breadcrumb(_chain(shown.rescored), PAGE)
    if shown.reading.in_force:
        message = _("This is how the rule is read now; choose another reading to compare")
        anatomy.headline(message, where)
        return
    anatomy.headline(_key_message(shown.rescored), where)


@cached_by_view
def _key_message(rescored: Rescored) -> str:
    return tr(key_message(rescored))


def question(shown: Rereading) -> None:
    """What the contradiction is, how it is read and how it is read here, in a line or two."""
    paragraph = tag("p", "⚠ ", quoted(tr(shown.about.note)), " ", _between(shown))
    st.html(tag("div", paragraph, class_="t-contradiction"))


def _between(shown: Rereading) -> Html:
    now = quoted(tr(shown.about.in_force.wording))
    if shown.reading.in_force:
        return joined((_("In force"), ": ", tag("strong", now)))
    then = quoted(tr(shown.reading.wording))
    return joined(
        (_("In force"), ": ", tag("strong", now), " → ", _("compared"), ": ", tag("strong", then))
    )


def tiles(rescored: Rescored) -> None:
    """Which way those went that come out otherwise, and who only moves a little."""
    anatomy.tiles(_tiles(rescored))


@cached_by_view
def _tiles(rescored: Rescored) -> list[anatomy.Tile]:
    tally = whole(rescored)
    areas = len({(move.subject, move.period) for move in changed_areas(rescored)})
    return [
        anatomy.Tile(
            label=_("Worse"), value=f"{tally.worse:,}", unit=_("results"), change=_of(tally)
        ),
        anatomy.Tile(
            label=_("Better"), value=f"{tally.better:,}", unit=_("results"), change=_of(tally)
        ),
        _lost(tally) if tally.lost or tally.gained else _shifted(tally),
        anatomy.Tile(label=_("Areas with another verdict"), value=f"{areas:,}", unit=_("areas")),
    ]


def _lost(tally: Tally) -> anatomy.Tile:
    further = []
    if tally.gained:
        further.append(_("a result at last: {count}", count=f"{tally.gained:,}"))
    if tally.shifted:
        further.append(_("only in figure or points: {count}", count=f"{tally.shifted:,}"))
    label = _("Without a result any more")
    return anatomy.Tile(
        label=label, value=f"{tally.lost:,}", unit=_("results"), change=" · ".join(further)
    )


def _shifted(tally: Tally) -> anatomy.Tile:
    as_before = _("as before: {count}", count=f"{tally.unchanged:,}")
    label = _("Only in figure or points")
    return anatomy.Tile(
        label=label, value=f"{tally.shifted:,}", unit=_("results"), change=as_before
    )


def _of(tally: Tally) -> str:
    return _("of {count}", count=f"{tally.all:,}")
