"""PMQA 4.0 of every unit and year, by each reading of where its tiers begin."""

from dataclasses import dataclass

from sqlalchemy import Engine

from core.access.roles import Action
from core.forms.records.across import PMQA
from core.services.guard.doors import door
from core.services.performance.rules import performance_rules
from core.services.performance.sections import tier_name
from core.services.records.stored import stored_records
from core.store.engine.unit_of_work import reading
from core.text import Text


@dataclass(frozen=True)
class PmqaStatus:
    """A unit's score of a year, and the tier it earns by each reading."""

    office: str
    fiscal_year: int
    score: float
    tiers: tuple[Text, ...]


@door(Action.READ)
def pmqa_statuses(engine: Engine) -> tuple[PmqaStatus, ...]:
    """Every score that was sent, the newest year first; tiers in the order of the readings."""
    with reading(engine) as session:
        rows = stored_records(session, (PMQA,))
    scored = [row for row in rows if "pmqa.score" in row.values]
    statuses = [
        PmqaStatus(row.labels[0], row.fiscal_year, score, _tiers(score))
        for row in scored
        for score in (row.value("pmqa.score"),)
    ]
    return tuple(sorted(statuses, key=lambda one: (-one.fiscal_year, one.office)))


def _tiers(score: float) -> tuple[Text, ...]:
    tiers = (one.tier(score) for one in performance_rules().pmqa.readings)
    return tuple(tier_name(one, is_below=one is None) for one in tiers)
