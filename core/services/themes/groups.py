"""Counts of facilities by outcome: grade, steps passed, light of a matrix, or verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.criteria.catalog import RuleSet
from core.criteria.model import Indicator, LightColumn, LightMatrix
from core.figures.province_map import Tone
from core.scoring.base.inputs import FloatArray
from core.scoring.base.threshold import lies_in
from core.scoring.explain.words import edge_text, number
from core.scoring.themes.indicator import NO_GRADE, grade_places
from core.scoring.themes.lights import LightColour, light
from core.text import Text, say

_TONES: Final[dict[str, Tone]] = {"green": "pass", "yellow": "watch", "red": "fail"}
_SILENT: Final[Tone] = "none"
_NOWHERE: Final = -1
_OPEN: Final = -2

Values = tuple[FloatArray, FloatArray]
"""Lowest and highest possible value of each facility, shape (facilities,); NaN: no result."""


@dataclass(frozen=True, slots=True)
class Group:
    """The number of facilities with one outcome, now and in the period before (None: no such)."""

    name: Text
    tone: Tone
    now: int
    before: int | None


def light_column(rules: RuleSet, unit: str) -> LightColumn | None:
    """The column of a governance matrix that an indicator's value lights; None without one."""
    matrices = (rule for rule in rules.rules.values() if isinstance(rule, LightMatrix))
    columns = (column for rule in matrices for column in rule.parts if unit in column.of)
    return next((column for column in columns if column.take == "value"), None)


def groups(
    unit: Indicator,
    column: LightColumn | None,
    now: Values,
    before: Values | None,
    outside: tuple[int, int] = (0, 0),
) -> tuple[Group, ...]:
    """Count facilities by outcome; last come those still open, outside and without a result.

    A facility is open while its lowest and highest possible value lie in different groups. To
    those `outside`, now and in the period before, the indicator does not apply: they have no
    value, and none was due. Of these two kinds nothing is said where there is no such facility.
    """
    kinds = _kinds(unit, column)
    counted = _counted(unit, column, now, len(kinds))
    was = None if before is None else _counted(unit, column, before, len(kinds))
    for places, aside in ((counted, outside[0]), (was, outside[1])):
        if places is not None:
            places[-1:] = [aside, places[-1] - aside]
    last = (say("Still open"), say("Does not apply"), say("No result"))
    titles = (*kinds, *((name, _SILENT) for name in last))
    counts = tuple(
        Group(name, tone, counted[place], None if was is None else was[place])
        for place, (name, tone) in enumerate(titles)
    )
    *others, open_, apart, silent = counts
    some = (group for group in (open_, apart) if group.now or group.before)
    return (*others, *some, silent)


def _counted(unit: Indicator, column: LightColumn | None, ends: Values, kinds: int) -> list[int]:
    """Counts by group, then of facilities still open, then of those without a result."""
    low, high = (_places(unit, column, end) for end in ends)
    places = np.where(low == high, low, _OPEN)
    counted: list[int] = np.bincount(places[places >= 0], minlength=kinds).tolist()
    return [*counted, *(int(np.count_nonzero(places == one)) for one in (_OPEN, _NOWHERE))]


def _kinds(unit: Indicator, column: LightColumn | None) -> Sequence[tuple[Text, Tone]]:
    if unit.grades:
        # A value just above the lower limit of each grade; the last has none.
        edges = np.array([-np.inf if g.above is None else g.above for g in unit.grades])
        tones = _verdict_tones(unit, np.nextafter(edges, np.inf))
        names = [say("{grade} {name}", grade=g.grade, name=g.name) for g in unit.grades]
        return list(zip(names, tones, strict=True))
    if unit.value == "blocks_passed":
        levels = np.arange(len(unit.parts), -1, -1)
        names = [say("Level {level}", level=level) for level in levels.tolist()]
        return list(zip(names, _verdict_tones(unit, levels.astype(np.float64)), strict=True))
    if column is not None:
        return [(_edge(one.edge), _TONES[one.light]) for one in column.lights]
    return [(say("Pass"), "pass"), (say("Fail"), "fail")]


def _edge(edge: tuple[str, float] | None) -> Text:
    if edge is None:
        return say("the rest")
    return edge_text(edge[0], number(edge[1]))  # type: ignore[arg-type]


def _verdict_tones(unit: Indicator, values: FloatArray) -> list[Tone]:
    if unit.good is None:
        return ["none"] * values.size
    return ["pass" if passes else "fail" for passes in lies_in(values, unit.good).tolist()]


def _places(unit: Indicator, column: LightColumn | None, values: FloatArray) -> NDArray[np.int64]:
    """The group of each value, shape (facilities,); negative where there is none."""
    silent = np.isnan(values)
    if unit.grades:
        places = grade_places(unit, values).astype(np.int64)
        places[places == NO_GRADE] = _NOWHERE
    elif unit.value == "blocks_passed":
        places = len(unit.parts) - np.where(silent, 0, values).astype(np.int64)
    elif column is not None:
        order = {LightColour[one.light.upper()]: n for n, one in enumerate(column.lights)}
        lit = [order.get(LightColour(one), _NOWHERE) for one in light(column.lights, values)]
        places = np.array(lit, dtype=np.int64)
    elif unit.good is None:
        places = np.zeros(values.size, dtype=np.int64)
    else:
        places = (~lies_in(values, unit.good)).astype(np.int64)
    return np.where(silent, _NOWHERE, places)
