"""What is typed for the inspection report of an area: measures C and D, and recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import parse_area
from core.errors import UsageError
from core.periods import Period
from core.services.audit.leaving import leave
from core.services.evidence.deeds import Actor
from core.services.findings.lists import actor_for, finding_lists, typed_lines
from core.services.guard.doors import door
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.findings.narratives import enter_narrative, narratives
from core.store.findings.rows import Narrative
from core.text import Text, say

RECOMMENDATIONS: Final = "recommendations"


@dataclass(frozen=True, slots=True)
class Narrated:
    """A part of a report: what it is called, and what was typed last; None where nothing was.

    `measure` is its letter among the five measures, empty for recommendations, which need no
    evidence. `versions` are all that was typed, oldest first.
    """

    part: str
    measure: str
    name: Text
    newest: Narrative | None
    versions: tuple[Narrative, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed for a part of a report."""

    part: str
    words: str
    evidence: str = ""


def parts() -> Mapping[str, tuple[str, Text]]:
    """The parts that can be typed: letter and name by id."""
    known = {key: (one.measure, one.name) for key, one in finding_lists().narratives.items()}
    return known | {RECOMMENDATIONS: ("", say("Recommendations"))}


@door(Action.READ, "area")
def narrated(engine: Engine, area: str, period: Period) -> tuple[Narrated, ...]:
    """What was typed for an area in the round of a period, part by part."""
    with reading(engine) as session:
        every = narratives(session, area, period.round)
    by_part = []
    for part, (measure, name) in parts().items():
        versions = tuple(one for one in every if one.part == part)
        newest = versions[-1] if versions else None
        by_part.append(Narrated(part, measure, name, newest, versions))
    return tuple(by_part)


@door(Action.FINDINGS, "area")
def narrate(
    engine: Engine,
    area: str,
    period: Period,
    typed: Typed,
    *,
    actor: Actor,
    known: int = 0,
) -> Narrative:
    """Type a part anew; `known` is the version that was seen, 0 for the newest.

    Where somebody else typed meanwhile both versions stay, the later counts, and `unseen` says of
    how many versions its writer did not know. `UsageError` U076 for an unknown part.
    """
    by = actor_for(actor, "narrate")
    if typed.part not in parts():
        raise UsageError("U076", typed=typed.part, known=", ".join(parts()))
    where = parse_area(area).code
    with unit_of_work(engine) as session:
        before = [o for o in narratives(session, where, period.round) if o.part == typed.part]
        newest = before[-1].version if before else 0
        new = Narrative(
            area=where,
            period=period.round,
            part=typed.part,
            version=newest + 1,
            words=typed_lines(typed.words),
            evidence=typed_lines(typed.evidence),
            role=by.role,
            by=by.name,
            at=datetime.now(UTC),
            unseen=max(0, newest - known) if known else 0,
        )
        enter_narrative(session, new)
        after = {"part": new.part, "version": new.version, "words": new.words}
        was = {"version": newest, "words": before[-1].words} if before else None
        leave(
            session, "narrated", f"narrative:{where}:{new.period}:{new.part}", by=by.name,
            role=by.role, area=where, before=was, after=after,
        )  # fmt: skip
        session.commit()
    return new
