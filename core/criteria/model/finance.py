"""Kinds of rule over the figures of hospital-months: tests against cut-offs, and what adds them up.

A figure is a measure (`days.inventory`) or one derived from measures by a named function of
`core.scoring.derived` (`current_ratio`). Figures are compared unrounded.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from core.criteria.model.base import Bands, Id, Listed, Strict, TextField
from core.criteria.model.rules import Node

DerivedFigure = Literal[
    "adjrw_growth",
    "capital_months",
    "cash_ratio",
    "current_ratio",
    "expense_plan_difference",
    "income",
    "net_income",
    "net_working_capital",
    "operating_margin",
    "quick_ratio",
    "return_on_assets",
    "revenue_plan_difference",
    "revenue_surplus",
]
DERIVED_FIGURES: tuple[str, ...] = get_args(DerivedFigure)

MeasureCode = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")]
Figure = DerivedFigure | MeasureCode

Income = Literal["ni", "ni_plus_depreciation", "ebitda"]
PeerValue = Literal["median", "mean", "mean_plus_sd"]
"""What a peer group stands for: the median, the mean, or the mean and one standard deviation."""

Op = Literal["below", "up_to", "at_least", "above", "within"]
VerdictName = Literal["pass", "watch", "fail"]


def check_rising(edges: Iterable[float | None]) -> None:
    """Edges that rise to a last one that is open; `ValueError` otherwise."""
    *inner, last = edges
    known = [edge for edge in inner if edge is not None]
    if last is not None or len(known) != len(inner):
        raise ValueError("only the last one is without an edge")
    if any(a >= b for a, b in pairwise(known)):
        raise ValueError("edges must follow in order, none twice")


class Interval(Strict):
    """Values between two edges, or beyond one: `below` <, `up_to` <=, `at_least` >=, `above` >."""

    below: float | None = None
    up_to: float | None = None
    at_least: float | None = None
    above: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> "Interval":
        if self.below is not None and self.up_to is not None:
            raise ValueError("either below or up_to")
        if self.at_least is not None and self.above is not None:
            raise ValueError("either at_least or above")
        if not self.edges:
            raise ValueError("needs below, up_to, at_least or above")
        return self

    @property
    def edges(self) -> dict[Op, float]:
        """The edges that are set; a value must keep them all."""
        names: tuple[Op, ...] = ("below", "up_to", "at_least", "above")
        found = {name: getattr(self, name) for name in names}
        return {name: edge for name, edge in found.items() if edge is not None}


class Condition(Interval):
    """A figure within an interval."""

    figure: Figure


class Cutoff(Strict):
    """One edge, a number or the peers' value; holds where its conditions do."""

    below: float | PeerValue | None = None
    up_to: float | PeerValue | None = None
    at_least: float | PeerValue | None = None
    above: float | PeerValue | None = None
    within: Annotated[float, Field(ge=0)] | None = None
    """Not farther from zero than this, on either side."""
    island: Literal[True] | None = None
    """Only for facilities on islands."""
    when: Condition | None = None
    """Only where another figure lies in an interval."""

    @model_validator(mode="after")
    def _one_edge(self) -> "Cutoff":
        if len(self._edges) != 1:
            raise ValueError("needs exactly one of below, up_to, at_least, above, within")
        return self

    @property
    def _edges(self) -> dict[Op, float | PeerValue]:
        found = {name: getattr(self, name) for name in get_args(Op)}
        return {name: edge for name, edge in found.items() if edge is not None}

    @property
    def op(self) -> Op:
        return next(iter(self._edges))

    @property
    def limit(self) -> float | PeerValue:
        return next(iter(self._edges.values()))

    @property
    def conditional(self) -> bool:
        return self.island is not None or self.when is not None


def _check_cutoffs(cutoffs: tuple[Cutoff, ...]) -> tuple[Cutoff, ...]:
    if not cutoffs or cutoffs[-1].conditional:
        raise ValueError("the last cut-off must hold for the rest")
    if any(not cutoff.conditional for cutoff in cutoffs[:-1]):
        raise ValueError("only the last cut-off is without a condition")
    if len({cutoff.op for cutoff in cutoffs}) != 1:
        raise ValueError("the cut-offs of one test compare in the same way")
    if len(cutoffs) > 1 and any(isinstance(cutoff.limit, str) for cutoff in cutoffs):
        raise ValueError("a peer value stands alone")
    return cutoffs


