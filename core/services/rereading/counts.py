"""Counts of what another reading would change: by criterion, by area, by transition."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import GradeScale
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.rereading.changes import ChangedResult, Side
from core.services.rereading.compare import Compared, Rescored

Effect = Literal["worse", "lost", "gained", "better", "other", "shifted", "unchanged"]
"""How a result changes; `shifted`: only in its figure or points. Values are part of the JSON."""

ORDER: Final[tuple[Effect, ...]] = (
    "worse", "lost", "gained", "better", "other", "shifted", "unchanged",
)  # fmt: skip
"""Gravest first: of several results of one facility the first of these counts."""

UNKNOWN: Final = ""
"""The part of an area for subjects that are not in the register."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of results by effect; the JSON document calls `unchanged` "kept".

    `other` changes outcome neither for better nor worse, `shifted` only figure or points,
    `unchanged` nothing.
    """

    worse: int = 0
    lost: int = 0
    gained: int = 0
    better: int = 0
    other: int = 0
    shifted: int = 0
    unchanged: int = 0

    @property
    def turned(self) -> int:
        """How many change their outcome."""
        return self.worse + self.lost + self.gained + self.better + self.other

    @property
    def all(self) -> int:
        return self.turned + self.shifted + self.unchanged


@dataclass(frozen=True, slots=True)
class PartTally:
    """The tally of one part of an area; `own_changes` are changed results of the part itself."""

    code: str
    tally: Tally
    own_changes: tuple[ChangedResult, ...]


Outcome = str | int | Verdict
"""A grade, a level, or else a verdict."""


def effect_of(change: ChangedResult) -> Effect:
    """The effect of another reading on one result."""
    return change.direction if change.turns else "shifted"


def by_criterion(rescored: Rescored) -> dict[str, Tally]:
    """The tally of every criterion that is concerned or changes, over all periods."""
    counts: dict[str, Counter[Effect]] = {}
    for one in rescored.compared:
        counted = counts.setdefault(one.criterion, Counter())
        counted.update(effect_of(change) for change in one.changed)
        counted["unchanged"] += len(one.unchanged)
    return {criterion: _tally(counted) for criterion, counted in counts.items()}


def _tally(counts: Mapping[Effect, int]) -> Tally:
    return Tally(**{str(name): counts.get(name, 0) for name in ORDER})


def about_areas(rescored: Rescored) -> bool:
    """Whether only areas are affected: the reading is of a target, not of a facility's rule."""
    return all(one.of_areas for one in rescored.compared)


def shown(rescored: Rescored) -> tuple[Compared, ...]:
    """The criteria to count by: those of facilities, or of areas where there are no others.

    A score with a grade is represented by the grade.
    """
    alone = about_areas(rescored)
    graded = {
        (rule.of, one.period)
        for one in rescored.compared
        if isinstance(rule := _rule(one), GradeScale)
    }
    return tuple(
        one
        for one in rescored.compared
        if (alone or not one.of_areas) and (one.criterion, one.period) not in graded
    )


def _rule(one: Compared) -> object:
    return catalog().ruleset_of(one.period).rules.get(one.criterion)


def outcomes(rescored: Rescored) -> dict[tuple[str, Period], Effect]:
    """The gravest effect on every facility in every period."""
    known: dict[tuple[str, Period], Effect] = {}
    for one in shown(rescored):
        own: dict[str, Effect] = dict.fromkeys(one.unchanged, "unchanged")
        own |= {change.subject: effect_of(change) for change in one.changed}
        for subject, effect in own.items():
            was = known.get((subject, one.period), "unchanged")
            known[subject, one.period] = min(was, effect, key=ORDER.index)
    return known


def whole(rescored: Rescored) -> Tally:
    """Facilities by effect, or areas where only those are affected; each counts once a period."""
    return _tally(Counter(outcomes(rescored).values()))


def by_part(rescored: Rescored) -> tuple[PartTally, ...]:
    """The tally of each part of the area (regions, provinces or districts), sorted by code."""
    level = parse_area(rescored.area).level
    if level >= Level.DISTRICT:
        return ()
    below = Level(level + 1)
    counts: dict[str, Counter[Effect]] = {}
    for (subject, period), effect in outcomes(rescored).items():
        part = rescored.places[period].part_of(subject, below)
        if part is not None or parse_area(subject).level is Level.FACILITY:
            counts.setdefault(part or UNKNOWN, Counter())[effect] += 1
    own = _changes_by_area(rescored)
    return tuple(
        PartTally(code, _tally(counts[code]), tuple(own.get(code, ()))) for code in sorted(counts)
    )


def _changes_by_area(rescored: Rescored) -> Mapping[str, list[ChangedResult]]:
    own: dict[str, list[ChangedResult]] = {}
    for change in changed_areas(rescored):
        own.setdefault(change.subject, []).append(change)
    return own


def changed_facilities(rescored: Rescored) -> tuple[ChangedResult, ...]:
    """Facilities' results whose outcome changes, those that get worse first."""
    changes = [
        change
        for one in shown(rescored)
        if not one.of_areas
        for change in one.changed
        if change.turns
    ]
    return tuple(sorted(changes, key=lambda change: _place(rescored, change)))


def changed_areas(rescored: Rescored) -> tuple[ChangedResult, ...]:
    """Areas' results whose outcome changes, the widest areas first."""
    changes = [
        change
        for one in rescored.compared
        if one.of_areas
        for change in one.changed
        if change.turns
    ]
    return tuple(sorted(changes, key=lambda change: (parse_area(change.subject), change.period)))


def _place(rescored: Rescored, change: ChangedResult) -> tuple[int, tuple[str, ...], Period]:
    return (
        ORDER.index(effect_of(change)),
        rescored.places[change.period].chain(change.subject),
        change.period,
    )


def transitions(compared: Iterable[Compared]) -> dict[tuple[Outcome | None, Outcome | None], int]:
    """Number of results by outcome before and after, unchanged ones included; None: no result."""
    counts: Counter[tuple[Outcome | None, Outcome | None]] = Counter()
    for one in compared:
        pairs = [(change.before, change.after) for change in one.changed]
        pairs += [(side, side) for side in one.unchanged.values()]
        counts.update(
            (outcome(one.criterion, before), outcome(one.criterion, after))
            for before, after in pairs
        )
    return dict(counts)


def outcome(criterion: str, side: Side | None) -> Outcome | None:
    """The outcome of a result; None where there is no result."""
    if side is None or side.value is None:
        return None
    if side.grade is not None:
        return side.grade
    if catalog().criteria[criterion].unit == "level":
        return int(side.value)
    return side.verdict
