"""Kinds of rule over the figures of hospital-months: points added up, crisis levels, grades."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from core.criteria.model.base import Bands, Id, Listed, ShapeError, Strict, TextField, adds_up_to
from core.criteria.model.items import (
    Block,
    DerivedFigure,
    Income,
    MeasureCode,
    VerdictName,
    check_rising,
)
from core.criteria.model.rules import Node
from core.text import say

Decimals = Mapping[DerivedFigure | MeasureCode, Annotated[int, Field(ge=0)]]
"""Figures rounded half up before they are compared, to so many decimals; others stay unrounded."""


class ThresholdSet(Node):
    """Tests in blocks, their points added up."""

    kind: Literal["threshold_set"]
    full: Annotated[float, Field(gt=0)]
    decimals: Decimals = MappingProxyType({})
    parts: Annotated[tuple[Block, ...], Listed]

    @model_validator(mode="after")
    def _adds_up(self) -> "ThresholdSet":
        total = sum(part.full for part in self.parts)
        if total != self.full:
            raise ShapeError(adds_up_to(self.full, total))
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
            raise ShapeError(say("needs each pair of signs exactly once"))
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
    decimals: Decimals = MappingProxyType({})
    parts: Annotated[tuple[Annotated[Block | Survival, Field(discriminator="kind")], ...], Listed]
    verdicts: Annotated[tuple[VerdictBand, ...], Listed, Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> "Crisis":
        total = sum(part.full for part in self.parts)
        if total != self.full:
            raise ShapeError(adds_up_to(self.full, total))
        if sum(isinstance(part, Survival) for part in self.parts) != 1:
            raise ShapeError(say("needs survival once"))
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
