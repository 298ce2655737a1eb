"""CSV of what another reading would change."""

from typing import Final

from core.areas import Level
from core.services.exports.delimited import delimited
from core.services.rereading.changes import ChangedResult, Side
from core.services.rereading.compare import Rescored
from core.services.rereading.counts import effect_of
from core.services.rereading.wording import way_text
from core.services.results.listing import indicator_name
from core.text import Language

_SIDES: Final = ("value", "points", "full", "grade", "verdict", "state")
_COLUMNS: Final = (
    "indicator", "name", "period", "subject", "subject_name", "region", "province", "way", "change",
    *(f"{side}_{when}" for when in ("before", "after") for side in _SIDES), "way", "in_doubt",
)  # fmt: skip


def rescored_csv(rescored: Rescored, language: Language) -> bytes:
    """CSV of every result that another reading changes, before and after."""
    rows = (_row(rescored, change, language) for one in rescored.compared for change in one.changed)
    return delimited([_COLUMNS, *rows])


def _row(rescored: Rescored, change: ChangedResult, language: Language) -> tuple[object, ...]:
    where = rescored.places[change.period]
    region, province = (
        where.part_of(change.subject, level) for level in (Level.REGION, Level.PROVINCE)
    )
    return (
        change.criterion,
        indicator_name(change.criterion).in_(language),
        str(change.period),
        change.subject,
        where.name(change.subject).in_(language),
        region or "",
        province or "",
        effect_of(change),
        way_text(effect_of(change)).in_(language),
        *_side(change.before),
        *_side(change.after),
        change.basis.way,
        " ".join(change.basis.doubts),
    )


def _side(side: Side | None) -> tuple[object, ...]:
    if side is None:
        return ("",) * len(_SIDES)
    verdict, state = side.verdict.name.lower(), side.state.name.lower()
    return side.value, side.points, side.full_marks, side.grade, verdict, state
