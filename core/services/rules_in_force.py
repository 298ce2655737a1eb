"""The rules stored results were made by: the readings an administrator chose, else the defaults."""

from collections.abc import Mapping
from typing import Final

import orjson
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog
from core.store.about import enter, note_of

_NOTE: Final = "readings"


def readings_in_force(session: Session) -> Mapping[str, str]:
    """The readings chosen for this store, by switch; a switch not named keeps its default.

    One that the criteria no longer know is left out.
    """
    said: Mapping[str, str] = orjson.loads(note_of(session, _NOTE) or "{}")
    known = catalog().switches
    return {key: name for key, name in said.items() if key in known and name in known[key].options}


def choose_readings(session: Session, readings: Mapping[str, str]) -> Mapping[str, str]:
    """Have results be made by these readings from now on; those in force afterwards.

    `UsageError` U003 for an unknown one. Nothing is recomputed.
    """
    catalog().check_readings(readings)
    chosen = {**readings_in_force(session), **readings}
    kept = {key: name for key, name in chosen.items() if name != catalog().switches[key].default}
    enter(session, _NOTE, orjson.dumps(kept).decode())
    return kept


def rules_in_force(session: Session, fiscal_year: int) -> RuleSet:
    """The rules of a fiscal year as stored results follow them."""
    return catalog().ruleset(fiscal_year, readings_in_force(session))
