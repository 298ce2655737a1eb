"""What another reading would change, counted: by criterion, by area, from what to what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import GradeScale
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.rereading.changes import Move, Side
from core.services.rereading.compare import Compared, Rescored

Became = Literal["worse", "lost", "gained", "better", "other", "shifted", "kept"]
"""What became of something that is judged; `shifted`: only in its figure or points."""

ORDER: Final[tuple[Became, ...]] = (
    "worse", "lost", "gained", "better", "other", "shifted", "kept",
)  # fmt: skip
"""Of several results of one facility the first of these counts."""

UNKNOWN: Final = ""
"""The part of an area in which those lie of whom the register does not know where."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many come out worse, lose or gain a result, come out better, otherwise or as before.

    `shifted` only move in their figure or points.
    """

    worse: int = 0
    lost: int = 0
    gained: int = 0
    better: int = 0
    other: int = 0
    shifted: int = 0
    kept: int = 0

    @property
    def turned(self) -> int:
        """How many come out otherwise."""
        return self.worse + self.lost + self.gained + self.better + self.other

    @property
    def all(self) -> int:
        return self.turned + self.shifted + self.kept


@dataclass(frozen=True, slots=True)
class PartTally:
    """What would become of what lies in one part of an area; `moves` are the part's own results."""

    code: str
    tally: Tally
    moves: tuple[Move, ...]


Outcome = str | int | Verdict
"""A grade, a level, or else a verdict."""


def became(move: Move) -> Became:
    """What becomes of one result."""
    return move.direction if move.turns else "shifted"


def by_criterion(found: Rescored) -> dict[str, Tally]:
    """Every criterion that is concerned or moves, over all periods."""
    counts: dict[str, Counter[Became]] = {}
    for one in found.compared:
        counted = counts.setdefault(one.criterion, Counter())
        counted.update(became(move) for move in one.moved)
        counted["kept"] += len(one.kept)
    return {criterion: _tally(counted) for criterion, counted in counts.items()}


def _tally(counts: Mapping[Became, int]) -> Tally:
    return Tally(**{str(name): counts.get(name, 0) for name in ORDER})


def about_areas(found: Rescored) -> bool:
    """Whether only areas come out otherwise: a target is read otherwise, no facility's rule."""
    return all(one.of_areas for one in found.compared)


def shown(found: Rescored) -> tuple[Compared, ...]:
    """What tells how facilities come out, or areas where nothing else does.

    A score that a grade is given for is told by the grade.
    """
    alone = about_areas(found)
    graded = {
        (rule.of, one.period)
        for one in found.compared
        if isinstance(rule := _rule(one), GradeScale)
    }
    return tuple(
        one
        for one in found.compared
        if (alone or not one.of_areas) and (one.criterion, one.period) not in graded
    )


def _rule(one: Compared) -> object:
    return catalog().ruleset_of(one.period).rules.get(one.criterion)


def outcomes(found: Rescored) -> dict[tuple[str, Period], Became]:
    """What becomes of every facility in every period, the gravest of its results first."""
    known: dict[tuple[str, Period], Became] = {}
    for one in shown(found):
        own: dict[str, Became] = dict.fromkeys(one.kept, "kept")
        own |= {move.subject: became(move) for move in one.moved}
        for subject, what in own.items():
            was = known.get((subject, one.period), "kept")
            known[subject, one.period] = min(was, what, key=ORDER.index)
    return known


def whole(found: Rescored) -> Tally:
    """How many facilities, or areas where only those are judged otherwise; one a period."""
    return _tally(Counter(outcomes(found).values()))


def by_part(found: Rescored) -> tuple[PartTally, ...]:
    """The same for each part of the area: regions, provinces, districts; by code."""
    level = parse_area(found.area).level
    if level >= Level.DISTRICT:
        return ()
    below = Level(level + 1)
    counts: dict[str, Counter[Became]] = {}
    for (subject, period), what in outcomes(found).items():
        part = found.places[period].part_of(subject, below)
        if part is not None or parse_area(subject).level is Level.FACILITY:
            counts.setdefault(part or UNKNOWN, Counter())[what] += 1
    own = _own_moves(found)
    return tuple(
        PartTally(code, _tally(counts[code]), tuple(own.get(code, ()))) for code in sorted(counts)
    )


def _own_moves(found: Rescored) -> Mapping[str, list[Move]]:
    own: dict[str, list[Move]] = {}
    for move in area_moves(found):
        own.setdefault(move.subject, []).append(move)
    return own


def turned(found: Rescored) -> tuple[Move, ...]:
    """Facilities' results that come out otherwise, those that get worse first."""
    moved = [move for one in shown(found) if not one.of_areas for move in one.moved if move.turns]
    return tuple(sorted(moved, key=lambda move: _place(found, move)))


def area_moves(found: Rescored) -> tuple[Move, ...]:
    """Areas that come out otherwise, the widest first."""
    moved = [move for one in found.compared if one.of_areas for move in one.moved if move.turns]
    return tuple(sorted(moved, key=lambda move: (parse_area(move.subject), move.period)))


def _place(found: Rescored, move: Move) -> tuple[int, tuple[str, ...], Period]:
    return ORDER.index(became(move)), found.places[move.period].chain(move.subject), move.period


def transitions(found: Iterable[Compared]) -> dict[tuple[Outcome | None, Outcome | None], int]:
    """How many come from which outcome to which, those that stay included; None: no result."""
    counts: Counter[tuple[Outcome | None, Outcome | None]] = Counter()
    for one in found:
        pairs = [(move.before, move.after) for move in one.moved]
        pairs += [(side, side) for side in one.kept.values()]
        counts.update(
            (outcome(one.criterion, before), outcome(one.criterion, after))
            for before, after in pairs
        )
    return dict(counts)


def outcome(criterion: str, side: Side | None) -> Outcome | None:
    """What a result comes out as; None where there is none."""
    if side is None or side.value is None:
        return None
    if side.grade is not None:
        return side.grade
    if catalog().criteria[criterion].unit == "level":
        return int(side.value)
    return side.verdict
