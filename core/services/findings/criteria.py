"""What findings follow: the criteria that judge facilities in a period, and what each asks."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import AreaShare, Crisis, GradeScale, Indicator, LightColumn, Node
from core.periods import Period
from core.scoring.explain.words import edge_text, interval_text, number
from core.services.overview.month import HOSPITAL
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.rules.indicators import PER, IndicatorRules
from core.text import Text, say

_FINANCE: Final = "finance"
"""The report that crisis level and score are both made of."""


class Judging(NamedTuple):
    """A criterion in the period it is judged by.

    `criterion` may be a column of a governance matrix. `of` is the kind of facility, `report` what
    is missing where all of its criteria are silent.
    `is_due`: its results are judged, so that one is missed where there is none.
    """

    criterion: str
    period: Period
    of: str
    report: str
    is_due: bool


def judged_by(rules: RuleSet, period: Period) -> tuple[Judging, ...]:
    """The criteria of a month; of a round its own and those of its last month."""
    return tuple(_judged_by(rules, period))


def _judged_by(rules: RuleSet, period: Period) -> Iterator[Judging]:
    for criterion in (CRISIS, TPS):
        if criterion in rules.rules:
            yield Judging(criterion, period.month, HOSPITAL, _FINANCE, is_due=True)
    for when in dict.fromkeys((period.month, period)):
        for unit in IndicatorRules(rules, PER[when.part]).units.values():
            if unit.good and (unit.round in (None, when.number) or when.part == "M"):
                report = f"{catalog().criteria[unit.id].theme}.{when.part}"
                yield Judging(unit.id, when, unit.of, report, is_due=True)


def column_judged(rules: RuleSet, column: LightColumn, period: Period) -> Judging | None:
    """A column of a matrix as a criterion of its own; None where its criterion judges by itself.

    None as well where it is judged by rounds, and the period is a month.
    """
    units = [rules.rules.get(one) for one in column.of]
    if not all(isinstance(unit, Indicator) and unit.good is None for unit in units):
        return None
    per = units[0].per if isinstance(units[0], Indicator) else ""
    when = next((one for one in (period.month, period) if PER[one.part] == per), None)
    return Judging(column.id, when, HOSPITAL, _FINANCE, is_due=False) if when else None


def moment(period: Period) -> int:
    """A number that sorts periods of results by time, a round after its last month."""
    return 2 * period.month.ordinal + (period.part == "R")


def requirement_of(rules: RuleSet, criterion: str) -> Text:
    """What a result must be to be green, as the rule in force says it."""
    rule: Node | None = rules.nodes.get(criterion)
    if isinstance(rule, Crisis):
        passing = [band.up_to for band in rule.verdicts if band.verdict == "pass"]
        return edge_text("up_to", number(passing[-1] or 0.0)) if passing else _unknown()
    if criterion == TPS:
        scale = rules.rules.get(GRADE)
        if isinstance(scale, GradeScale):
            edges = [g.at_least for g in scale.grades if g.verdict == "pass" and g.at_least]
            return edge_text("at_least", number(min(edges))) if edges else _unknown()
    if isinstance(rule, Indicator) and rule.good:
        return interval_text(rule.good.edges, percent=rule.value != "blocks_passed")
    if isinstance(rule, LightColumn):
        edge = rule.lights[0].edge
        return edge_text(edge[0], number(edge[1])) if edge else _unknown()
    return _unknown()


def _unknown() -> Text:
    return say("a green light")


def name_of(rules: RuleSet, criterion: str) -> Text:
    """What a criterion or a column of a matrix is called; its id when the rules lack it."""
    known = rules.nodes.get(criterion)
    if known is not None:
        return known.name
    head = catalog().criteria.get(criterion)
    return head.name if head else Text(criterion, criterion)


def short_of(rules: RuleSet, criterion: str) -> Text:
    """The same in few letters: its short name, else without what stands behind it in brackets."""
    short: Text | None = getattr(rules.nodes.get(criterion), "short", None)
    name = name_of(rules, criterion)
    return short or Text(name.th.partition(" (")[0], name.en.partition(" (")[0])


def province_of(area: str) -> str:
    """The province that an area is or lies in; empty for what is larger."""
    return f"P{area[1:3]}" if area[:1] in "PD" else ""


def is_followed(rules: RuleSet, criterion: str, *, is_area: bool) -> bool:
    """Whether a criterion, or a column of a matrix, judges areas or facilities."""
    rule = rules.nodes.get(criterion)
    if is_area or isinstance(rule, AreaShare):
        return is_area and isinstance(rule, AreaShare)
    is_judged = isinstance(rule, Indicator) and rule.good is not None
    return is_judged or isinstance(rule, Crisis | LightColumn) or criterion == TPS
