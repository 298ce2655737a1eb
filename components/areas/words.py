"""What an area or a hospital came to, in the few words a ranking has room for."""

from collections.abc import Sequence

from components.parts import anatomy
from components.parts.shares import figure
from components.reader.language import tr
from components.reader.links import link
from components.reader.numbers import NONE, points
from core.areas import COUNTRY
from core.services.geography.country import Place
from core.services.overview.view import Indicator, Shown
from core.services.rules.finance import Edges


def place_path(chain: Sequence[Place], page: str) -> None:
    """The way from the country to an area, each place a link up to it on this page."""
    *above, here = chain
    anatomy.breadcrumb(
        *(link(tr(place.name), page, area=area_key(place.code)) for place in above), tr(here.name)
    )


def area_key(code: str) -> str:
    """How an area stands in the address: the country, being the usual, not at all."""
    return "" if code == COUNTRY else code


def numbers(edges: Edges) -> dict[str, str]:
    """The numbers of the rules in force, as sentences name them: {first}, {worst} and so on."""
    return {name: f"{edge:g}" for name, edge in edges._asdict().items()}


def value_of(row: Shown, indicator: Indicator) -> str:
    """The figure of the ranking; empty where its status says it all."""
    if row.share is None:
        return points(row.points) if indicator == "tps" else ""
    if not row.share.reporting:
        return NONE
    counted = f"{row.share.number:,}/{row.share.over:,}"
    if indicator == "worst":
        return counted
    judged = [line.limit for line in row.share.lines if line.limit is not None]
    return f"{figure(row.share.percent, min(judged, default=None))} ({counted})"
