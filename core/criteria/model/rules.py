"""Kinds of rule a self-assessment form is made of: leaves a person fills in, and what adds them up.

`full` is full marks in points. A leaf that `takes` "percent" is typed as 0-100 (or as numerator and
denominator); one that takes "points" is typed as its points.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.criteria.model.base import (
    Bands,
    Id,
    Listed,
    Range,
    ShapeError,
    Source,
    Strict,
    TextField,
    adds_up_to,
)
from core.text import say


class Node(Strict):
    """What every rule has: who it is, and how the form prints it."""

    id: Id
    name: TextField
    short: TextField | None = None
    """The name where there is little room, as at a spoke of a radar."""
    label: str | None = None
    """The number as printed before the title: `1.1`, `2)`; null when the title has none."""
    source: Source | None = None
    """Only where a part stands elsewhere than its criterion."""
    evidence: TextField | None = None
    data_source: TextField | None = None
    as_of: date | None = None
    verified_by: TextField | None = None
    hint: TextField | None = None
    """How the points are reached, as printed beside the line."""


class Leaf(Node):
    """One input. Missing stays missing unless the form itself counts it as zero."""

    full: Annotated[float, Field(gt=0)]
    when_empty: Literal["as_zero", "missing"] = "missing"
    empty_points: float | None = None
    """Points an empty cell gets where a reading departs from its own ladder."""


class Ratio(Strict):
    """Measures a percentage may be typed from instead: 100 x numerator / denominator."""

    numerator: Id
    denominator: Id


class Ladder(Leaf):
    """A percentage or figure looked up in rungs, first match wins."""

    kind: Literal["ladder"]
    better: Literal["higher", "lower"] = "higher"
    input: Ratio | None = None
    round_to: Annotated[int, Field(ge=0, le=6)] | None = None
    """Decimals, half up, before the look-up; null compares the figure as it is."""
    valid_range: Range | None = None
    bands: Bands

    @model_validator(mode="after")
    def _points_within_full(self) -> "Ladder":
        if max(band.points for band in self.bands) != self.full:
            raise ShapeError(say("the best rung must give full marks"))
        return self


class RatioToTarget(Leaf):
    """`full x value / target`, in percent of the target, not above full marks when capped."""

    kind: Literal["ratio_to_target"]
    target: Annotated[float, Field(gt=0)]
    capped: bool = True
    input: Ratio | None = None
    round_to: Annotated[int, Field(ge=0, le=6)] | None = None
    valid_range: Range | None = None


class Step(Strict):
    """One printed step and its points."""

    points: float
    name: TextField


class Derive(Strict):
    """The step that follows from two figures: `times x numerator / denominator` in rungs."""

    times: Annotated[float, Field(gt=0)]
    round_to: Annotated[int, Field(ge=0, le=6)]
    """Decimals, half up, before the look-up."""
    bands: Bands


class Steps(Leaf):
    """Fixed steps, typed as points: `level` = the highest step reached, `choice` = one of several.

    Points between the printed steps still count; the reader warns and names the steps.
    """

    kind: Literal["level", "choice"]
    input: Ratio | None = None
    """Figures the step follows from; shown beside it."""
    derive: Derive | None = None
    """Gives the points from `input` where none are typed; typed points outrank it."""
    steps: Annotated[tuple[Step, ...], Listed]

    @model_validator(mode="after")
    def _best_is_full(self) -> "Steps":
        if max(step.points for step in self.steps) != self.full:
            raise ShapeError(say("the best step must give full marks"))
        return self

    @model_validator(mode="after")
    def _derives_steps(self) -> "Steps":
        if self.derive is None:
            return self
        if self.input is None:
            raise ShapeError(say("derive needs the figures of input"))
        printed = {step.points for step in self.steps}
        strange = sorted({band.points for band in self.derive.bands} - printed)
        if strange:
            raise ShapeError(say("derive gives {points}, which are no steps", points=strange))
        return self


class PassFail(Leaf):
    """Full marks when passed, none when failed; typed as points."""

    kind: Literal["pass_fail"]


class Checklist(Leaf):
    """One line of a checklist, typed as points from 0 to full marks."""

    kind: Literal["checklist"]


class Sum(Node):
    """The sum of its parts, or, with `then`, the rung that sum falls into."""

    kind: Literal["sum"]
    full: Annotated[float, Field(gt=0)]
    parts: Annotated[tuple["Rule", ...], Listed]
    round_to: Annotated[int, Field(ge=0, le=6)] | None = None
    then: Bands | None = None

    @property
    def parts_full(self) -> float:
        return round(sum(part.full for part in self.parts), 9)

    @model_validator(mode="after")
    def _adds_up(self) -> "Sum":
        if self.then is None and self.parts_full != self.full:
            raise ShapeError(adds_up_to(self.full, self.parts_full))
        if self.then is not None and max(b.points for b in self.then) != self.full:
            raise ShapeError(say("the best rung must give full marks"))
        return self


class Member(Strict):
    """A criterion (or one part of it) and its weight in a group or on a spoke."""

    criterion: Id
    weight: Annotated[float, Field(gt=0)]


class WeightedGroup(Node):
    """`out_of x sum(weight x raw / full) / sum(weight)` over its members."""

    kind: Literal["weighted_group"]
    members: Annotated[tuple[Member, ...], Listed]
    out_of: Annotated[float, Field(gt=0)]
    empty: Literal["as_form", "filled_only"] = "as_form"
    """`filled_only` leaves members out in which nothing was filled in."""

    @property
    def full(self) -> float:
        return self.out_of

    @property
    def weight(self) -> float:
        return round(sum(member.weight for member in self.members), 9)


class Spoke(Strict):
    """One spoke of a radar."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
    name: TextField
    members: Annotated[tuple[Member, ...], Listed]


class Radar(Node):
    """`scale x sum(weight x raw / full) / sum(weight)` per spoke."""

    kind: Literal["radar"]
    scale: Annotated[float, Field(gt=0)]
    spokes: Annotated[tuple[Spoke, ...], Listed]


Rule = Annotated[
    Ladder | RatioToTarget | Steps | PassFail | Checklist | Sum, Field(discriminator="kind")
]
"""What can be a part of a sum."""

Sum.model_rebuild()
