"""Where the figures of a view come from: the rules' sources, their open questions, the moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.criteria.catalog import catalog
from core.periods import Period
from core.services.guard.doors import ANYWHERE, door
from core.services.rules.explanation import Citation, OpenQuestion, open_questions
from core.services.rules.in_force import rules_in_force
from core.services.rules.verified.marks import AreaMarks, marks_behind
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import area_names
from core.store.results.versions import latest_version, stamps_now, version
from core.text import Text


@dataclass(frozen=True, slots=True)
class Origin:
    """Sources cited, contradictions and assumptions behind a period's figures, and their moment.

    `made_at` is in UTC; None while there are no results. `verified`: how many of the area's
    self-assessments behind the figures are verified, by form.
    """

    period: Period
    citations: tuple[Citation, ...]
    questions: tuple[OpenQuestion, ...]
    assumptions: tuple[Text, ...]
    made_at: datetime | None
    verified: tuple[AreaMarks, ...] = ()


@door(Action.READ, ANYWHERE)
def origin(engine: Engine, criteria: Iterable[str], period: Period, *areas: str) -> Origin:
    """Where areas' figures of these criteria come from; those not in force are left out."""
    stamps = stamps_now(engine).verified
    return _origin_in(engine, *stamps, tuple(criteria), period, areas or (COUNTRY,))


@lru_cache(maxsize=256)
def _origin_in(
    engine: Engine,
    stamp: str,
    step: int,  # noqa: ARG001
    criteria: tuple[str, ...],
    period: Period,
    areas: tuple[str, ...],
) -> Origin:
    known = _origin(engine, stamp, criteria, period)
    marks = {area: marks_behind(engine, criteria, period, area) for area in areas}
    if len(areas) == 1:
        return replace(known, verified=marks[areas[0]])
    with reading(engine) as session:
        names = area_names(session)
    several = (
        replace(one, place=Text(*names[area][:2]) if area in names else Text(area, area))
        for area, own in marks.items()
        for one in own
    )
    return replace(known, verified=tuple(several))


@lru_cache(maxsize=64)
def _origin(
    engine: Engine,
    stamp: str,  # noqa: ARG001
    criteria: tuple[str, ...],
    period: Period,
) -> Origin:
    with reading(engine) as session:
        rules = rules_in_force(session, period)
        newest = latest_version(session)
        made_at = version(session, newest).made_at if newest else None
    known = [criterion for criterion in criteria if criterion in rules.editions]
    editions = [rules.editions[criterion] for criterion in known]
    documents = catalog().documents
    cited = [Citation(documents[e.source.document].title, e.source.where) for e in editions]
    return Origin(
        period=period,
        citations=tuple(dict.fromkeys(cited)),
        questions=tuple(q for criterion in known for q in open_questions(criterion, rules)),
        assumptions=tuple(dict.fromkeys(a.text for e in editions for a in e.assumptions)),
        made_at=made_at,
    )
