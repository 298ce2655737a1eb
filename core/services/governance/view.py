"""The view of a governance matrix: an area's hospitals sorted by need, and counts of lights."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.criteria.catalog import RuleSet, catalog, measures
from core.criteria.model import LightColumn, LightMatrix
from core.periods import Period, nearest_period
from core.scoring.base.states import State
from core.scoring.themes.lights import LightColour
from core.services.geography.country import Place
from core.services.governance.data import (
    LitHospital,
    MatrixMonth,
    Tally,
    matrices_in,
    matrix_month,
    matrix_months,
    tallies,
)
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.view import below_of
from core.store.results.versions import stamp_now
from core.text import Text

VIEW: Final = 50
"""Hospitals of the matrix shown at a time."""
PAST: Final = 6
"""Months of the small charts."""

_CACHED: Final = 128

Unit = Literal["level", "points", "percent", "days", "margin", "of"]
"""What the figures of a column are: `of` are points out of full marks, a margin is in percent."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The matrix, month and area shown, each one that exists; `periods` the newest first."""

    matrices: tuple[str, ...]
    matrix: str
    periods: tuple[Period, ...]
    period: Period
    area: str
    regions: tuple[Place, ...]

    @property
    def before(self) -> Period | None:
        """The month before the one shown that has results."""
        return next((one for one in self.periods if one < self.period), None)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A column, its figures' unit, and how many hospitals have each light.

    Of those without a light, `stale` reported in an earlier round only, to `apart` the column does
    not apply, and `silent` are all others.
    """

    rule: LightColumn
    unit: Unit
    green: int
    yellow: int
    red: int
    stale: int
    apart: int
    silent: int
    turned_red: int

    @property
    def name(self) -> Text:
        return self.rule.name

    @property
    def expected(self) -> int:
        """Hospitals it applies to."""
        return self.green + self.yellow + self.red + self.stale + self.silent

    @property
    def lit(self) -> int:
        """Hospitals that have a light."""
        return self.green + self.yellow + self.red


class AreaLights(NamedTuple):
    """An area below the one shown, and what its lights come to."""

    place: Place
    lights: Tally


@dataclass(frozen=True)
class MatrixView:
    """A matrix for one area and month; `hospitals` sorted by need, `ranking` by most red lights.

    `past` are the area's lights of the last months, oldest first, the month itself the last.
    """

    matrix: LightMatrix
    period: Period
    before: Period | None
    area: Place
    chain: tuple[Place, ...]
    columns: tuple[MatrixColumn, ...]
    hospitals: tuple[LitHospital, ...]
    ranking: tuple[AreaLights, ...]
    past: Mapping[Period, Tally]

    @property
    def now(self) -> Tally:
        """The lights of the month shown."""
        return self.past[self.period]


@door(Action.READ, ANYWHERE)
def resolve_selection(
    engine: Engine, wanted: Sequence[str], *, matrix: str, period: str, area: str
) -> Selection | None:
    """Resolve the values of an address; None while no matrix has results."""
    known = matrix_months(engine, wanted)
    if not known:
        return None
    when = nearest_period(period, known)
    there = matrices_in(when.fiscal_year, wanted)
    chosen = matrix if matrix in there else there[0]
    meant = Selection(there, chosen, tuple(reversed(known)), when, COUNTRY, ())
    whole = matrix_month(engine, chosen, when, before=meant.before)
    regions = tuple(map(whole.place, whole.below(COUNTRY, Level.REGION)))
    return Selection(there, chosen, meant.periods, when, whole.meant(area), regions)


@door(Action.READ, "selection.area")
def governance_view(engine: Engine, selection: Selection) -> MatrixView:
    """The view of a selection."""
    upto = [one for one in selection.periods if one <= selection.period]
    last = tuple(upto[: PAST + 1])
    return _view(engine, stamp_now(engine), selection.matrix, last, selection.area)


@lru_cache(maxsize=_CACHED)
def _view(
    engine: Engine,
    version: str,  # noqa: ARG001
    matrix: str,
    last: tuple[Period, ...],
    area: str,
) -> MatrixView:
    period, before = last[0], last[1] if len(last) > 1 else None
    whole = matrix_month(engine, matrix, period, before=before)
    inside = tuple(sorted(whole.inside(area), key=_need))
    is_district = parse_area(area).level >= Level.DISTRICT
    parts = () if is_district else whole.below(area, below_of(area))
    counted = tallies(engine, matrix, period, before)
    ranking = (AreaLights(whole.place(code), counted[code]) for code in parts)
    return MatrixView(
        matrix=whole.matrix,
        period=period,
        before=before,
        area=whole.place(area),
        chain=whole.chain(area),
        columns=tuple(_columns(whole, inside)),
        hospitals=inside,
        ranking=tuple(sorted(ranking, key=_area_need)),
        past=dict(_past(engine, matrix, last, area)),
    )


def _past(
    engine: Engine, matrix: str, last: Sequence[Period], area: str
) -> Iterator[tuple[Period, Tally]]:
    """The months in which the matrix was in force, oldest first; `last` are the newest first."""
    pairs = list(zip(last, (*last[1:], None), strict=True))[:PAST]
    for period, before in reversed(pairs):
        if matrices_in(period.fiscal_year, (matrix,)):
            yield period, tallies(engine, matrix, period, before).get(area, Tally())


def _need(one: LitHospital) -> tuple[int, int, int, str]:
    """Sort key: most red lights first, then most yellow ones, then most missing ones."""
    return -one.lit(LightColour.RED), -one.lit(LightColour.YELLOW), -one.silent, one.hcode


def _columns(whole: MatrixMonth, inside: Sequence[LitHospital]) -> Iterable[MatrixColumn]:
    for place, rule in enumerate(whole.matrix.parts):
        cells = [one.cells[place] for one in inside]
        lit = [cell.light for cell in cells]
        stale = sum(cell.state is State.STALE for cell in cells)
        silent = sum(cell.silent for cell in cells)
        yield MatrixColumn(
            rule=rule,
            unit=_unit(rule, whole.rules),
            green=lit.count(LightColour.GREEN),
            yellow=lit.count(LightColour.YELLOW),
            red=lit.count(LightColour.RED),
            stale=stale,
            apart=lit.count(LightColour.NONE) - silent,
            silent=silent - stale,
            turned_red=sum(cell.turned_red for cell in cells),
        )


def _unit(rule: LightColumn, rules: RuleSet) -> Unit:
    """The unit of a column's figures, by its rule or the catalogue of measures."""
    if rule.take in ("points", "margin"):
        return "of" if rule.take == "points" else "margin"
    node = rules.nodes.get(why_of(rule, rule.of[0]))
    measure = measures().get(getattr(node, "figure", ""))
    unit = measure.unit if measure else catalog().criteria[rule.of[0]].unit
    known: dict[str, Unit] = {"level": "level", "points": "points", "days": "days"}
    return known.get(unit, "percent")


def why_of(rule: LightColumn, criterion: str) -> str:
    """Full id of the rule that explains a light: a criterion, or the part of it that is read."""
    return criterion if rule.part is None else f"{criterion}.{rule.part}"


def _area_need(row: AreaLights) -> tuple[int, int, str]:
    return -row.lights.red_lights, -row.lights.yellow_lights, row.place.code
