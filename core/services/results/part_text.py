"""The parts of a stored result in lines: tests, blocks, and the lines of an area."""

from collections.abc import Iterable, Iterator

from core.quantities import MISSING
from core.scoring.base.state_words import state_text
from core.scoring.base.states import State
from core.scoring.explain.words import number
from core.services.rules.explanation import Explanation
from core.services.rules.judged.amounts import amount_text
from core.text import Text, say

_SHARE = "share"


def part_lines(part: Explanation) -> Iterator[Text]:
    """What a part came to, then how that follows from its rule and how far the next step is."""
    yield part_line(part)
    for sentence in (part.sentence, part.next_step):
        if sentence and not part.is_block:
            yield say("      {told}", told=sentence)


def part_line(part: Explanation) -> Text:
    """What a part came to, what was asked of it, and whose the value of a group is."""
    if part.unit == _SHARE:
        return _area_line(part)
    if part.is_block:
        return _block(part)
    line = _test(part)
    if part.held.whose and part.held.peer_value is not None:
        return say(
            "{line}; value of the group {value}, {whose}",
            line=line,
            value=amount_text(part.held.peer_value, part.unit),
            whose=part.held.whose,
        )
    if part.held.requirement is None:
        return line
    return say("{line}; asked: {asked}", line=line, asked=part.held.requirement)


def of_points(points: float | None, full: float | None, edges: Iterable[float] = ()) -> Text:
    """Points of full marks."""
    return say("{points} of {full} points", points=figure(points, edges), full=figure(full))


def figure(value: float | None, edges: Iterable[float] = ()) -> str:
    """A figure in two decimals, never rounded onto what it is held against."""
    return MISSING if value is None else number(value, beside=edges)


def _area_line(part: Explanation) -> Text:
    """How many of an area's facilities are such, and whether that meets the target."""
    if part.figure is None:
        return say("  {name}: nobody reported", name=part.name)
    limits = () if part.held.limit is None else (part.held.limit,)
    line = say(
        "  {name}: {count} of {over} facilities, {share}",
        name=part.name,
        count=figure(part.points),
        over=figure(part.full_marks),
        share=amount_text(part.figure, part.unit, limits),
    )
    if part.held.requirement is None or part.held.is_met is None:
        return line
    target = part.held.requirement
    if part.held.is_met:
        return say("{line}; target {target}, met", line=line, target=target)
    return say("{line}; target {target}, not met", line=line, target=target)


def _block(part: Explanation) -> Text:
    """Points of what is in it, and no figure of its own."""
    if not part.full_marks:
        return say("  {name}: nothing of it could be judged", name=part.name)
    points = of_points(part.points, part.full_marks)
    return say("  {name}: {points}", name=part.name, points=points)


def _test(part: Explanation) -> Text:
    limits = () if part.held.limit is None else (part.held.limit,)
    shown: Text = state_text(State[part.state.upper()])
    if part.figure is not None:
        shown = amount_text(part.figure, part.unit, limits)
    for name, value in part.kinds:
        one = amount_text(value, part.unit, limits)
        shown = say("{figures}, {of} {figure}", figures=shown, of=name, figure=one)
    if part.unit == "points" and part.points == part.figure:  # Points awarded as they are.
        points = of_points(part.points, part.full_marks)
        return say("  {name}: {points}", name=part.name, points=points)
    if not part.full_marks and part.points is None:  # Nothing could be earned: not 0 of 0.
        return say("  {name}: {figure}", name=part.name, figure=shown)
    if part.points is None:
        full = figure(part.full_marks)
        return say(
            "  {name}: {figure}; not judged, of {full} points",
            name=part.name,
            figure=shown,
            full=full,
        )
    points = of_points(part.points, part.full_marks)
    return say("  {name}: {figure}; {points}", name=part.name, figure=shown, points=points)
