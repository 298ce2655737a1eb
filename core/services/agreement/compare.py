"""Results of hospital-months held against the ministry's own, figure by figure.

The ministry's are read from what was sent as its table; nothing here changes a result.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import catalog
from core.periods import Period
from core.scoring.base.states import State
from core.services.guard.doors import ANYWHERE, door
from core.services.results.listing import covered, subject_names
from core.services.rules.finance import CRISIS
from core.services.scored.basis import UNKNOWN, Basis, bases
from core.store.engine.unit_of_work import reading
from core.store.results.detail import Detail
from core.store.results.repository import details, results
from core.store.uploads.observed_table import observed_table
from core.store.uploads.submissions import current_periods
from core.text import Text

OFFICIAL: Final = "official-results"
LEVEL: Final = "official.crisis_level"
Kind = Literal["equal", "rounding", "restated", "definition", "unbalanced"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_SIDES_DIFFER: Final = "W380"
"""Debits are not the credits: books that lack accounts."""

_RATIOS: Final = {
    "official.current_ratio": "liquidity.current_ratio",
    "official.quick_ratio": "liquidity.quick_ratio",
    "official.cash_ratio": "liquidity.cash_ratio",
}
_AMOUNTS: Final = {
    "official.nwc": "stability.net_working_capital",
    "official.net_income": "stability.income",
}
_POINTS: Final = {
    "official.liquidity": "liquidity",
    "official.stability": "stability",
    "official.survival": "survival",
}
_QUICK: Final = "official.quick_ratio"
_CAPITAL: Final = "official.nwc"
_INCOME: Final = "official.net_income"
INDICATORS: Final = (LEVEL, *_POINTS, *_RATIOS, *_AMOUNTS)
"""What is compared, the level first, by the measures of the ministry's table."""
_HUNDREDTH: Final = 0.01
_DUST: Final = 1e-6
_DEPOSITS_LEFT_OUT: Final = Period(2567, "M", 12)
"""The first month whose official cash holds no deposits of others (`docs/decisions.md`)."""
_PRINTED: Final = 0.0201
_BAHT: Final = 1.0
_TEN_BAHT: Final = 10.0
"""Amounts of tables handed around are in whole baht; sums of rounded accounts are off by some."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure of a hospital-month: ours, the ministry's, and whether or why they differ."""

    indicator: str
    ours: float
    theirs: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class HospitalMonth:
    """A hospital-month both sides have; `pairs` are the figures both have of it.

    `basis` is what our level rests on.
    """

    hcode: str
    period: Period
    pairs: tuple[Pair, ...]
    basis: Basis = UNKNOWN

    @property
    def level(self) -> Pair | None:
        return next((pair for pair in self.pairs if pair.indicator == LEVEL), None)


@dataclass(frozen=True)
class Agreement:
    """Hospital-months both sides have, and those only one has, of the months of a period.

    Only ours are counted in months of which the ministry's table was sent.
    """

    period: Period | None
    both: tuple[HospitalMonth, ...]
    only_ours: tuple[tuple[str, Period], ...]
    only_theirs: tuple[tuple[str, Period], ...]
    names: Mapping[str, Text]

    @property
    def months(self) -> tuple[Period, ...]:
        """The months the ministry's table was sent of, oldest first."""
        keys = (*((one.hcode, one.period) for one in self.both), *self.only_theirs)
        return tuple(sorted({period for _, period in keys}))

    @property
    def differing(self) -> tuple[HospitalMonth, ...]:
        """Hospital-months whose levels differ."""
        return tuple(one for one in self.both if one.level and one.level.kind != "equal")

    def pairs(self, indicator: str, period: Period | None = None) -> tuple[Pair, ...]:
        """Every pair of an indicator, of one month or of all."""
        return tuple(
            pair
            for one in self.both
            if period is None or one.period == period
            for pair in one.pairs
            if pair.indicator == indicator
        )


@door(Action.READ, ANYWHERE)
def official_periods(engine: Engine) -> tuple[Period, ...]:
    """Months of which results of the ministry were sent, oldest first."""
    with reading(engine) as session:
        return current_periods(session, OFFICIAL)


@door(Action.READ)
def agreement(engine: Engine, period: Period | None = None) -> Agreement:
    """Our results beside the ministry's in the months of a period; in all of them without one."""
    with reading(engine) as session:
        sent = set(current_periods(session, OFFICIAL))
        months = sent if period is None else sent & covered(period)
        theirs = _theirs(session, months)
        ours = {key: value for month in sorted(months) for key, value in _ours(session, month)}
        names = subject_names(session)
        rests = bases(session, months)
    both = tuple(
        _month(key, ours[key], theirs[key], rests.get(key[1], {}).get(key[0], UNKNOWN))
        for key in sorted(ours.keys() & theirs.keys(), key=lambda one: (one[1], one[0]))
    )
    return Agreement(
        period,
        both,
        only_ours=tuple(sorted(ours.keys() - theirs.keys())),
        only_theirs=tuple(sorted(theirs.keys() - ours.keys())),
        names=names,
    )


_Figures = Mapping[str, float]
_Key = tuple[str, Period]


