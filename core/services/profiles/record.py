"""Everything stored about one facility, read at once for each version of the results and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from core.periods import Period
from core.services.rules.finance import CRISIS
from core.services.rules.in_force import RulesInForce, rules_of
from core.services.scored.basis import UNKNOWN, Basis, basis_of
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, facility_states
from core.store.results.area_rows import area_names
from core.store.results.subject_rows import SubjectRow, SubjectRows, subject_rows
from core.text import Text

_CACHED: Final = 128
"""Facilities in the cache, a quarter of a megabyte each."""
_NONE: Final[Mapping[Period, SubjectRow]] = {}


@dataclass(frozen=True)
class Shared:
    """What all facilities share: the rules, and the names of areas."""

    rules: RulesInForce
    names: Mapping[str, Text]


@dataclass(frozen=True)
class Record:
    """One facility: its results by criterion and period, and its states, oldest first."""

    hcode: str
    results: SubjectRows
    states: tuple[PlacedFacility, ...]
    shared: Shared

    def at(self, period: Period) -> PlacedFacility | None:
        """The facility as it was in a month; None when the register does not know it."""
        until = [one for one in self.states if one.valid_from <= period.ordinal]
        return until[-1] if until else None

    def of(self, criterion: str) -> Mapping[Period, SubjectRow]:
        """The results of a criterion by period, by kind, oldest first."""
        return self.results.get(criterion, _NONE)

    def basis(self, period: Period) -> Basis:
        """What its crisis level of a month rests on."""
        row = self.of(CRISIS).get(period)
        return basis_of(row.rests) if row else UNKNOWN


@lru_cache(maxsize=_CACHED)
def record(engine: Engine, version: str, hcode: str) -> Record:
    """The record of a facility in a version of the results; empty where nobody knows it."""
    common = shared(engine, version)
    with reading(engine) as session:
        return Record(hcode, subject_rows(session, hcode), facility_states(session, hcode), common)


@lru_cache(maxsize=4)
def shared(engine: Engine, version: str) -> Shared:  # noqa: ARG001
    """The rules in force and the names of areas in a version of the results."""
    with reading(engine) as session:
        names = {code: Text(th, en) for code, (th, en, _) in area_names(session).items()}
        return Shared(rules_of(session), names)
