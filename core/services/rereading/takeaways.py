"""What another reading would change, as a table to take away."""

from typing import Final

from core.areas import Level
from core.services.exports.delimited import delimited
from core.services.rereading.changes import Move, Side
from core.services.rereading.compare import Rescored
from core.services.rereading.counts import became
from core.services.rereading.wording import way_text
from core.services.results.listing import indicator_name
from core.text import Language

_SIDES: Final = ("value", "points", "full", "grade", "verdict", "state")
_COLUMNS: Final = (
    "indicator", "name", "period", "subject", "subject_name", "region", "province", "way", "change",
    *(f"{side}_{when}" for when in ("before", "after") for side in _SIDES),
)  # fmt: skip


def rescored_csv(found: Rescored, language: Language) -> bytes:
    """Every result that another reading moves, from what to what; opens in a spreadsheet."""
    rows = (_row(found, move, language) for one in found.compared for move in one.moved)
    return delimited([_COLUMNS, *rows])


def _row(found: Rescored, move: Move, language: Language) -> tuple[object, ...]:
    where = found.places[move.period]
    region, province = (
        where.part_of(move.subject, level) for level in (Level.REGION, Level.PROVINCE)
    )
    return (
        move.criterion,
        indicator_name(move.criterion).in_(language),
        str(move.period),
        move.subject,
        where.name(move.subject).in_(language),
        region or "",
        province or "",
        became(move),
        way_text(became(move)).in_(language),
        *_side(move.before),
        *_side(move.after),
    )


def _side(side: Side | None) -> tuple[object, ...]:
    if side is None:
        return ("",) * len(_SIDES)
    verdict, state = side.verdict.name.lower(), side.state.name.lower()
    return side.value, side.points, side.full_marks, side.grade, verdict, state
