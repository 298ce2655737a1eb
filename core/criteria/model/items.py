"""Tests of figures against cut-offs, and the blocks they stand in: what most rules are made of.

A figure is a measure (`days.inventory`), one derived from measures by a named function of
`core.scoring.base.derived` (`current_ratio`), a percentage of two measures, or what another
criterion came to in the same period (`msss.score`). Figures are compared unrounded.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.criteria.model.base import Id, Listed, ShapeError, Strict
from core.criteria.model.rules import Node
from core.text import say

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

_CODE: Final = r"[a-z_]+(?:\.[a-z0-9_]+)+"
MeasureCode = Annotated[str, Field(pattern=f"^{_CODE}$")]

PercentKind = Literal["share", "subset", "change", "distance"]
"""100 x part / whole; the same of a part that the whole includes, above 100 an error;
100 x (part - whole) / whole, and that without its sign."""

_EACH: Final = r"(?:@([a-z0-9_]+(?:,[a-z0-9_]+)*))?"
_PERCENT: Final = re.compile(f"({'|'.join(get_args(PercentKind))}):({_CODE})/({_CODE}){_EACH}")
_WORST: Final = re.compile(f"count:({_CODE}){_EACH}")


class Percent(NamedTuple):
    """A percentage of two measures; as the name of a figure `share:payables.paid/payables.due`.

    `each`: kinds of which the measures are also told apart (`claims.uc_missing`); the figure is
    then the largest of theirs.
    """

    kind: PercentKind
    part: str
    whole: str
    each: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[str, str]:
        """The measures of one kind."""
        return of_kind(self.part, kind), of_kind(self.whole, kind)


class Count(NamedTuple):
    """A count of which the largest of several kinds is the figure."""

    code: str
    each: tuple[str, ...]


def of_kind(measure: str, kind: str) -> str:
    """The measure of a kind: `claims.missing` of `uc` is `claims.uc_missing`."""
    theme, _, name = measure.rpartition(".")
    return f"{theme}.{kind}_{name}"


def percent_of(figure: str) -> Percent | None:
    """The percentage a figure's name stands for; None for any other figure."""
    matched = _PERCENT.fullmatch(figure)
    if matched is None:
        return None
    kind, part, whole, each = matched.groups()
    return Percent(kind, part, whole, tuple(each.split(",")) if each else ())  # type: ignore[arg-type]


def count_of(figure: str) -> Count | None:
    """The count of several kinds a figure's name stands for; None for any other figure."""
    matched = _WORST.fullmatch(figure)
    return Count(matched[1], tuple((matched[2] or "").split(","))) if matched else None


def figures_by_kind(figure: str) -> dict[str, str]:
    """The figure of each kind of which the largest counts, by kind; none where it has no kinds."""
    percent = percent_of(figure)
    if percent is not None:
        names = ((kind, percent.of(kind)) for kind in percent.each)
        return {kind: f"{percent.kind}:{part}/{whole}" for kind, (part, whole) in names}
    count = count_of(figure)
    return {kind: of_kind(count.code, kind) for kind in count.each} if count else {}


def _percent_figure(raw: Any) -> Any:
    """Reads `{share: payables.paid, of: payables.due}` as the name of a figure."""
    if not isinstance(raw, dict):
        return raw
    each = raw.get("each", ())
    suffix = f"@{','.join(each)}" if each else ""
    if set(raw) == {"count", "each"}:
        return f"count:{raw['count']}{suffix}"
    raw = {key: value for key, value in raw.items() if key != "each"}
    kinds = [kind for kind in get_args(PercentKind) if kind in raw]
    if len(kinds) != 1 or set(raw) != {kinds[0], "of"}:
        raise ShapeError(say("needs of and exactly one of share, subset, change, distance"))
    return f"{kinds[0]}:{raw[kinds[0]]}/{raw['of']}{suffix}"


PercentFigure = Annotated[str, Field(pattern=f"^(?:{_PERCENT.pattern}|{_WORST.pattern})$")]
Figure = Annotated[DerivedFigure | MeasureCode | PercentFigure, BeforeValidator(_percent_figure)]

Income = Literal["ni", "ni_plus_depreciation", "ebitda"]
PeerValue = Literal["median", "mean", "mean_plus_sd"]
"""What a peer group stands for: the median, the mean, or the mean and one standard deviation."""

Op = Literal["below", "up_to", "at_least", "above", "within"]
_EDGES: Final[tuple[Op, ...]] = ("below", "up_to", "at_least", "above")
VerdictName = Literal["pass", "watch", "fail"]


def check_rising(edges: Iterable[float | None]) -> None:
    """Edges that rise to a last one that is open; `ShapeError` otherwise."""
    *inner, last = edges
    known = [edge for edge in inner if edge is not None]
    if last is not None or len(known) != len(inner):
        raise ShapeError(say("only the last one is without an edge"))
    if any(a >= b for a, b in pairwise(known)):
        raise ShapeError(say("edges must follow in order, none twice"))


