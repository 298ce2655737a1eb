"""What needs attention in an area by the inspection themes and the governance matrices."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY, Level, parse_area
from core.criteria.catalog import RuleSet
from core.criteria.model import LightMatrix
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.geography.country import Place
from core.services.governance.data import LitHospital, MatrixMonth, matrix_at
from core.services.guard.doors import door
from core.services.overview.area_share import Line, Share
from core.services.overview.month import months
from core.services.themes.month import DEFECTS, Defects, Judged, Located, ThemeMonth, themes_at
from core.store.results.versions import stamp_now
from core.text import Text

_CACHED: Final = 256
_NAMES: Final = {Level.REGION: "region", Level.PROVINCE: "province", Level.DISTRICT: "district"}


@dataclass(frozen=True, slots=True)
class Missed:
    """A target an area misses: `number` of `over` facilities count, `short` too few or too many.

    `of` is the kind of facility that is counted.
    """

    criterion: str
    name: Text
    of: str
    period: Period
    line: Line
    number: int
    over: int
    short: int


@dataclass(frozen=True, slots=True)
class SilentTheme:
    """A theme that `count` facilities of an area did not report; `criterion` is one of its own."""

    criterion: str
    of: str
    period: Period
    count: int


@dataclass(frozen=True, slots=True)
class NewDefect:
    """A hospital with claim defects it did not have in the month before: names and full ids."""

    place: Place
    defects: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class TurnedRed:
    """A column of a matrix in which some hospitals turned red since the period before."""

    matrix: str
    name: Text
    count: int


@dataclass(frozen=True, slots=True)
class ThemeAttention:
    """What needs attention by the themes, the most pressing first in each list."""

    period: Period
    missed: tuple[Missed, ...]
    judged: int
    silent: tuple[SilentTheme, ...]
    defects: tuple[NewDefect, ...]
    red: tuple[TurnedRed, ...]


@door(Action.READ, "area")
def theme_attention(
    engine: Engine, period: Period, before: Period | None, area: str
) -> ThemeAttention:
    """What needs attention in an area in a month, compared with the month `before`."""
    return _attention(engine, stamp_now(engine), period, before, area)


@door(Action.MANAGE)
def read_ahead(engine: Engine, newest: int = 1) -> None:
    """Read the themes of the newest months into the cache, the last month first."""
    known = months(engine)
    pairs = list(zip(known, (None, *known), strict=False))
    for period, before in reversed(pairs[-newest:]):
        theme_attention(engine, period, before, COUNTRY)


@lru_cache(maxsize=_CACHED)
def _attention(
    engine: Engine, version: str, period: Period, before: Period | None, area: str
) -> ThemeAttention:
    return first_attention(engine, version, period, before, area)


def first_attention(
    engine: Engine, version: str, period: Period, before: Period | None, area: str
) -> ThemeAttention:
    """The same from a given version of the results; the data read is cached for other areas."""
    whole = themes_at(engine, version, period, before, parse_area(area).province)
    matrices = (rule.id for rule in whole.rules.rules.values() if isinstance(rule, LightMatrix))
    lit = [matrix_at(engine, version, one, period, before) for one in matrices]
    return of_themes(whole, lit, area)


def of_themes(whole: ThemeMonth, lit: Iterable[MatrixMonth], area: str) -> ThemeAttention:
    """What needs attention in an area, computed from data already read."""
    shares = [(one, whole.share(one, area)) for one in whole.judged]
    targets = [line for _one, share in shares for line in _targets(share)]
    missed = [target for one, share in shares for target in _missed(one, share)]
    return ThemeAttention(
        period=whole.period,
        missed=tuple(
            sorted(missed, key=lambda one: (-one.short / max(1, one.over), one.criterion))
        ),
        judged=len(targets),
        silent=tuple(_silent(whole, area)),
        defects=tuple(_defects(whole, area)),
        red=tuple(sorted(_red(lit, area), key=lambda one: -one.count)),
    )


def _targets(share: Share | None) -> list[Line]:
    """The lines of a share that have a target; none where no facility reported."""
    has_reports = share is not None and share.reporting > 0
    return [line for line in share.lines if line.limit is not None] if has_reports and share else []


def _missed(one: Judged, share: Share | None) -> Iterator[Missed]:
    for line in _targets(share):
        if share and line.verdict is Verdict.FAIL:
            yield Missed(
                criterion=one.rule.id,
                name=one.rule.short or one.rule.name,
                of=one.unit.of,
                period=one.period,
                line=line,
                number=line.number,
                over=share.over,
                short=short_of(line, share.over),
            )


def short_of(line: Line, over: int) -> int:
    """How many facilities more, or fewer, would meet a missed target."""
    edge = Fraction(line.limit or 0) * over / 100
    wanted = {
        "at_least": math.ceil(edge),
        "above": math.floor(edge) + 1,
        "up_to": math.floor(edge),
        "below": math.ceil(edge) - 1,
    }[line.op or "at_least"]
    return abs(wanted - line.number)


def _inside(facilities: Iterable[Located], area: str) -> list[Located]:
    level = parse_area(area).level
    if level is Level.COUNTRY:
        return list(facilities)
    return [one for one in facilities if getattr(one.site, _NAMES[level]) == area]


def _silent(whole: ThemeMonth, area: str) -> Iterator[SilentTheme]:
    for one in {one.theme: one for one in reversed(whole.judged)}.values():
        count = len(_inside(whole.silent.get(one.theme, ()), area))
        if count:
            yield SilentTheme(one.rule.id, one.unit.of, one.period, count)


def _defects(whole: ThemeMonth, area: str) -> Iterator[NewDefect]:
    """New defects by hospital, those with most of them first."""
    inside = set(_inside((one.hospital for one in whole.defects), area))
    hospitals = [one for one in whole.defects if one.hospital in inside]
    for one in sorted(hospitals, key=lambda one: (-len(one.parts), one.hospital.hcode)):
        yield NewDefect(one.hospital.place, _names_of(whole.rules, one))


def _names_of(rules: RuleSet, one: Defects) -> tuple[tuple[Text, str], ...]:
    ids = (f"{DEFECTS}.{local}" for local in one.parts)
    return tuple((rules.nodes[key].name, key) for key in ids if key in rules.nodes)


def _red(lit: Iterable[MatrixMonth], area: str) -> Iterator[TurnedRed]:
    for whole in lit:
        inside: Sequence[LitHospital] = tuple(whole.inside(area))
        for place, column in enumerate(whole.matrix.parts):
            count = sum(one.cells[place].turned_red for one in inside)
            if count:
                yield TurnedRed(whole.matrix.id, column.name, count)
