"""What a verification workbook is made of: figures, rules in force, peers, stored results.

Plain values: whoever reads the store puts them together, and nothing here looks anything up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.criteria.model import Income, Node, PeerValue
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.text import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was reported, and where; `value` is None where there is none.

    `way` says how it came in; `file`, `sheet` and `cell` are empty where it stands in none.
    """

    measure: str
    value: float | None
    state: State
    file: str = ""
    sheet: str = ""
    cell: str = ""
    way: Text | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another hospital of the group and its figure, as the test compared it."""

    code: str
    name: Text
    value: float


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What one figure is held against: the others' figures, or what the ministry published.

    `published` is empty where it published nothing; else its parts, which are added up.
    """

    figure: str
    kind: PeerValue
    others: tuple[Peer, ...]
    published: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A test, block or total as it is stored; NaN where there is no number."""

    figure: float
    cutoff: float
    points: float
    full: float
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored result: its total, its tests by full id, and what it came to."""

    whole: StoredPart
    verdict: Verdict
    parts: Mapping[str, StoredPart]
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule in force; `stored` is None where only other rules need it."""

    rule: Node
    name: Text
    stored: Stored | None


@dataclass(frozen=True)
class Scope:
    """Rules that look at the same figures of one period, each after those it needs.

    `income` and `decimals` are of the rules of a hospital's month, of which `knows_empty` says that
    a month of nothing but zeros stands for nothing reported. `units` are in words, by figure.
    `group` is that of the peers, None where it is not known.
    """

    period: Period
    name: Text
    figures: tuple[Figure, ...]
    rules: tuple[Ruled, ...]
    units: Mapping[str, Text]
    peers: tuple[PeerFigures, ...] = ()
    group: str | None = None
    island: bool = False
    knows_empty: bool = False
    income: Income = "ni"
    decimals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of what the rules rest on: `kind` says whether printed, assumed, or a reading."""

    rule: Text
    kind: Text
    text: Text
    where: str = ""


@dataclass(frozen=True)
class Verification:
    """One facility in one period, with everything its scores are computed from.

    `as_of` is the moment of the results, in UTC; None while there are none.
    """

    hcode: str
    place: Text
    period: Text
    as_of: datetime | None
    is_demonstration: bool
    scopes: tuple[Scope, ...]
    sources: tuple[SourceLine, ...]
