"""The map as a filter: a click selects an area, or opens the page of a facility."""

from collections.abc import Mapping

from components.areas.filters import go
from components.frame.navigation import go_to
from components.parts.province_map import Heading, province_map
from core.areas import Level, parse_area
from core.figures.province_map import MapValue


def area_map(values: Mapping[str, MapValue], focus: str, heading: Heading) -> None:
    """Draw the map with its ranking; `values` by area code or hcode, `focus` fills the frame."""
    chosen = province_map(
        values, chosen=None, focus=focus, key="map", heading=heading, on_choose=_select
    )
    if chosen and _is_facility(chosen):
        go_to("facility", area=chosen)


def _select(code: str) -> None:
    if not _is_facility(code):
        go(code)


def _is_facility(code: str) -> bool:
    return parse_area(code).level is Level.FACILITY
