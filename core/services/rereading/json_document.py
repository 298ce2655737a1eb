"""What another reading would change, as plain data. The keys are a contract: add, never rename."""

from dataclasses import asdict
from typing import Any

from core.criteria.catalog import catalog
from core.services.exports import documents
from core.services.exports.json_values import both
from core.services.rereading.changes import Move, Side
from core.services.rereading.compare import Rescored, Switched
from core.services.rereading.counts import (
    PartTally,
    Tally,
    became,
    by_criterion,
    by_part,
    outcomes,
    whole,
)
from core.services.results.listing import indicator_name


def rescored_json(found: Rescored) -> documents.RereadingDocument:
    """Counts, and every result that another reading moves, from what to what."""
    of_areas = {one.criterion for one in found.compared if one.of_areas}
    return {
        "readings": _readings(found.before, found.after),
        "area": found.area,
        "periods": [str(period) for period in found.periods],
        "results_version": found.version,
        "counted": len(outcomes(found)),
        "counts": _counts(whole(found)),
        "criteria": [
            {
                "indicator": criterion,
                "name": both(indicator_name(criterion)),
                "of_areas": criterion in of_areas,
                "counts": _counts(tally),
            }
            for criterion, tally in by_criterion(found).items()
        ],
        "parts": [_part(found, part) for part in by_part(found)],
        "changes": [_move(found, move) for one in found.compared for move in one.moved],
    }


def _readings(before: Any, after: Any) -> list[dict[str, Any]]:
    return [
        {
            "switch": key,
            "note": both(catalog().switches[key].note),
            "before": before[key],
            "after": name,
        }
        for key, name in after.items()
    ]


def _counts(tally: Tally) -> dict[str, int]:
    """`shifted` are moved in their figure or points alone, `kept` not at all."""
    return {**asdict(tally), "turned": tally.turned, "all": tally.all}


def _part(found: Rescored, part: PartTally) -> dict[str, Any]:
    where = next(iter(found.places.values()))
    return {
        "area": part.code or None,
        "name": both(where.name(part.code)) if part.code else None,
        "counts": _counts(part.tally),
    }


def _move(found: Rescored, move: Move) -> dict[str, Any]:
    return {
        "indicator": move.criterion,
        "subject": move.subject,
        "subject_name": both(found.places[move.period].name(move.subject)),
        "period": str(move.period),
        "id": move.id,
        "way": became(move),
        "direction": move.direction,
        "before": _side(move.before),
        "after": _side(move.after),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "value": side.value,
        "points": side.points,
        "full": side.full_marks,
        "grade": side.grade,
        "verdict": side.verdict.name.lower(),
        "state": side.state.name.lower(),
    }


def switched_json(done: Switched) -> dict[str, Any]:
    """What switching did; the version is null where nothing had to be done."""
    counts = asdict(done.recomputed) if done.recomputed else {}
    return {
        "readings": _readings(done.before, done.after),
        "results_version": counts.pop("version", None),
        "results": counts,
    }
