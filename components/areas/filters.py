"""The row of filters over everything that is shown of an area and a month."""

from collections.abc import Sequence
from typing import Final, TypedDict

import streamlit as st

from components.areas.words import numbers
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.periods import period_text
from core.areas import COUNTRY
from core.services.geography.country import Place
from core.services.overview.view import INDICATORS, Indicator, View
from core.services.rules.finance import Edges

PERIOD: Final = "period"
AREA: Final = "area"
INDICATOR: Final = "indicator"
_REGION: Final = "filters.region"


class Asked(TypedDict):
    """What an address asks for; empty where it asks for none."""

    period: str
    area: str


def asked() -> Asked:
    """The month and the area the address asks for."""
    found = st.query_params
    return Asked(period=found.get(PERIOD, ""), area=found.get(AREA, ""))


def month(view: View) -> None:
    """Which month is shown."""
    periods = [str(period) for period in view.periods]
    # An address may mean a month by its round.
    is_named = st.query_params.get(PERIOD) in periods
    usual = str(view.usual if is_named else view.period)
    choice(PERIOD, _("Month"), periods, named=period_text, default=usual, bare=True)


def region(regions: Sequence[Place], chain: Sequence[Place]) -> None:
    """The country, or one of its regions; what lies below is chosen on the map."""
    names = {COUNTRY: _("The whole country")} | {p.code: tr(p.name) for p in regions}
    here = chain[1].code if len(chain) > 1 and chain[1].code in names else COUNTRY
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
    """Have the address name this area: Back leads to the one before."""
    if area == COUNTRY:
        st.query_params.pop(AREA, None)
    else:
        st.query_params[AREA] = area


def indicator(edges: Edges) -> Indicator:
    """By what the map is coloured."""
    named = numbers(edges)
    names: dict[str, str] = {
        "crisis": _("Share of hospitals at level {first}–{worst}", **named),
        "worst": _("Highest crisis level"),
        "tps": _("Share with a TPS of {passing} or more", **named),
    }
    found = choice(INDICATOR, _("Indicator"), INDICATORS, named=lambda key: names[key], bare=True)
    return next(one for one in INDICATORS if one == found)
