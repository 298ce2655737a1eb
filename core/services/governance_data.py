"""The lights of one governance matrix in one month, the whole country at once.

Read once for each version of the results and kept; a click only looks things up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import LightColumn, LightMatrix
from core.errors import UsageError
from core.periods import Period
from core.scoring.lights import LightColour
from core.scoring.states import Verdict
from core.services.country import Country, Place
from core.services.light_cells import LightCell, hospital_cells, network_cells
from core.services.light_sources import HOSPITAL, Source, other_verdicts, sources
from core.services.rules_in_force import rules_in_force
from core.store.area_rows import SiteRow, area_names, sites
from core.store.engine import reading
from core.store.light_rows import periods_told
from core.store.versions import stamp
from core.text import Text

_KEPT: Final = 48
"""Matrices and months kept, some two megabytes each."""


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
        """Its most pressing light; none where nothing is lit."""
        return max(cell.light for cell in self.cells)

    @property
    def silent(self) -> int:
        """How many lights are not lit though they should be."""
        return sum(cell.silent for cell in self.cells)

    @property
    def told(self) -> bool:
        """Whether anything of it was told, be it in an earlier round."""
        return any(cell.result is not None for cell in self.cells)


@dataclass(frozen=True)
class MatrixMonth(Country[LitHospital]):
    """A matrix in a month; `before` is the month its monthly lights are compared with."""

    matrix: LightMatrix
    rules: RuleSet
    period: Period
    before: Period | None
    areas: Mapping[str, tuple[str, str, str]]
    facilities: Mapping[str, LitHospital]


def matrices_in(fiscal_year: int, wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of some matrices that are in force in a fiscal year."""
    rules = catalog().ruleset(fiscal_year).rules
    return tuple(one for one in wanted if isinstance(rules.get(one), LightMatrix))


def matrix_months(engine: Engine, wanted: Sequence[str]) -> tuple[Period, ...]:
    """The months in which any of some matrices has a light to show, oldest first.

    A round without a month of its own is shown in its last one.
    """
    with reading(engine) as session:
        return _months(engine, stamp(session), tuple(wanted))


@lru_cache(maxsize=8)
def _months(engine: Engine, version: str, wanted: tuple[str, ...]) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        told = periods_told(session, _criteria(wanted))
    lit = [one for one in told if matrices_in(one.fiscal_year, wanted)]
    months = {one for one in lit if one.part == "M"}
    alone = {one for one in lit if one.part == "R"} - {one.round for one in months}
    return tuple(sorted(months | {one.month for one in alone}))


def _criteria(wanted: Sequence[str]) -> set[str]:
    """Every criterion that a matrix is lit by, whatever the year."""
    editions = [e for one in wanted for e in catalog().criteria[one].editions]
    rules = [edition.rule for edition in editions if isinstance(edition.rule, LightMatrix)]
    return {of for rule in rules for column in rule.parts for of in column.of}


def matrix_month(
    engine: Engine, matrix: str, period: Period, *, before: Period | None = None
) -> MatrixMonth:
    """A matrix in a month; `UsageError` U002 where no such matrix was in force then."""
    with reading(engine) as session:
        version = stamp(session)
    return _month(engine, version, matrix, period, before)


@lru_cache(maxsize=_KEPT)
def _month(
    engine: Engine,
    version: str,  # noqa: ARG001
    matrix: str,
    period: Period,
    before: Period | None,
) -> MatrixMonth:
    with reading(engine) as session:
        return read_matrix(session, matrix, period, before)


def read_matrix(
    session: Session, matrix: str, period: Period, before: Period | None
) -> MatrixMonth:
    """Read what stands of a matrix in a month."""
    rules = rules_in_force(session, period.fiscal_year)
    rule = rules.rules.get(matrix)
    if not isinstance(rule, LightMatrix):
        raise UsageError("U002", criterion=matrix, fiscal_year=period.fiscal_year)
    hospitals = sites(session, HOSPITAL, period)
    told = sources(session, rules, rule, period, before)
    kinds = {source.of for source in told.values()} - {HOSPITAL}
    units = {kind: sites(session, kind, period) for kind in kinds}
    columns = []
    for column in rule.parts:
        source = told[column.id]
        cells = _cells(column, source, hospitals, units.get(source.of, {}))
        if column.beside:
            other = other_verdicts(session, rules, column.beside, period)
            cells = [_beside(cell, other) for cell in cells]
        columns.append(cells)
    rows = zip(hospitals.items(), zip(*columns, strict=True), strict=True)
    found = {hcode: LitHospital(hcode, *site[:5], cells) for (hcode, site), cells in rows}
    return MatrixMonth(rule, rules, period, before, area_names(session), found)


def _cells(
    column: LightColumn,
    source: Source,
    hospitals: Mapping[str, SiteRow],
    units: Mapping[str, SiteRow],
) -> list[LightCell]:
    """The lights of a column, each beside the one of the period before."""
    if source.of == HOSPITAL:
        return hospital_cells(column, source.told, source.before, list(hospitals))
    places = {site.district for site in units.values()}
    networks = [h.district if h.district in places else None for h in hospitals.values()]
    listed = _listed(source, units)
    return network_cells(column, source.told, source.before, listed, networks)


def _listed(source: Source, units: Mapping[str, SiteRow]) -> Mapping[str, list[str]]:
    """Of every network the facilities that should report: those of which the year told."""
    told = {subject for by in source.told for subject in by.rows}
    found: dict[str, list[str]] = defaultdict(list)
    for hcode, site in units.items():
        if hcode in told:
            found[site.district].append(hcode)
    return found


def _beside(cell: LightCell, other: Mapping[str, Verdict]) -> LightCell:
    """The cell with the other verdict, where one says good and the other does not."""
    verdict = other.get(cell.subject or "", Verdict.NOT_JUDGED)
    if cell.light is LightColour.NONE or verdict is Verdict.NOT_JUDGED:
        return cell
    differ = (cell.light is LightColour.GREEN) != (verdict is Verdict.PASS)
    return cell._replace(beside=verdict) if differ else cell
