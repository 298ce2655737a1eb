"""A criterion: one rule of one source through its fiscal years."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

from core.criteria.model.area import AreaShare
from core.criteria.model.base import Id, Listed, ShapeError, Source, Strict, TextField
from core.criteria.model.finance import Crisis, GradeScale, ThresholdSet
from core.criteria.model.indicator import Indicator
from core.criteria.model.matrix import LightMatrix
from core.criteria.model.rules import (
    Checklist,
    Ladder,
    PassFail,
    Radar,
    RatioToTarget,
    Steps,
    Sum,
    WeightedGroup,
)
from core.text import say

AnyRule = Annotated[
    Ladder
    | RatioToTarget
    | Steps
    | PassFail
    | Checklist
    | Sum
    | WeightedGroup
    | Radar
    | Crisis
    | ThresholdSet
    | GradeScale
    | AreaShare
    | Indicator
    | LightMatrix,
    Field(discriminator="kind"),
]
RULE: TypeAdapter[Any] = TypeAdapter(AnyRule)


def _years(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else raw


class Option(Strict):
    """One way to read a contradictory rule: what it is called and what it changes."""

    name: TextField
    changes: Annotated[tuple[Mapping[str, Any], ...], Listed] = ()
    """Fields laid over the rule; `part` names the part they belong to (local id), else the rule."""


class Switch(Strict):
    """A contradiction in the source (marked in the spec) with every reading of it."""

    note: TextField
    default: str
    options: Mapping[str, Option]

    @model_validator(mode="after")
    def _default_exists(self) -> "Switch":
        if self.default not in self.options:
            raise ShapeError(say("the default {name} is not among the options", name=self.default))
        return self


class Assumption(Strict):
    """Something the source does not say and we had to settle; shown beside the score."""

    text: TextField
    part: str | None = None


Month = Annotated[int, Field(ge=1, le=12)]


class EditionHead(Strict):
    """What an edition says beside its rule; years are Buddhist era, inclusive, null: open."""

    fiscal_years: Annotated[tuple[int | None, int | None], BeforeValidator(_years)]
    from_month: Month = 1
    """The fiscal month of its first year with which it begins."""
    through_month: Month = 12
    """The fiscal month of its last year with which it ends."""
    source: Source
    assumptions: Annotated[tuple[Assumption, ...], Listed]
    readings: Mapping[Id, Switch]
    notes: Annotated[tuple[TextField, ...], Listed] = ()
    numbers: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Any] = {}
    """Edges of other rules that its texts name, as references (`core.criteria.references`)."""

    @property
    def begins(self) -> int | None:
        """The month it begins with, an ordinal (`Period.ordinal`); None without a beginning."""
        first = self.fiscal_years[0]
        return None if first is None else first * 12 + self.from_month - 1

    @property
    def ends(self) -> int | None:
        """The month it ends with, an ordinal; None without an end."""
        last = self.fiscal_years[1]
        return None if last is None else last * 12 + self.through_month - 1

    def holds_in(self, fiscal_year: int, month: int = 12) -> bool:
        """Whether it holds in a fiscal month; without one, at the end of the year."""
        first, last = self.fiscal_years
        begun = first is None or (first, self.from_month) <= (fiscal_year, month)
        return begun and (last is None or (fiscal_year, month) <= (last, self.through_month))


class Edition(EditionHead):
    """The rule in some fiscal years.

    Where it refers to edges that move between its years, one edition of the file becomes several:
    `follows` marks those after the first.
    """

    rule: AnyRule
    follows: bool = False


class Head(Strict):
    """What a criterion is through all its years."""

    id: Id
    kind: str
    theme: str
    no: str | None = None
    """The number printed on the form; an alias, never a key."""
    aliases: Annotated[tuple[str, ...], Listed] = ()
    name: TextField
    unit: Literal[
        "percent", "points", "baht", "days", "months", "ratio", "level", "grade", "share", "light"
    ]
    better: Literal["higher", "lower"]


class Criterion(Head):
    """One file of `data/criteria`."""

    editions: Annotated[tuple[Edition, ...], Listed]
