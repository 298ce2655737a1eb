"""The map as a way: each area leads to itself on the same page, a facility to its own page."""

from collections.abc import Mapping

from components.parts.province_map import CODE, Heading, Ways, province_map
from components.reader.links import address
from core.figures.province_map import MapValue


def area_map(
    values: Mapping[str, MapValue], focus: str, heading: Heading, page: str, **behind: str
) -> None:
    """Draw the map with its ranking; `values` by area code or hcode, `focus` fills the frame.

    `behind` stands in the address that a facility leads to.
    """
    ways = Ways(
        area=address(page, area=CODE), facility=address("facility", facility=CODE, **behind)
    )
    province_map(values, chosen=None, focus=focus, key="map", heading=heading, ways=ways)
