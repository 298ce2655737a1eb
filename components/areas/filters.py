"""The filters that pages of areas share: period, area, and what the map is coloured by."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final, TypedDict

import streamlit as st

from components.reader.filters import AREA, FACILITY, choice, is_facility, offer, tell_unmet
from components.reader.language import _, tr
from components.reader.periods import period_text
from components.reader.query import query
from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.errors import UsageError
from core.periods import Period, matching_period, parse_period
from core.services.geography.country import Place
from core.services.guard.lying import places_for
from core.services.overview.view import INDICATORS, Indicator, View
from core.services.overview.wording import edge_texts
from core.services.rules.finance import Edges

PERIOD: Final = "period"
INDICATOR: Final = "indicator"
_REGION: Final = "filters.region"


class Selection(TypedDict):
    """The period and the area that an address names; empty where it names none."""

    period: str
    area: str


def selection() -> Selection:
    """The period and the area that the address of this view names."""
    parameters = st.query_params
    return Selection(period=parameters.get(PERIOD, ""), area=parameters.get(AREA, ""))


def facility() -> str:
    """The hcode of the facility that the address names, in place of an area too; empty: none."""
    area = query().get(AREA, "")
    return query().get(FACILITY, area if is_facility(area) else "")


def month(view: View) -> None:
    """The months that have results; the address may also name one by its round."""
    is_listed = st.query_params.get(PERIOD, "") in map(str, view.periods)
    period(_("Month"), view.periods, view.usual if is_listed else view.period)


def period(label: str, periods: Iterable[Period], default: Period) -> None:
    """A list of periods; the default one is left out of the address."""
    chosen = offer(
        PERIOD,
        label,
        [str(one) for one in periods],
        label_of=period_text,
        default=str(default),
        hide_label=True,
    )
    tell_period(st.query_params.get(PERIOD, ""), parse_period(chosen))


def tell_period(wanted: str, shown: Period) -> None:
    """Say so where the period shown is not the one the address asks for, nor part of it."""
    if not wanted or matching_period(wanted, [shown]):
        return
    with suppress(UsageError):  # What is no period is told as it was typed.
        wanted = period_text(wanted)
    tell_unmet(_("Period"), wanted, period_text(shown))


def tell_area(shown: Place) -> None:
    """Say so where the area shown is not the one the address asks for."""
    wanted = st.query_params.get(AREA, "")
    if wanted and as_code(wanted) != shown.code:
        tell_unmet(_("Area"), wanted, tr(shown.name))


def as_code(text: str) -> str:
    """The code of an area as it is written; a text that is none stays what it is."""
    try:
        return parse_area(text).code
    except UsageError:
        return text


def region(regions: Sequence[Place], chain: Sequence[Place]) -> None:
    """A list of the country and its regions that may be read; others are chosen on the map.

    Whoever may read no whole region finds the place that is shown alone.
    """
    tell_area(chain[-1])
    every = {COUNTRY: _("The whole country")} | {p.code: tr(p.name) for p in regions}
    names = {code: every[code] for code in places_for(Action.READ, every, {})}
    if not names:
        names = {chain[-1].code: tr(chain[-1].name)}
    above = [place.code for place in chain if place.code in names]
    here = above[-1] if above else next(iter(names))
    st.session_state[_REGION] = here
    st.selectbox(
        _("Area"),
        list(names),
        format_func=lambda code: names[code],
        key=_REGION,
        filter_mode=None,
        on_change=_write_region,
        label_visibility="collapsed",
    )


def _write_region() -> None:
    go(st.session_state[_REGION])


def go(area: str) -> None:
    """Select an area, so that Back leads to the one before; a facility is left."""
    st.query_params.pop(FACILITY, None)
    if area == COUNTRY:
        st.query_params.pop(AREA, None)
    else:
        st.query_params[AREA] = area


def indicator(edges: Edges) -> Indicator:
    """A list of what the map can be coloured by; the one chosen."""
    texts = edge_texts(edges)
    names: dict[str, str] = {
        "crisis": _("Share of hospitals at level {first}–{worst}", **texts),
        "worst": _("Highest crisis level"),
        "tps": _("Share with a TPS of {passing} or more", **texts),
    }
    chosen = choice(
        INDICATOR, _("Indicator"), INDICATORS, label_of=lambda key: names[key], hide_label=True
    )
    return next(one for one in INDICATORS if one == chosen)
