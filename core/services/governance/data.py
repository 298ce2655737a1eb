"""All lights of one governance matrix in one month, for the whole country.

Read once for each version of the results and cached.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine

from core.areas import COUNTRY
from core.collector import collector_at_rest
from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import LightColumn, LightMatrix
from core.errors import UsageError
from core.periods import Period, months_of
from core.scoring.base.states import Verdict
from core.scoring.themes.lights import LightColour
from core.services.geography.country import Country, Place
from core.services.geography.places import areas_by_code, facilities_in
from core.services.governance.cells import LightCell, hospital_cells, network_cells
from core.services.governance.sources import Source, other_verdicts, sources
from core.services.overview.month import HOSPITAL
from core.services.rules.in_force import rules_in_force
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import SiteRow
from core.store.results.light_rows import result_periods
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 48
"""Matrices and months in the cache, about two megabytes each."""
_TALLIED: Final = 256


class LitHospital(NamedTuple):
    """A hospital with its lights, in the order of the matrix's columns."""

    hcode: str
    name_th: str
    name_en: str
    district: str
    province: str
    region: str
    cells: tuple[LightCell, ...]

    @property
    def place(self) -> Place:
        return Place(self.hcode, Text(self.name_th, self.name_en))

    def lit(self, colour: LightColour) -> int:
        """How many of its lights are of a colour."""
        return sum(cell.light is colour for cell in self.cells)

    @property
    def worst(self) -> LightColour:
        """Its most pressing light; `NONE` where it has none."""
        return max(cell.light for cell in self.cells)

    @property
    def silent(self) -> int:
        """How many columns apply to it and have no light."""
        return sum(cell.silent for cell in self.cells)


class Tally(NamedTuple):
    """What an area's lights come to.

    `red`, `yellow`, `green` are hospitals by their most pressing light, `silent` those without any;
    the others are lights: `turned_red` were better in the period before, `no_longer_red` red.
    """

    red: int = 0
    yellow: int = 0
    green: int = 0
    silent: int = 0
    red_lights: int = 0
    yellow_lights: int = 0
    turned_red: int = 0
    no_longer_red: int = 0

    @property
    def lit(self) -> int:
        """Hospitals with at least one light."""
        return self.red + self.yellow + self.green

    @property
    def hospitals(self) -> int:
        return self.lit + self.silent


@dataclass(frozen=True)
class MatrixMonth(Country[LitHospital]):
    """A matrix in a month; `before` is the month that monthly lights are compared with."""

    matrix: LightMatrix
    rules: RuleSet
    period: Period
    before: Period | None
    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, LitHospital]


