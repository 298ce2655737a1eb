"""Another reading of a contradictory rule: which one is asked for, and what it would change."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.words import place_path
from components.parts import anatomy
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.periods import period_text
from components.why.rules import READINGS, quoted
from core.areas import COUNTRY, Level, chain, parse_area
from core.errors import UsageError
from core.periods import Period
from core.services.geography.country import Place
from core.services.geography.whereabouts import Whereabouts
from core.services.rereading.compare import Rescored, rescore, rescored_periods
from core.services.rereading.contradictions import Contradiction, Reading, contradictions
from core.services.rereading.counts import Tally, area_moves, whole
from core.services.rereading.wording import key_message
from core.services.themes.view import nearest

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

    everything: tuple[Contradiction, ...]
    about: Contradiction
    reading: Reading
    found: Rescored | None


def filtered(engine: Engine) -> Rereading:
    """The row of filters, and what they leave."""
    everything = contradictions(engine)
    first, second, third, fourth = st.columns([1.6, 1.6, 1, 1])
    about, name = _asked(engine, everything)
    with first:
        about = _which(everything, about)
    with second:
        chosen = _how(about, name)
    periods = rescored_periods(engine, [about.switch])
    if not periods:
        return Rereading(everything, about, chosen, None)
    with third:
        period = _when(periods)
    found = _rescored(engine, about, chosen, period)
    with fourth:
        _where(found)
    return Rereading(everything, about, chosen, found)


def _asked(engine: Engine, known: Sequence[Contradiction]) -> tuple[Contradiction, str]:
    """What the address asks for; else the first contradiction that has results to compare."""
    key, _equals, name = st.query_params.get(READING, "").partition("=")
    named = {one.switch: one for one in known}
    if key in named:
        return named[key], name
    return next((one for one in known if rescored_periods(engine, [one.switch])), known[0]), ""


def _which(known: Sequence[Contradiction], about: Contradiction) -> Contradiction:
    named = {one.switch: one for one in known}
    titles = {one.switch: title(one) for one in known}
    st.session_state[_SWITCH] = about.switch
    found = st.selectbox(
        _("Contradiction"),
        list(named),
        format_func=titles.__getitem__,
        key=_SWITCH,
        on_change=_write,
        label_visibility="collapsed",
    )
    return named[found]


def _how(about: Contradiction, asked: str) -> Reading:
    """The reading asked for; else the first that is not in force."""
    named = {one.name: one for one in about.readings}
    wordings = {one.name: _wording(one) for one in about.readings}
    st.session_state[_OPTION] = asked if asked in named else about.others[0].name
    found = st.selectbox(
        _("Reading"),
        list(named),
        format_func=wordings.__getitem__,
        key=_OPTION,
        filter_mode=None,
        on_change=_write,
        args=(about.switch,),
        label_visibility="collapsed",
    )
    return named[found]


def _write(switch: str = "") -> None:
    chosen = st.session_state
    named = f"{switch}={chosen[_OPTION]}" if switch else chosen[_SWITCH]
    st.query_params[READING] = named


def _wording(one: Reading) -> str:
    said = tr(one.wording)
    if one.in_force:
        return _("Read as (in force): {reading}", reading=said)
    return _("Read as: {reading}", reading=said)


def title(one: Contradiction) -> str:
    """What a contradiction is called where there is little room: its rule, and how it is read."""
    names = ", ".join(tr(name) for _no, name in one.about[:1])
    return f"{names} · {tr(one.in_force.wording)}"


def _when(periods: Sequence[Period]) -> Period | None:
    """The period asked for; None for all of them."""
    newest = nearest(st.query_params.get(area_filters.PERIOD, ""), periods)
    named = {str(period): period_text(period) for period in reversed(periods)}
    named[_EVERY] = _("All periods")
    found = choice(
        area_filters.PERIOD,
        _("Period"),
        list(named),
        named=named.__getitem__,
        default=str(newest),
        bare=True,
    )
    return None if found == _EVERY else next(one for one in periods if str(one) == found)


def _rescored(
    engine: Engine, about: Contradiction, chosen: Reading, period: Period | None
) -> Rescored:
    """What would change; a bar tells how far it is when it takes long."""
    begun, bar = time.monotonic(), st.empty()

    def tell(share: float) -> None:
        if time.monotonic() - begun > _PATIENCE:
            bar.progress(share, text=_("Comparing period by period"))

    readings = {about.switch: chosen.name}
    area = _code(st.query_params.get(area_filters.AREA, ""))
    found = rescore(engine, readings, area=area, period=period, progress=tell)
    bar.empty()
    return found


def _code(asked: str) -> str:
    try:
        return parse_area(asked).code
    except UsageError:
        return COUNTRY


def places(found: Rescored) -> Whereabouts:
    """Where everything lay in the last of the periods compared."""
    return found.places[found.periods[-1]]


def _where(found: Rescored) -> None:
    where = places(found)
    codes = sorted(code for code in where.parents if parse_area(code).level is Level.REGION)
    regions = [Place(code, where.name(code)) for code in codes]
    area_filters.region(regions, _chain(found))


def _chain(found: Rescored) -> tuple[Place, ...]:
    where = places(found)
    return tuple(Place(code, where.name(code)) for code in chain(found.area, where.parents))


def heading(shown: Rereading) -> None:
    """Where the reader is, and how many would come out otherwise."""
    if shown.found is None:
        anatomy.headline(_("Nothing is stored yet that this rule is about"))
        return
    place_path(_chain(shown.found), PAGE)
    if shown.reading.in_force:
        anatomy.headline(_("This is how the rule is read now; choose another reading to compare"))
        return
    anatomy.headline(tr(key_message(shown.found)))


def question(shown: Rereading) -> None:
    """What the contradiction is, how it is read and how it is read here, in a line or two."""
    said = tag("p", "⚠ ", quoted(tr(shown.about.note)), " ", _between(shown))
    st.html(tag("div", said, class_="t-contradiction"))


def _between(shown: Rereading) -> Html:
    now = quoted(tr(shown.about.in_force.wording))
    if shown.reading.in_force:
        return joined((_("In force"), ": ", tag("strong", now)))
    then = quoted(tr(shown.reading.wording))
    return joined(
        (_("In force"), ": ", tag("strong", now), " → ", _("compared"), ": ", tag("strong", then))
    )


def tiles(found: Rescored) -> None:
    """Which way those went that come out otherwise, and who only moves a little."""
    tally = whole(found)
    areas = len({(move.subject, move.period) for move in area_moves(found)})
    anatomy.tiles(
        [
            anatomy.Tile(label=_("Worse"), value=f"{tally.worse:,}", change=_of(tally)),
            anatomy.Tile(label=_("Better"), value=f"{tally.better:,}", change=_of(tally)),
            _lost(tally) if tally.lost or tally.gained else _shifted(tally),
            anatomy.Tile(label=_("Areas with another verdict"), value=f"{areas:,}"),
        ]
    )


def _lost(tally: Tally) -> anatomy.Tile:
    said = []
    if tally.gained:
        said.append(_("a result at last: {count}", count=f"{tally.gained:,}"))
    if tally.shifted:
        said.append(_("only in figure or points: {count}", count=f"{tally.shifted:,}"))
    label = _("Without a result any more")
    return anatomy.Tile(label=label, value=f"{tally.lost:,}", change=" · ".join(said))


def _shifted(tally: Tally) -> anatomy.Tile:
    kept = _("as before: {count}", count=f"{tally.kept:,}")
    label = _("Only in figure or points")
    return anatomy.Tile(label=label, value=f"{tally.shifted:,}", change=kept)


def _of(tally: Tally) -> str:
    return _("of {count}", count=f"{tally.all:,}")