class Threshold(Node):
    """Points when a figure keeps its cut-off; the first cut-off whose conditions hold counts."""

    kind: Literal["threshold"]
    figure: Figure
    points: Annotated[float, Field(gt=0)]
    cutoffs: Annotated[tuple[Cutoff, ...], Listed, AfterValidator(_check_cutoffs)]
    alternative: Condition | None = None
    """Another way to the same points; without its figure the cut-off alone decides."""

    @property
    def full(self) -> float:
        return self.points

    @property
    def peer_value(self) -> PeerValue | None:
        """What of the peer group the figure is held against; None when it is a number."""
        limit = self.cutoffs[0].limit
        return limit if isinstance(limit, str) else None


class GivenPoints(Node):
    """Points that somebody else awarded, from 0 to full marks; outside is an error."""

    kind: Literal["given_points"]
    figure: MeasureCode
    points: Annotated[float, Field(gt=0)]

    @property
    def full(self) -> float:
        return self.points


Item = Threshold | GivenPoints


class Block(Node):
    """The sum of its parts, not above `cap`."""

    kind: Literal["block"]
    cap: Annotated[float, Field(gt=0)] | None = None
    parts: Annotated[tuple["Part", ...], Listed]

    @property
    def full(self) -> float:
        total = sum(part.full for part in self.parts)
        return total if self.cap is None else min(self.cap, total)


Part = Annotated[Threshold | GivenPoints | Block, Field(discriminator="kind")]
Block.model_rebuild()


class ThresholdSet(Node):
    """Tests in blocks, their points added up."""

    kind: Literal["threshold_set"]
    full: Annotated[float, Field(gt=0)]
    parts: Annotated[tuple[Block, ...], Listed]

    @model_validator(mode="after")
    def _adds_up(self) -> "ThresholdSet":
        total = sum(part.full for part in self.parts)
        if total != self.full:
            raise ValueError(f"full marks {self.full} but the blocks add up to {total}")
        return self


Sign = Literal["negative", "not_negative"]


class SurvivalCase(Strict):
    """One pair of signs, and the rungs its months are looked up in."""

    capital: Sign
    income: Sign
    bands: Bands


class Survival(Node):
    """Points by how many months net working capital and the monthly income outlast one another."""

    kind: Literal["survival"]
    cases: Annotated[tuple[SurvivalCase, ...], Listed]

    @model_validator(mode="after")
    def _every_pair_once(self) -> "Survival":
        pairs = {(case.capital, case.income) for case in self.cases}
        if len(pairs) != len(self.cases) or len(pairs) != len(get_args(Sign)) ** 2:
            raise ValueError("needs each pair of signs exactly once")
        return self

    @property
    def full(self) -> float:
        return max(band.points for case in self.cases for band in case.bands)


class VerdictBand(Strict):
    """Values up to an edge (included) and what they come to; the last catches the rest."""

    up_to: float | None = None
    verdict: VerdictName


class Crisis(Node):
    """A risk level: one point for every test that holds, and the points of survival."""

    kind: Literal["crisis"]
    full: Annotated[float, Field(gt=0)]
    """The worst level."""
    income: Income
    """What counts as income in the test of losses and in the months of survival."""
    parts: Annotated[tuple[Annotated[Block | Survival, Field(discriminator="kind")], ...], Listed]
    verdicts: Annotated[tuple[VerdictBand, ...], Listed, Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> "Crisis":
        total = sum(part.full for part in self.parts)
        if total != self.full:
            raise ValueError(f"the worst level is {self.full} but the parts add up to {total}")
        if sum(isinstance(part, Survival) for part in self.parts) != 1:
            raise ValueError("needs survival once")
        return self

    @model_validator(mode="after")
    def _verdicts_rise(self) -> "Crisis":
        check_rising(band.up_to for band in self.verdicts)
        return self

    @property
    def survival(self) -> Survival:
        return next(part for part in self.parts if isinstance(part, Survival))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(part for part in self.parts if isinstance(part, Block))


class Grade(Strict):
    """A grade and the score it begins at; the last begins nowhere."""

    grade: Annotated[str, Field(min_length=1)]
    at_least: float | None = None
    name: TextField
    verdict: VerdictName


class GradeScale(Node):
    """The grade of a score; none while some of the score's items could not be judged."""

    kind: Literal["grade_scale"]
    of: Id
    grades: Annotated[tuple[Grade, ...], Listed, Field(min_length=1)]

    @model_validator(mode="after")
    def _grades_fall(self) -> "GradeScale":
        edges = (grade.at_least for grade in self.grades)
        check_rising(None if edge is None else -edge for edge in edges)
        return self