def matrices_in(fiscal_year: int, wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted matrices that are in force in a fiscal year."""
    rules = catalog().ruleset(fiscal_year).rules
    return tuple(one for one in wanted if isinstance(rules.get(one), LightMatrix))


def matrix_months(engine: Engine, wanted: Sequence[str]) -> tuple[Period, ...]:
    """The months with results of any of the wanted matrices, oldest first.

    A round alone counts as its last month.
    """
    return _months(engine, stamp_now(engine), tuple(wanted))


@lru_cache(maxsize=8)
def _months(engine: Engine, version: str, wanted: tuple[str, ...]) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        periods = result_periods(session, _criteria(wanted))
    return months_of(one for one in periods if matrices_in(one.fiscal_year, wanted))


def _criteria(wanted: Sequence[str]) -> set[str]:
    """Every criterion the matrices take lights from, in any fiscal year."""
    editions = [e for one in wanted for e in catalog().criteria[one].editions]
    rules = [edition.rule for edition in editions if isinstance(edition.rule, LightMatrix)]
    return {of for rule in rules for column in rule.parts for of in column.of}


def matrix_month(
    engine: Engine, matrix: str, period: Period, *, before: Period | None = None
) -> MatrixMonth:
    """A matrix in a month; `UsageError` U002 where no such matrix was in force then."""
    return matrix_at(engine, stamp_now(engine), matrix, period, before)


def tallies(
    engine: Engine, matrix: str, period: Period, before: Period | None
) -> Mapping[str, Tally]:
    """What every area's lights of a month come to; no area without a hospital is in it."""
    return _tallies(engine, stamp_now(engine), matrix, period, before)


@lru_cache(maxsize=_TALLIED)
def _tallies(
    engine: Engine, version: str, matrix: str, period: Period, before: Period | None
) -> Mapping[str, Tally]:
    whole = matrix_at(engine, version, matrix, period, before)
    areas: dict[str, list[int]] = defaultdict(lambda: [0] * len(Tally._fields))
    for one in whole.facilities.values():
        counts = [(field, count) for field, count in enumerate(_counts(one)) if count]
        for area in (COUNTRY, one.region, one.province, one.district):
            held = areas[area]
            for field, count in counts:
                held[field] += count
    return {area: Tally(*counts) for area, counts in areas.items()}


def _counts(one: LitHospital) -> Tally:
    """A hospital alone."""
    worst, cells = one.worst, one.cells
    return Tally(
        red=worst is LightColour.RED,
        yellow=worst is LightColour.YELLOW,
        green=worst is LightColour.GREEN,
        silent=worst is LightColour.NONE,
        red_lights=one.lit(LightColour.RED),
        yellow_lights=one.lit(LightColour.YELLOW),
        turned_red=sum(cell.turned_red for cell in cells),
        no_longer_red=sum(cell.no_longer_red for cell in cells),
    )


@lru_cache(maxsize=_CACHED)
def matrix_at(
    engine: Engine, version: str, matrix: str, period: Period, before: Period | None
) -> MatrixMonth:
    """A matrix in a month, from a version of the results."""
    with collector_at_rest():
        return _read(engine, version, matrix, period, before)


def _read(
    engine: Engine, version: str, matrix: str, period: Period, before: Period | None
) -> MatrixMonth:
    with reading(engine) as session:
        rules = rules_in_force(session, period)
        rule = rules.rules.get(matrix)
        if not isinstance(rule, LightMatrix):
            raise UsageError("U002", criterion=matrix, fiscal_year=period.fiscal_year)
        by_column = sources(session, rules, rule, period, before)
        others = {
            column.beside: other_verdicts(session, rules, column.beside, period)
            for column in rule.parts
            if column.beside
        }
    known = {
        kind: facilities_in(engine, version, kind, period)
        for kind in {HOSPITAL, *(source.of for source in by_column.values())}
    }
    columns = [
        _beside(_cells(column, by_column[column.id], known), others.get(column.beside or "", {}))
        for column in rule.parts
    ]
    rows = zip(known[HOSPITAL].items(), zip(*columns, strict=True), strict=True)
    hospitals = {hcode: LitHospital(hcode, *site[:5], cells) for (hcode, site), cells in rows}
    return MatrixMonth(rule, rules, period, before, areas_by_code(engine, version), hospitals)


def _cells(
    column: LightColumn, source: Source, known: Mapping[str, Mapping[str, SiteRow]]
) -> list[LightCell]:
    """The lights of a column, each with that of the period before."""
    hospitals = known[HOSPITAL]
    if source.of == HOSPITAL:
        return hospital_cells(column, source.now, source.before, list(hospitals))
    units = known[source.of]
    places = {site.district for site in units.values()}
    networks = [h.district if h.district in places else None for h in hospitals.values()]
    listed = _listed(source, units)
    return network_cells(column, source.now, source.before, listed, networks)


def _listed(source: Source, units: Mapping[str, SiteRow]) -> Mapping[str, list[str]]:
    """By network, the facilities that should report: those on a list of the year."""
    networks: dict[str, list[str]] = defaultdict(list)
    for hcode, site in units.items():
        if hcode in source.listed:
            networks[site.district].append(hcode)
    return networks


def _beside(cells: list[LightCell], other: Mapping[str, Verdict]) -> list[LightCell]:
    """The cells, each with the other rule's verdict where the two disagree."""
    return [_with(cell, other) for cell in cells] if other else cells


def _with(cell: LightCell, other: Mapping[str, Verdict]) -> LightCell:
    verdict = other.get(cell.subject or "", Verdict.NOT_JUDGED)
    if cell.light is LightColour.NONE or verdict is Verdict.NOT_JUDGED:
        return cell
    differ = (cell.light is LightColour.GREEN) != (verdict is Verdict.PASS)
    return cell._replace(beside=verdict) if differ else cell
