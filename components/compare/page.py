"""The page of comparisons: areas side by side, or one area at two moments; its row of filters."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.compare.words import AREAS, BY
from components.frame import navigation
from components.reader.filters import AREA, choice, offer, tell_unmet
from components.reader.language import _, tr
from components.reader.periods import period_short
from core.access.roles import Action
from core.areas import COUNTRY, parse_area
from core.periods import parse_period
from core.services.comparison.areas import (
    MOST,
    AreaComparison,
    Selection,
    compare,
    resolve_selection,
)
from core.services.comparison.data import AreaIndex, criteria_of
from core.services.comparison.periods import PeriodComparison, before_of, compare_periods, earlier
from core.services.guard.lying import places_for

Shown = AreaComparison | PeriodComparison

BEFORE: Final = "before"
_KEY: Final = "compare.area"
_NOBODY: Final = ""
_LEAST: Final = 2


def selection(engine: Engine) -> Selection | None:
    """What the address asks for; None while there is nothing to compare."""
    menu = [one for page in navigation.menu().pages for one in page.indicators]
    areas = st.query_params.get(AREAS, "")
    selected = resolve_selection(engine, criteria_of(menu), areas=areas, **area_filters.selection())
    if selected:
        _tell_unknown(selected, areas)
    return selected


def _tell_unknown(selected: Selection, areas: str) -> None:
    """Say so where the address asks for areas that there are not."""
    index = selected.index
    wanted = [*filter(None, areas.split(",")), st.query_params.get(AREA, "")]
    unknown = ", ".join(one for one in wanted if one and index.known(one) is None)
    if unknown:
        shown = ", ".join(tr(index.names[code]) for code in selected.areas)
        tell_unmet(_("Area"), unknown, shown)


def areas_of(shown: Shown) -> tuple[str, ...]:
    """The codes of the areas that are compared; of two moments that of their one area."""
    if isinstance(shown, PeriodComparison):
        return (shown.area.code,)
    return tuple(place.code for place in shown.areas)


def filter_row(engine: Engine, selected: Selection) -> Shown:
    """The rows of filters, and what they leave."""
    columns = st.columns(4)
    with columns[0]:
        by = choice(BY, _("Compare"), ("areas", "periods"), label_of=_kind, hide_label=True)
    with columns[1]:
        area_filters.period(_("Period"), selected.moments, selected.moment)
    if by == "areas":
        _areas(selected)
        return compare(engine, selected)
    with columns[2]:
        before = _before(selected)
    with columns[3]:
        _area(selected)
    return compare_periods(engine, selected, before_of(selected, before))


def _kind(by: str) -> str:
    return _("Areas side by side") if by == "areas" else _("Now and before")


def _before(selected: Selection) -> str:
    """Which earlier moment; empty where there is none."""
    options = [str(one) for one in earlier(selected)]
    if not options:
        st.caption(_("There is nothing earlier to compare with."))
        return ""
    wanted = st.query_params.get(BEFORE, "")
    before = before_of(selected, wanted)
    if before:
        area_filters.tell_period(wanted, before)
    return offer(
        BEFORE,
        _("Compared with"),
        options,
        label_of=_compared_with,
        default=str(before),
        hide_label=True,
    )


def _compared_with(period: str) -> str:
    return _("from {period}", period=period_short(parse_period(period)))


def _areas(selected: Selection) -> None:
    """Two to four boxes, one for each area; the third and fourth may stay empty."""
    provinces = frozenset(parse_area(code).province for code in selected.areas)
    for place, column in enumerate(st.columns(MOST)):
        here = selected.areas[place] if place < len(selected.areas) else _NOBODY
        others = set(selected.areas) - {here}
        options = [code for code in _options(selected.index, provinces) if code not in others]
        if place >= _LEAST or here == _NOBODY:
            options.insert(0, _NOBODY)
        with column:
            label = _("Area {number}", number=place + 1)
            _box(f"{_KEY}.{place}", label, options, here, selected.index)


def _area(selected: Selection) -> None:
    """The one area that is looked at."""
    options = _options(selected.index, frozenset({parse_area(selected.area).province}))
    _box(_KEY, _("Area"), options, selected.area, selected.index)


def _box(key: str, label: str, options: Sequence[str], here: str, index: AreaIndex) -> None:
    names = _names(index, options)
    st.session_state[key] = here
    st.selectbox(
        label,
        options,
        format_func=lambda code: names[code],
        key=key,
        filter_mode="contains",
        on_change=_write,
        args=(key,),
        label_visibility="collapsed",
    )


def _write(key: str) -> None:
    """Have the address name what the boxes say."""
    if key == _KEY:
        area_filters.go(st.session_state[key])
        return
    boxes = (st.session_state.get(f"{_KEY}.{place}") for place in range(MOST))
    st.query_params[AREAS] = ",".join(code for code in boxes if code)


def _options(index: AreaIndex, provinces: frozenset[str | None]) -> list[str]:
    """The country, its regions and provinces, and the districts of provinces that are looked at.

    Those alone that may be read.
    """
    options = [COUNTRY]
    for region in index.below(COUNTRY):
        options.append(region)
        for province in index.below(region):
            options.append(province)
            options += index.below(province) if province in provinces else ()
    return [*places_for(Action.READ, options, index.parents)]


def _names(index: AreaIndex, options: Sequence[str]) -> dict[str, str]:
    """What the areas are called; districts of one name with their province."""
    names = {code: tr(index.names[code]) for code in options if code != _NOBODY}
    often = Counter(names.values())
    for code, name in names.items():
        province = parse_area(code).province
        if often[name] > 1 and province and province != code:
            names[code] = f"{name} · {tr(index.names[province])}"
    return {_NOBODY: _("no other area")} | names
