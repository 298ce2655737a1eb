"""The map of Thailand with its legend and ranking, each area of which leads somewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from components.parts.shapes import districts_address
from components.parts.status import SIGNS, Status, status_word
from components.reader.assets import asset_address
from components.reader.language import _
from core.areas import Level, parse_area
from core.figures.province_map import FIFTH, MapValue, ProvinceMap, Spot, Tone
from core.figures.province_map import province_map as map_of

# Shapes and script are files that a browser caches: they would be most of each message.
_MAP: Final = st.components.v2.component(
    "province_map",
    js="""
export default async (component) => {
  const map = await import(new URL(component.data.script, document.baseURI));
  return map.default(component);
};
""",
    isolate_styles=False,
)


CODE: Final = "-code-"
"""Stands in the address of a way for the code of whatever is chosen."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses that an area and a facility lead to, with CODE in the place of their own code."""

    area: str
    facility: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of the map, what its figures measure, and their target; empty where none."""

    title: str
    measure: str = ""
    target: str = ""


def province_map(
    values: Mapping[str, MapValue],
    *,
    chosen: str | None,
    focus: str,
    key: str,
    heading: Heading,
    ways: Ways,
) -> None:
    """Draw the map; whatever is chosen leads to its own address, which static/journey.js follows.

    `values` by area code or hcode in the order of the ranking; whatever has neither a shape nor a
    position is in the ranking alone. `focus` fills the frame: `TH`, a region or a province.
    """
    _MAP(key=key, data=_data(map_of(values, focus=focus), chosen, heading, ways))


def _data(shown: ProvinceMap, chosen: str | None, heading: Heading, ways: Ways) -> dict[str, Any]:
    province = parse_area(shown.focus).province
    return {
        "script": asset_address("map/map.js"),
        "provinces": asset_address("geo/provinces.json"),
        "districts": districts_address(province) if province else None,
        "ways": {"code": CODE, "area": ways.area, "facility": ways.facility},
        "focus": shown.focus,
        "chosen": chosen,
        "areas": [_row(spot) for spot in shown.spots],
        "tones": [
            (tone, _sign(tone), _word(tone), _explained(tone, shown), f"{count:,}")
            for tone, count in shown.counts.items()
        ],
        "words": _words(shown, heading),
    }


def _row(spot: Spot) -> tuple[object, ...]:
    return spot.code, spot.value.name, spot.value.shown, spot.tone, *(spot.place or ())


def _words(shown: ProvinceMap, heading: Heading) -> dict[str, str]:
    return {
        "title": heading.title,
        "measure": heading.measure,
        "target": heading.target and _("Target {target}", target=heading.target),
        "area": _areas(shown),
        "status": _("Status"),
        "inset": _("Bangkok and around"),
        "hint": _("Click an area, or move with the arrow keys and press Enter."),
        "unplaced": _("Not on the map: {count}", count="{count}"),
        "failed": _("The map could not be loaded; the list says the same."),
    }


def _areas(shown: ProvinceMap) -> str:
    """The heading of the ranking's names: the level they all share, else just area."""
    levels = {parse_area(spot.code).level for spot in shown.spots}
    names = {
        Level.REGION: _("Health region"),
        Level.PROVINCE: _("Province"),
        Level.DISTRICT: _("District"),
        Level.FACILITY: _("Name of the facility"),
    }
    return names.get(levels.pop(), _("Area")) if len(levels) == 1 else _("Area")


def _status(tone: Tone) -> Status | None:
    """The status a tone is a class of; None for levels and fifths."""
    return next((one for one in SIGNS if tone.partition("-")[0] == one), None)


def _explained(tone: Tone, shown: ProvinceMap) -> str:
    """What the key says of a tone: its word, and from which figure to which a class runs."""
    if tone not in shown.ranges:
        return _word(tone)
    low, high = shown.ranges[tone]
    figures = f"{low}%" if low == high else _("{low}–{high}%", low=low, high=high)
    return f"{_word(tone)} {figures}"


def _sign(tone: Tone) -> str:
    if status := _status(tone):
        return SIGNS[status]
    return f"{_lowest(tone):.0f}" if tone.startswith("s") else tone


def _word(tone: Tone) -> str:
    if status := _status(tone):
        return status_word(status)
    if not tone.startswith("s"):
        return _("Level {level}", level=tone)
    low = _lowest(tone)
    return _("{low}–{high}%", low=f"{low:.0f}", high=f"{low + FIFTH:.0f}")


def _lowest(tone: Tone) -> float:
    """Where the fifth of a share begins."""
    return int(tone[1:]) * FIFTH
