"""Every contradiction (⚠) in the sources of the rules: place, possible readings, and changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import catalog
from core.criteria.model import Criterion
from core.criteria.model.base import Source
from core.services.guard.doors import ANYWHERE, door
from core.services.rereading.compare import concerned_criteria
from core.services.rules.explanation import Citation
from core.services.rules.in_force import every_reading, readings_in_force
from core.store.engine.unit_of_work import reading
from core.store.results.reading_changes import ReadingChangeInfo, reading_changes
from core.store.results.versions import stamp_now
from core.text import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a contradictory rule."""

    name: str
    wording: Text
    in_force: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A switch with its readings, the default first.

    `theme` is None for one that no criterion is about: `page` then judges what it is about.
    `about` are the criteria concerned: printed number, if any, and name. `changes` are the switches
    made so far, newest first.
    """

    switch: str
    theme: str | None
    about: tuple[tuple[str, Text], ...]
    note: Text
    citations: tuple[Citation, ...]
    readings: tuple[Reading, ...]
    changes: tuple[ReadingChangeInfo, ...]
    page: str = ""

    @property
    def in_force(self) -> Reading:
        return next(one for one in self.readings if one.in_force)

    @property
    def others(self) -> tuple[Reading, ...]:
        """The readings that are not in force."""
        return tuple(one for one in self.readings if not one.in_force)

    def reading(self, name: str) -> Reading | None:
        """A reading by its name; None where there is no such."""
        return next((one for one in self.readings if one.name == name), None)


@door(Action.READ, ANYWHERE)
def contradictions(engine: Engine) -> tuple[Contradiction, ...]:
    """All contradictions, in the order of the criteria."""
    return _contradictions(engine, stamp_now(engine))


@lru_cache(maxsize=4)
def _contradictions(engine: Engine, version: str) -> tuple[Contradiction, ...]:  # noqa: ARG001
    with reading(engine) as session:
        return tuple(_all(session))


@door(Action.READ, ANYWHERE)
def in_force(engine: Engine) -> Mapping[str, str]:
    """The readings of a store that are not the default, by switch."""
    with reading(engine) as session:
        return readings_in_force(session)


def _all(session: Session) -> Iterator[Contradiction]:
    force = every_reading(readings_in_force(session))
    history = reading_changes(session)
    for key, switch in catalog().switches.items():
        criteria = [catalog().criteria[one] for one in concerned_criteria([key])]
        apart = catalog().apart.get(key)
        yield Contradiction(
            switch=key,
            theme=criteria[0].theme if criteria else None,
            about=(("", apart.about),)
            if apart
            else tuple((one.no or "", one.name) for one in criteria),
            note=switch.note,
            citations=(_citation(apart.source),)
            if apart
            else tuple(dict.fromkeys(c for one in criteria for c in _cited(one, key))),
            readings=tuple(
                Reading(name, option.name, name == force[key], name == switch.default)
                for name, option in switch.options.items()
            ),
            changes=tuple(one for one in history if one.switch == key),
            page=apart.page if apart else "",
        )


def _citation(source: Source) -> Citation:
    return Citation(catalog().documents[source.document].title, source.where)


def _cited(criterion: Criterion, switch: str) -> Iterator[Citation]:
    for edition in criterion.editions:
        if switch in edition.readings:
            yield _citation(edition.source)
