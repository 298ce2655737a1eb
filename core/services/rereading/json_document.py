"""What another reading would change, as JSON. The keys are a contract: add, never rename."""

from dataclasses import asdict
from typing import Any

from core.criteria.catalog import catalog
from core.services.exports import documents
from core.services.exports.documents import both
from core.services.rereading.changes import ChangedResult, Side
from core.services.rereading.compare import Rescored, Switched
from core.services.rereading.counts import (
    PartTally,
    Tally,
    by_criterion,
    by_part,
    effect_of,
    outcomes,
    whole,
)
from core.services.results.listing import indicator_name
from core.services.scored.basis import basis_json


def rescored_json(rescored: Rescored) -> documents.RereadingDocument:
    """Counts, and every result that another reading changes, before and after."""
    of_areas = {one.criterion for one in rescored.compared if one.of_areas}
    return {
        "readings": _readings(rescored.before, rescored.after),
        "area": rescored.area,
        "periods": [str(period) for period in rescored.periods],
        "results_version": rescored.version,
        "counted": len(outcomes(rescored)),
        "counts": _counts(whole(rescored)),
        "criteria": [
            {
                "indicator": criterion,
                "name": both(indicator_name(criterion)),
                "of_areas": criterion in of_areas,
                "counts": _counts(tally),
            }
            for criterion, tally in by_criterion(rescored).items()
        ],
        "parts": [_part(rescored, part) for part in by_part(rescored)],
        "changes": [
            _change(rescored, change) for one in rescored.compared for change in one.changed
        ],
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
    """A tally with its sums; `shifted` changed in figure or points only, `kept` not at all."""
    counts = asdict(tally)
    counts["kept"] = counts.pop("unchanged")
    return {**counts, "turned": tally.turned, "all": tally.all}


def _part(rescored: Rescored, part: PartTally) -> dict[str, Any]:
    where = next(iter(rescored.places.values()))
    return {
        "area": part.code or None,
        "name": both(where.name(part.code)) if part.code else None,
        "counts": _counts(part.tally),
    }


def _change(rescored: Rescored, change: ChangedResult) -> dict[str, Any]:
    return {
        "indicator": change.criterion,
        "subject": change.subject,
        "subject_name": both(rescored.places[change.period].name(change.subject)),
        "period": str(change.period),
        "id": change.id,
        "way": effect_of(change),
        "direction": change.direction,
        "rests_on": basis_json(change.basis),
        "before": _side(change.before),
        "after": _side(change.after),
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
    """The outcome of a switch; the version is null where nothing had to be done."""
    counts = asdict(done.recomputed) if done.recomputed else {}
    return {
        "readings": _readings(done.before, done.after),
        "results_version": counts.pop("version", None),
        "results": counts,
    }
