"""The kind of rule that holds for an area: shares of its facilities against targets."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.criteria.model.base import Id, Listed, ShapeError
from core.criteria.model.items import Interval, check_rising
from core.criteria.model.rules import Node
from core.text import say

Month = Annotated[int, Field(ge=1, le=12)]


class Target(Interval):
    """A target for a share in percent, through a fiscal month (the last: to the year's end)."""

    through_month: Month | None = None

    @model_validator(mode="after")
    def _one_edge(self) -> "Target":
        if len(self.edges) != 1:
            raise ShapeError(say("needs exactly one of below, up_to, at_least, above"))
        return self


class ShareLine(Node):
    """The share of facilities that pass, or whose value lies in an interval; judged by targets."""

    kind: Literal["share_line"]
    units: Interval | None = None
    """The interval; without it those count whose verdict is a pass."""
    targets: Annotated[tuple[Target, ...], Listed] = ()
    """Stepwise; a month between two steps is judged by the step it leads to."""

    @model_validator(mode="after")
    def _steps_rise(self) -> "ShareLine":
        if self.targets:
            check_rising(target.through_month for target in self.targets)
        if len({next(iter(target.edges)) for target in self.targets}) > 1:
            raise ShapeError(say("the targets of one line compare in the same way"))
        return self


class AreaShare(Node):
    """Shares of an area's facilities against targets; the area passes when every line does.

    Good results are shared over all that should report, so that silence cannot help; bad ones over
    those that report, for the same reason.
    """

    kind: Literal["area_share"]
    of: Id
    """The criterion, measure or derived figure whose values are counted."""
    over: Literal["expected", "reporting"]
    headline: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    """Local id of the line a map shows."""
    parts: Annotated[tuple[ShareLine, ...], Listed]

    @model_validator(mode="after")
    def _counts_one_thing(self) -> "AreaShare":
        if len({line.units is None for line in self.parts}) > 1:
            raise ShapeError(say("the lines of one rule all count values, or all verdicts"))
        return self

    @property
    def counts_passes(self) -> bool:
        """Whether facilities are counted by their verdict."""
        return self.parts[0].units is None

    @model_validator(mode="after")
    def _headline_exists(self) -> "AreaShare":
        if f"{self.id}.{self.headline}" not in {line.id for line in self.parts}:
            raise ShapeError(say("the headline {line} is not among the lines", line=self.headline))
        return self
