"""What a scorecard is asked for: moment, area, rows, their order; each one that exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import Level, parse_area
from core.periods import Period, nearest_period
from core.services.comparison.data import AreaIndex, area_index, criteria_of, moments
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant

Rows = Literal["regions", "provinces", "districts", "hospitals", "units"]

NAME: Final = "name"
"""The order by name."""

LETTERS: Final[Mapping[Rows, str]] = {"regions": "R", "provinces": "P", "districts": "D"}
"""Rows that are areas, and what their codes begin with; the others are facilities."""

_LEVELS: Final[Mapping[Rows, Level]] = {
    "regions": Level.REGION,
    "provinces": Level.PROVINCE,
    "districts": Level.DISTRICT,
}


@dataclass(frozen=True, slots=True)
class Order:
    """By which column rows are sorted, empty for that of their codes.

    `best_first`: the best on top and not what needs attention; by name: from the end.
    """

    by: str = ""
    best_first: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """A scorecard to draw.

    `moments` are those that can be chosen, newest first, `kinds` the rows there can be in the area.
    `name` narrows the rows to those whose name or code has it.
    """

    criteria: tuple[str, ...]
    moments: tuple[Period, ...]
    moment: Period
    area: str
    regions: tuple[Place, ...]
    kinds: tuple[Rows, ...]
    rows: Rows
    order: Order = Order()
    name: str = ""

    @property
    def is_of_areas(self) -> bool:
        """Whether its rows are areas."""
        return self.rows in LETTERS


@door(Action.READ, ANYWHERE)
def resolve_selection(
    engine: Engine, menu: tuple[str, ...], *, period: str, area: str, rows: str, sort: str
) -> Selection | None:
    """Resolve the values of an address; None while there are no results at all.

    `menu` are the criteria of its pages. `sort` is a column's criterion, after a minus
    the best first. Without `rows`: those right below the area.
    """
    criteria = criteria_of(menu)
    known = moments(engine, criteria)
    if not known:
        return None
    moment = nearest_period(period, known)
    index = area_index(engine, moment)
    here = meant(index.known(area), index.parents)
    kinds = _kinds(here)
    chosen = next((kind for kind in kinds if kind == rows), below(here))
    order = Order(sort.removeprefix("-"), sort.startswith("-"))
    return Selection(criteria, known, moment, here, _regions(index), kinds, chosen, order)


def below(area: str) -> Rows:
    """The rows right below an area: provinces also below the country, as on the map."""
    level = parse_area(area).level
    steps: tuple[Rows, ...] = ("provinces", "provinces", "districts", "hospitals")
    return steps[min(level, Level.DISTRICT)]


def _kinds(area: str) -> tuple[Rows, ...]:
    level = parse_area(area).level
    return tuple(kind for kind in get_args(Rows) if _LEVELS.get(kind, Level.FACILITY) > level)


def _regions(index: AreaIndex) -> tuple[Place, ...]:
    codes = (code for code in index.sizes if parse_area(code).level is Level.REGION)
    return tuple(map(index.place, sorted(codes)))
