"""The kind of rule most inspection themes follow: what a facility's tests come to in one period.

Every theme has such a result for each facility, and shares of facilities for areas (`AreaShare`).
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.criteria.model.base import Listed, ShapeError, Strict, TextField
from core.criteria.model.items import (
    Block,
    Interval,
    MeasureCode,
    Part,
    Shown,
    check_rising,
    figures_of,
)
from core.criteria.model.rules import Node
from core.text import say


class IndicatorGrade(Strict):
    """A grade and the value it lies above, strictly; the last catches the rest."""

    grade: Annotated[str, Field(min_length=1)]
    above: float | None = None
    name: TextField


class Indicator(Node):
    """A value of one facility in one period, and whether it is good.

    `figure`: the figure of the first test, beside which others may be shown. `percent_earned`:
    points of all tests in percent of full marks. `percent_failed`: tests failed in percent of those
    measured. `blocks_passed`: how many blocks, from the first on, were passed whole.
    """

    kind: Literal["indicator"]
    value: Literal["figure", "percent_earned", "percent_failed", "blocks_passed"]
    per: Literal["month", "round"]
    round: Literal[1, 2] | None = None
    """The only inspection round it holds in."""
    of: Literal["hospital", "pcu"] = "hospital"
    """Which kind of facility is judged by it."""
    missing: Literal["open", "left_out"] = "open"
    """Tests without data: leave the verdict open as long as they could change it; or only what was
    measured counts."""
    parts: Annotated[tuple[Part, ...], Listed, Field(min_length=1)]
    good: Interval | None = None
    """Values that pass, in the value's own unit; without it the value is shown, not judged."""
    grades: Annotated[tuple[IndicatorGrade, ...], Listed] = ()
    beside: Annotated[tuple[MeasureCode, ...], Listed] = ()
    """What is kept beside a test that failed, such as whether there is a plan to mend it."""

    @model_validator(mode="after")
    def _fits_its_value(self) -> "Indicator":
        if self.value == "figure" and not self._one_figure():
            raise ShapeError(
                say("a value that is a figure needs one test; others are shown beside it")
            )
        if self.value == "blocks_passed" and not all(isinstance(p, Block) for p in self.parts):
            raise ShapeError(say("the value counts blocks: needs blocks only"))
        if self.round is not None and self.per != "round":
            raise ShapeError(say("only what is judged by rounds holds in one of them"))
        return self

    def _one_figure(self) -> bool:
        first, *beside = self.parts
        return not isinstance(first, Block) and all(isinstance(part, Shown) for part in beside)

    @model_validator(mode="after")
    def _grades_fall(self) -> "Indicator":
        if self.grades:
            edges = (grade.above for grade in self.grades)
            check_rising(None if edge is None else -edge for edge in edges)
        return self

    @property
    def full(self) -> float:
        """Full marks of all tests; those given beside their points are not among them."""
        return sum(part.full for part in self.parts)

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of all figures it looks at, and full ids of parts it takes over."""
        return tuple(dict.fromkeys(name for part in self.parts for name in figures_of(part)))
