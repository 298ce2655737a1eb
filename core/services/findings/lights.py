"""The lights of every facility by every criterion of a period, as arrays.

What a facility is judged by gives its light, and it is red as well where a governance matrix lights
it red. A column of a matrix whose criterion judges nothing by itself has lights of its own.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import parse_area
from core.criteria.catalog import RuleSet
from core.criteria.model import AreaShare, Indicator, LightMatrix
from core.findings.lights import Light, Lights, lights_of
from core.periods import Period
from core.scoring.base.states import State
from core.scoring.themes.lights import LightColour
from core.services.findings.criteria import Judging, column_judged, judged_by, province_of
from core.services.geography.places import facilities_in
from core.services.governance.cells import LightCell
from core.services.governance.data import matrix_month
from core.services.overview.month import HOSPITAL
from core.services.rules.expected import units_to_report
from core.services.rules.in_force import rules_in_force
from core.services.rules.indicators import PER
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import SiteRow
from core.store.results.light_rows import light_columns, subjects_of_year
from core.store.results.versions import stamp_now

PCU: Final = "pcu"
_BELOW: Final = {"R": "region", "P": "province", "D": "district"}


@dataclass(frozen=True)
class Lit:
    """Lights of n subjects by the criteria of a period; every array has n rows.

    `results` are the numbers of stored results, 0 where there is none; `values` NaN where there is
    none. `matrix` holds the red columns of matrices, by row. `is_sent`: anybody anywhere has a
    result by it.
    """

    criterion: str
    judging: Judging
    subjects: tuple[str, ...]
    lights: Lights
    results: NDArray[np.int64]
    values: NDArray[np.float64]
    matrix: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class SubjectLight:
    """The light of one subject by one criterion: its place among the lights of a period."""

    lit: Lit
    place: int

    def __lt__(self, other: "SubjectLight") -> bool:
        return self.key < other.key

    @property
    def key(self) -> tuple[str, str]:
        """Subject and criterion."""
        return self.lit.subjects[self.place], self.lit.criterion

    @property
    def light(self) -> int:
        """The `Light`."""
        return int(self.lit.lights[self.place])

    @property
    def period(self) -> Period:
        """The period of the result."""
        return self.lit.judging.period

    @property
    def result(self) -> int:
        """The number of the stored result; 0 where there is none."""
        return int(self.lit.results[self.place])

    @property
    def value(self) -> float | None:
        """The value; None where there is none."""
        value = float(self.lit.values[self.place])
        return None if np.isnan(value) else value


@dataclass(frozen=True)
class PeriodLights:
    """All lights of a period in an area; `sites` are the facilities that were looked at."""

    period: Period
    area: str
    rules: RuleSet
    columns: tuple[Lit, ...]
    sites: Mapping[str, SiteRow]

    @property
    def count(self) -> int:
        """How many lights there are, those that are none left out."""
        return int(sum((one.lights != Light.NONE).sum() for one in self.columns))

    @cached_property
    def _areas(self) -> frozenset[str]:
        """The area itself and all areas in it that have a facility."""
        level = parse_area(self.area).level
        codes = {c for s in self.sites.values() for c in (s.region, s.province, s.district)}
        return frozenset(c for c in codes if parse_area(c).level > level) | {self.area}

    def holds(self, subject: str) -> bool:
        """Whether a facility or an area was looked at."""
        return subject in self.sites or subject in self._areas

    def province(self, subject: str) -> str:
        """The province of a facility or an area; empty for what is larger."""
        return self.sites[subject].province if subject in self.sites else province_of(subject)


def period_lights(engine: Engine, period: Period, area: str) -> PeriodLights:
    """The lights of a month, or of a round with its last month.

    Of a theme of which a facility reported nothing at all only the first criterion is silent: what
    is missing is one report.
    """
    version = stamp_now(engine)
    known = {kind: facilities_in(engine, version, kind, period.month) for kind in (HOSPITAL, PCU)}
    with reading(engine) as session:
        rules = rules_in_force(session, period)
        judging = judged_by(rules, period)
        due = {kind: _due(session, kind, known[kind], judging, area) for kind in known}
        columns = [_column(session, one, due[one.of]) for one in judging]
    matrices = _Matrices(engine, rules, period)
    columns = [_with_red(one, matrices) for one in columns]
    columns += [_column_of(one, cells, due[one.of]) for one, cells in matrices.columns.items()]
    sites = {hcode: known[kind][hcode] for kind, codes in due.items() for hcode in codes}
    return PeriodLights(period, area, rules, tuple(_together(columns)), sites)


def _due(
    session: Session,
    kind: str,
    sites: Mapping[str, SiteRow],
    judging: Sequence[Judging],
    area: str,
) -> tuple[str, ...]:
    """The facilities of an area that should report, in the order of their codes."""
    level = _BELOW.get(area[:1])
    due: Collection[str] = sites
    if kind != HOSPITAL:
        criteria = [one.criterion for one in judging if one.of == kind]
        year = judging[0].period.fiscal_year
        due = units_to_report(sites, subjects_of_year(session, criteria, year))
    return tuple(
        h
        for h in sites
        if h in due and (level is None or getattr(sites[h], level) == area or h == area)
    )


def _column(session: Session, judging: Judging, due: tuple[str, ...]) -> Lit:
    """One criterion of all who are due; silent where there is no result."""
    lights = np.full(len(due), Light.SILENT if judging.is_due else Light.NONE, dtype=np.int8)
    results = np.zeros(len(due), dtype=np.int64)
    values = np.full(len(due), np.nan)
    rows = light_columns(session, judging.criterion, judging.period)
    place = {hcode: number for number, hcode in enumerate(due)}
    at = np.array([place.get(subject, -1) for subject in rows.subjects], dtype=np.int64)
    here = at >= 0
    lit = lights_of(rows.verdicts, rows.states)
    if not judging.is_due:
        lit = np.where(lit == Light.SILENT, np.int8(Light.NONE), lit)
    lights[at[here]], results[at[here]] = lit[here], rows.ids[here]
    reported = rows.states == State.REPORTED
    values[at[here]] = np.where(reported, rows.values, np.nan)[here]
    is_sent = len(rows.subjects) > 0
    return Lit(judging.criterion, judging, due, lights, results, values, is_sent=is_sent)


class _Matrices:
    """What the governance matrices light in a period.

    `red` are the red columns of a subject by a criterion that is judged itself; `columns` the cells
    of columns whose criterion is not: those have findings of their own.
    """

    def __init__(self, engine: Engine, rules: RuleSet, period: Period) -> None:
        self.red: dict[tuple[str, Period], dict[str, tuple[str, ...]]] = {}
        self.columns: dict[Judging, dict[str, LightCell]] = {}
        for matrix in (one for one in rules.rules.values() if isinstance(one, LightMatrix)):
            facilities = matrix_month(engine, matrix.id, period.month).facilities
            for place, column in enumerate(matrix.parts):
                judging = column_judged(rules, column, period)
                cells = {h: one.cells[place] for h, one in facilities.items()}
                if judging is not None:
                    self.columns[judging] = cells
                else:
                    self._add_red(column.id, cells, {period, period.month})

    def _add_red(
        self, column: str, cells: Mapping[str, LightCell], wanted: Collection[Period]
    ) -> None:
        for cell in cells.values():
            is_red = cell.light is LightColour.RED
            if is_red and cell.period and cell.period in wanted and cell.subject:
                by = self.red.setdefault((cell.criterion or "", cell.period), {})
                by[cell.subject] = (*by.get(cell.subject, ()), column)


def _with_red(column: Lit, matrices: _Matrices) -> Lit:
    """A column, red as well where a matrix is."""
    by = matrices.red.get((column.criterion, column.judging.period), {})
    red = {place: by[one] for place, one in enumerate(column.subjects) if one in by}
    lights = column.lights.copy()
    lights[list(red)] = Light.RED
    return replace(column, lights=lights, matrix=red)


def _column_of(judging: Judging, cells: Mapping[str, LightCell], due: tuple[str, ...]) -> Lit:
    """A column of a matrix as what facilities are judged by."""
    here = [cells.get(one) for one in due]
    judged = [one if one and one.period == judging.period else None for one in here]
    return Lit(
        judging.criterion,
        judging,
        due,
        np.array([one.light if one else Light.NONE for one in judged], dtype=np.int8),
        np.array([(one.result if one else 0) or 0 for one in judged], dtype=np.int64),
        np.array(
            [np.nan if one is None or one.figure is None else one.figure for one in judged],
            dtype=np.float64,
        ),
    )


def _together(columns: Sequence[Lit]) -> Iterator[Lit]:
    """The columns; where a report is missing whole, the first of its criteria is silent alone.

    A report that nobody in the country has sent is not collected, and nobody is silent.
    """
    groups: dict[tuple[str, str], list[Lit]] = {}
    for one in columns:
        groups.setdefault((one.judging.report, one.judging.of), []).append(one)
    for several in groups.values():
        due = [one for one in several if one.judging.is_due]
        if not any(one.is_sent for one in due):
            for one in due:
                one.lights[one.lights == Light.SILENT] = Light.NONE
        elif len(due) > 1:
            stacked = np.stack([one.lights for one in several])
            nothing = ((stacked == Light.SILENT) | (stacked == Light.NONE)).all(axis=0)
            for one in due[1:]:
                one.lights[nothing & (one.lights == Light.SILENT)] = Light.NONE
        yield from several


def area_lights(
    session: Session, lights: PeriodLights, followed: Mapping[str, Collection[str]]
) -> Iterator[Lit]:
    """The lights of areas by area criteria: of those that are followed, by criterion."""
    for criterion, subjects in followed.items():
        rule = lights.rules.rules.get(criterion)
        if not isinstance(rule, AreaShare):
            continue
        unit = lights.rules.rules.get(rule.of)
        per = unit.per if isinstance(unit, Indicator) else PER["M"]
        periods = (lights.period.month, lights.period)
        when = next((one for one in periods if PER[one.part] == per), None)
        if when is not None:
            judging = Judging(criterion, when, "", "", is_due=True)
            yield _column(session, judging, tuple(sorted(subjects)))