def _month(key: _Key, ours: _Figures, theirs: _Figures, basis: Basis) -> HospitalMonth:
    """A hospital-month with its pairs; books that do not balance are why amounts differ."""
    pairs = tuple(_pairs(key[1], ours, theirs))
    if basis.way == "books" and _SIDES_DIFFER in basis.doubts:
        pairs = tuple(
            replace(one, kind="unbalanced") if one.kind == "restated" else one for one in pairs
        )
    return HospitalMonth(*key, pairs, basis)


def _theirs(session: Session, months: Collection[Period]) -> Mapping[_Key, _Figures]:
    table = observed_table(session, OFFICIAL, periods=months, measures=INDICATORS)
    keys = list(zip(table.subjects, table.periods, strict=True))
    values: dict[_Key, dict[str, float]] = {key: {} for key in keys}
    for measure, column in table.columns.items():
        for key, value, state in zip(keys, column.values, column.states, strict=True):
            if state == State.REPORTED:
                values[key][measure] = float(value)
    return values


def _ours(session: Session, month: Period) -> Iterator[tuple[_Key, _Figures]]:
    """Every hospital's level of a month, and the figures its tests were judged by."""
    levels = results(session, CRISIS, month)
    explained = details(session, levels.ids.tolist())
    for number, subject, value in zip(
        levels.ids.tolist(), levels.subjects, levels.value.tolist(), strict=True
    ):
        yield (subject, month), _figures(value, explained.get(number))


def _figures(level: float, detail: Detail | None) -> _Figures:
    figures = {LEVEL: level}
    for measure, part in {**_RATIOS, **_AMOUNTS, **_POINTS}.items():
        known = detail.parts.get(part) if detail else None
        if known is not None:
            figures[measure] = known.points if measure in _POINTS else known.figure
    return {measure: value for measure, value in figures.items() if not math.isnan(value)}


def _pairs(month: Period, ours: _Figures, theirs: _Figures) -> Iterator[Pair]:
    """The figures both sides have, each with whether it is equal or why it differs."""
    shared = [one for one in INDICATORS if one in ours and one in theirs]
    figures = {one: _kind(one, ours[one], theirs[one]) for one in shared if one not in _STEPS}
    figures |= _definition(figures)
    if month < _DEPOSITS_LEFT_OUT and _holds_deposits(ours, theirs):
        figures |= {one: "definition" for one, kind in figures.items() if kind == "restated"}
    kinds = {*figures.values()}
    if any(abs(ours[one] - theirs[one]) > _DUST for one in shared if one in _RATIOS):
        # Equal as printed, and yet another figure: what is counted from it may differ for that.
        kinds.add("rounding")
    for one in shared:
        kind = figures[one] if one in figures else _step(ours[one], theirs[one], kinds)
        yield Pair(one, ours[one], theirs[one], kind)


_STEPS: Final = frozenset({LEVEL, *_POINTS})
"""What is counted from the figures: it differs for what they differ by, else by definition."""


def _kind(indicator: str, ours: float, theirs: float) -> Kind:
    if indicator in _RATIOS:
        return _by_size(abs(round(ours, 2) - round(theirs, 2)), _DUST, _HUNDREDTH + _DUST)
    return _by_size(abs(ours - theirs), _BAHT, _TEN_BAHT)


def _by_size(difference: float, equal: float, rounding: float) -> Kind:
    if difference <= equal or math.isnan(difference):  # both without liabilities: infinite
        return "equal"
    return "rounding" if difference <= rounding else "restated"


def _definition(figures: Mapping[str, Kind]) -> Mapping[str, Kind]:
    """The quick ratio, where it alone differs: other assets were counted as quick."""
    others = [kind for one, kind in figures.items() if one != _QUICK]
    alone = figures.get(_QUICK) == "restated" and others and "restated" not in others
    return {_QUICK: "definition"} if alone else {}


def _holds_deposits(ours: _Figures, theirs: _Figures) -> bool:
    """Whether what differs is one amount more in the ministry's cash, at the same debts.

    Then all three ratios are higher by as much; each side is rounded to two decimals.
    """
    needed = (_CAPITAL, *_RATIOS)
    if not all(one in ours and one in theirs for one in needed):
        return False
    if abs(ours.get(_INCOME, 0.0) - theirs.get(_INCOME, 0.0)) > _TEN_BAHT:
        return False
    more = [theirs[one] - ours[one] for one in _RATIOS]
    is_alike = max(more) - min(more) < _PRINTED and min(more) >= 0
    return is_alike and theirs[_CAPITAL] - ours[_CAPITAL] > _TEN_BAHT


def _step(ours: float, theirs: float, kinds: Collection[Kind]) -> Kind:
    if ours == theirs:
        return "equal"
    return next(
        (kind for kind in ("restated", "definition", "rounding") if kind in kinds), "definition"
    )


def indicator_name(indicator: str) -> Text:
    """What an indicator is called: as the rule calls it."""
    part = {**_RATIOS, **_AMOUNTS, **_POINTS}.get(indicator)
    if part is None:
        return catalog().criteria[CRISIS].name
    return catalog().nodes[f"{CRISIS}.{part}"].name
