"""The lights of one governance matrix in one month, the whole country at once.

Read once for each version of the results and kept; a click only looks things up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sqlalchemy import Engine

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import LightColumn, LightMatrix
from core.errors import UsageError
from core.forms.cells.open import collector_at_rest
from core.periods import Period, months_of
from core.scoring.base.states import Verdict
from core.scoring.themes.lights import LightColour
from core.services.geography.country import Country, Place
from core.services.geography.places import areas_named, facilities_in
from core.services.governance.cells import LightCell, hospital_cells, network_cells
from core.services.governance.sources import HOSPITAL, Source, other_verdicts, sources
from core.services.rules.in_force import rules_in_force
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import SiteRow
from core.store.results.light_rows import result_periods
from core.store.results.versions import stamp_now
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
    return _months(engine, stamp_now(engine), tuple(wanted))


@lru_cache(maxsize=8)
def _months(engine: Engine, version: str, wanted: tuple[str, ...]) -> tuple[Period, ...]:  # noqa: ARG001
    with reading(engine) as session:
        told = result_periods(session, _criteria(wanted))
    return months_of(one for one in told if matrices_in(one.fiscal_year, wanted))


def _criteria(wanted: Sequence[str]) -> set[str]:
    """Every criterion that a matrix is lit by, whatever the year."""
    editions = [e for one in wanted for e in catalog().criteria[one].editions]
    rules = [edition.rule for edition in editions if isinstance(edition.rule, LightMatrix)]
    return {of for rule in rules for column in rule.parts for of in column.of}


def matrix_month(
    engine: Engine, matrix: str, period: Period, *, before: Period | None = None
) -> MatrixMonth:
    """A matrix in a month; `UsageError` U002 where no such matrix was in force then."""
    return matrix_at(engine, stamp_now(engine), matrix, period, before)


@lru_cache(maxsize=_KEPT)
def matrix_at(
    engine: Engine, version: str, matrix: str, period: Period, before: Period | None
) -> MatrixMonth:
    """A matrix in a month, of a version of the results."""
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
        told = sources(session, rules, rule, period, before)
        others = {
            column.beside: other_verdicts(session, rules, column.beside, period)
            for column in rule.parts
            if column.beside
        }
    known = {
        kind: facilities_in(engine, version, kind, period)
        for kind in {HOSPITAL, *(source.of for source in told.values())}
    }
    columns = [
        _beside(_cells(column, told[column.id], known), others.get(column.beside or "", {}))
        for column in rule.parts
    ]
    rows = zip(known[HOSPITAL].items(), zip(*columns, strict=True), strict=True)
    found = {hcode: LitHospital(hcode, *site[:5], cells) for (hcode, site), cells in rows}
    return MatrixMonth(rule, rules, period, before, areas_named(engine, version), found)


def _cells(
    column: LightColumn, source: Source, known: Mapping[str, Mapping[str, SiteRow]]
) -> list[LightCell]:
    """The lights of a column, each beside the one of the period before."""
    hospitals = known[HOSPITAL]
    if source.of == HOSPITAL:
        return hospital_cells(column, source.told, source.before, list(hospitals))
    units = known[source.of]
    places = {site.district for site in units.values()}
    networks = [h.district if h.district in places else None for h in hospitals.values()]
    listed = _listed(source, units)
    return network_cells(column, source.told, source.before, listed, networks)


def _listed(source: Source, units: Mapping[str, SiteRow]) -> Mapping[str, list[str]]:
    """Of every network the facilities that should report: those on a list of the year."""
    found: dict[str, list[str]] = defaultdict(list)
    for hcode, site in units.items():
        if hcode in source.listed:
            found[site.district].append(hcode)
    return found


def _beside(cells: list[LightCell], other: Mapping[str, Verdict]) -> list[LightCell]:
    """The cells with the other verdict, where one says good and the other does not."""
    return [_with(cell, other) for cell in cells] if other else cells


def _with(cell: LightCell, other: Mapping[str, Verdict]) -> LightCell:
    verdict = other.get(cell.subject or "", Verdict.NOT_JUDGED)
    if cell.light is LightColour.NONE or verdict is Verdict.NOT_JUDGED:
        return cell
    differ = (cell.light is LightColour.GREEN) != (verdict is Verdict.PASS)
    return cell._replace(beside=verdict) if differ else cell