class Interval(Strict):
    """Values between two edges, or beyond one: `below` <, `up_to` <=, `at_least` >=, `above` >."""

    below: float | None = None
    up_to: float | None = None
    at_least: float | None = None
    above: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> "Interval":
        if self.below is not None and self.up_to is not None:
            raise ShapeError(say("either below or up_to"))
        if self.at_least is not None and self.above is not None:
            raise ShapeError(say("either at_least or above"))
        if not self.edges:
            raise ShapeError(say("needs below, up_to, at_least or above"))
        return self

    @property
    def edges(self) -> dict[Op, float]:
        """The edges that are set; a value must keep them all."""
        return {name: edge for name in _EDGES if (edge := getattr(self, name)) is not None}

    @property
    def op(self) -> Op:
        """How the first of its edges compares."""
        return next(name for name in _EDGES if getattr(self, name) is not None)


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
            raise ShapeError(say("needs exactly one of below, up_to, at_least, above, within"))
        return self

    @property
    def _edges(self) -> dict[Op, float | PeerValue]:
        given = {name: getattr(self, name) for name in get_args(Op)}
        return {name: edge for name, edge in given.items() if edge is not None}

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
        raise ShapeError(say("the last cut-off must hold for the rest"))
    if any(not cutoff.conditional for cutoff in cutoffs[:-1]):
        raise ShapeError(say("only the last cut-off is without a condition"))
    if len({cutoff.op for cutoff in cutoffs}) != 1:
        raise ShapeError(say("the cut-offs of one test compare in the same way"))
    if len(cutoffs) > 1 and any(isinstance(cutoff.limit, str) for cutoff in cutoffs):
        raise ShapeError(say("a peer value stands alone"))
    return cutoffs


class Threshold(Node):
    """Points when a figure keeps its cut-off; the first cut-off whose conditions hold counts."""

    kind: Literal["threshold"]
    figure: Figure
    points: Annotated[float, Field(gt=0)]
    cutoffs: Annotated[tuple[Cutoff, ...], Listed, AfterValidator(_check_cutoffs)]
    also: Interval | None = None
    """Where the figure must lie as well: where the cut-off is `at_least: 50`, here `up_to: 100`."""
    alternative: Condition | None = None
    """Another way to the same points; without its figure the cut-off alone decides."""
    published_as: Figure | None = None
    """The figure by whose name the ministry publishes the group's value; its own when None."""

    @property
    def full(self) -> float:
        return self.points

    @property
    def group_figure(self) -> Figure:
        """The figure whose published value of the group it is held against."""
        return self.published_as or self.figure

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


class PointsOf(Node):
    """Points somebody else awarded, out of full marks given beside them."""

    kind: Literal["points_of"]
    figure: MeasureCode
    of: MeasureCode

    @property
    def full(self) -> float:
        """Full marks differ from facility to facility."""
        return 0.0


class RoundDivisor(Strict):
    """What a percentage is of in one inspection round, where the source names another divisor."""

    round: Literal[1, 2]
    of: MeasureCode


class Shown(Node):
    """A figure that is shown and judged by nothing."""

    kind: Literal["shown"]
    figure: Figure
    divisor: RoundDivisor | None = None
    """Another divisor of its percentage in one round; without it the same in both."""

    @model_validator(mode="after")
    def _divides(self) -> "Shown":
        percent = percent_of(self.figure)
        if self.divisor is not None and (percent is None or percent.each):
            raise ShapeError(say("only a percentage of two measures has a divisor of a round"))
        return self

    @property
    def figure_of_round(self) -> str | None:
        """The name of its figure in the round with a divisor of its own; None without such."""
        percent = percent_of(self.figure)
        if self.divisor is None or percent is None:
            return None
        return f"{percent.kind}:{percent.part}/{self.divisor.of}"

    @property
    def full(self) -> float:
        return 0.0


class Taken(Node):
    """What a part of another criterion came to in the same period; `points` are its full marks."""

    kind: Literal["taken"]
    part: Id
    """Full id of that part: `msss.score.structure`."""
    points: Annotated[float, Field(gt=0)]

    @property
    def full(self) -> float:
        return self.points


Item = Threshold | GivenPoints | PointsOf | Shown | Taken


class Enough(Strict):
    """So many points of a block earn these, fewer earn none."""

    at_least: Annotated[float, Field(gt=0)]
    points: Annotated[float, Field(gt=0)]


class Block(Node):
    """The sum of its parts, not above `cap`; or, where `enough` of them pass, its points."""

    kind: Literal["block"]
    cap: Annotated[float, Field(gt=0)] | None = None
    enough: Enough | None = None
    parts: Annotated[tuple["Part", ...], Listed]

    @model_validator(mode="after")
    def _one_limit(self) -> "Block":
        if self.cap is not None and self.enough is not None:
            raise ValueError("either cap or enough")
        if self.enough and self.enough.at_least > sum(part.full for part in self.parts):
            raise ValueError("its parts can never be enough")
        return self

    @property
    def full(self) -> float:
        if self.enough is not None:
            return self.enough.points
        total = sum(part.full for part in self.parts)
        return total if self.cap is None else min(self.cap, total)


Part = Annotated[
    Threshold | GivenPoints | PointsOf | Shown | Taken | Block, Field(discriminator="kind")
]
Block.model_rebuild()


def figures_of(part: Item | Block) -> Iterator[str]:
    """Names of all figures a test or block looks at, and full ids of parts it takes over."""
    if isinstance(part, Block):
        for inner in part.parts:
            yield from figures_of(inner)
    elif isinstance(part, Taken):
        yield part.part
    else:
        yield part.figure
    if isinstance(part, PointsOf):
        yield part.of
    if isinstance(part, Shown) and part.figure_of_round:
        yield part.figure_of_round
    if isinstance(part, Threshold):
        yield from (cutoff.when.figure for cutoff in part.cutoffs if cutoff.when)
        if part.alternative:
            yield part.alternative.figure
