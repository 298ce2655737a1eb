"""The rules a facility's page shows in a period, with their figures, peers and results."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, measures
from core.criteria.model import (
    Block,
    GradeScale,
    Node,
    Survival,
    Taken,
    Threshold,
    figures_by_kind,
    percent_of,
)
from core.criteria.rule_set import walk
from core.periods import Period
from core.reports.verification.model import Peer, PeerFigures, Ruled, Scope, Stored, StoredPart
from core.scoring.base.derived import measures_of
from core.scoring.base.peers import group_key
from core.services.recompute.finance import monthly_forms
from core.services.recompute.joined_table import joined_table
from core.services.results.listing import grade_of, indicator_name
from core.services.rules.finance import CRISIS, GRADE, GROUP, ISLAND, TPS, finance_rules
from core.services.rules.indicators import IndicatorRules
from core.services.rules.peer_values import published_for
from core.services.rules.units import unit_of
from core.services.verification.reported import (
    Reported,
    as_figure,
    figures_of,
    monthly,
    reported,
)
from core.store.register.repository import PlacedFacility, facilities
from core.store.results.detail import FIGURE, Part
from core.store.results.light_rows import PartsRow, part_rows
from core.store.results.repository import StoredResult, results_about
from core.text import Text, say

_FINANCE: Final = "finance."


def finance_scope(
    session: Session, hcode: str, month: Period, rules: RuleSet, name: Text
) -> Scope | None:
    """Level, score and grade of a hospital's month; None where none is stored."""
    stored = results_about(session, hcode, month)
    if CRISIS not in stored:
        return None
    judged_by, figures = finance_rules(rules), monthly(session, hcode, month)
    chosen = [rules.rules[one] for one in (CRISIS, TPS, GRADE) if one in rules.rules]
    known = {one.hcode: one for one in facilities(session, at=month)}
    register = _Register(hcode, known, _groups(session, month, known))
    names = _figures(chosen)
    wanted = [code for name_ in (*names, "capital_months", "net_working_capital")
              for code in measures_of(name_, judged_by.crisis.income)]  # fmt: skip
    amounts = [code for code in figures.observations if code.startswith(_FINANCE)]
    return Scope(
        period=month,
        name=name,
        figures=figures_of(figures, (*wanted, *amounts)),
        rules=tuple(_ruled(rule, stored.get(rule.id)) for rule in chosen),
        units=_units([*names, *wanted, *amounts, "capital_months", "net_income"]),
        peers=tuple(_peers(session, chosen, month, register, stored)),
        group=register.group,
        island=_is_island(known.get(hcode), figures),
        knows_empty=True,
        income=judged_by.crisis.income,
        decimals=judged_by.decimals,
    )


def theme_scope(
    session: Session,
    hcode: str,
    period: Period,
    rules: IndicatorRules,
    shown: Iterable[str],
    name: Text,
) -> Scope:
    """Indicators of the themes in one period: those shown, and those they need."""
    stored = results_about(session, hcode, period)
    chosen = [rules.units[one] for one in rules.units if one in _needed(rules, set(shown))]
    figures = reported(session, hcode, period)
    known = {one.hcode: one for one in facilities(session, at=period.month)}
    register = _Register(hcode, known, {c: one.hgr for c, one in known.items() if one.hgr})
    names = _figures(chosen)
    results = {rule.id for rule in chosen}
    wanted = [code for name_ in names for code in measures_of(name_)
              if code in measures() or code not in results]  # fmt: skip
    return Scope(
        period=period,
        name=name,
        figures=figures_of(figures, wanted),
        rules=tuple(_ruled(rule, stored.get(rule.id)) for rule in chosen),
        units=_units([*names, *wanted]),
        peers=tuple(_peers(session, chosen, period, register, stored)),
        group=register.group,
    )


def _needed(rules: IndicatorRules, shown: set[str]) -> set[str]:
    """Indicators with all those whose value or parts they take."""
    needed, waiting = set[str](), list(shown)
    while waiting:
        one = waiting.pop()
        if one in needed or one not in rules.units:
            continue
        needed.add(one)
        for figure in rules.units[one].figures:
            waiting += [
                other for other in rules.units
                if other != one and (figure == other or figure.startswith(f"{other}."))
                and figure not in measures()
            ]  # fmt: skip
    return needed


def _figures(rules: Iterable[Node]) -> list[str]:
    """Names of all figures that rules look at, each once."""
    names: list[str] = []
    for node in (node for rule in rules for node in walk(rule)):
        if isinstance(node, Survival):
            names += ["net_working_capital", "income", "capital_months"]
        elif not isinstance(node, Block | Taken):
            names += _figures_of(node)
    return list(dict.fromkeys(names))


def _figures_of(node: Node) -> Iterator[str]:
    figure, of = getattr(node, "figure", None), getattr(node, "of", None)
    if isinstance(figure, str):
        yield figure
        if isinstance(of, str):
            yield of
        other = getattr(node, "figure_of_round", None)
        yield from (other,) if other else ()
    if isinstance(node, Threshold):
        yield from (cutoff.when.figure for cutoff in node.cutoffs if cutoff.when)
        yield from (node.alternative.figure,) if node.alternative else ()


def _ruled(rule: Node, stored: StoredResult | None) -> Ruled:
    return Ruled(rule, indicator_name(rule.id), _stored(rule, stored) if stored else None)


def _stored(rule: Node, stored: StoredResult) -> Stored:
    blocks = {node.id for node in walk(rule) if isinstance(node, Block)}
    parts = {
        f"{stored.criterion}.{local}": _part(part, f"{stored.criterion}.{local}" in blocks)
        for local, part in stored.detail.parts.items()
    }
    state = None if isinstance(rule, GradeScale) else stored.state
    whole = StoredPart(stored.value, math.nan, stored.points, stored.full_marks, state)
    grade = grade_of(rule, stored.value) or stored.detail.notes.get("grade")
    return Stored(whole, stored.verdict, parts, grade)


def _part(part: Part, is_block: bool) -> StoredPart:
    # Of a block only whether it is complete is stored, not why it is not.
    state = None if is_block else part.state
    return StoredPart(part.figure, part.cutoff, part.points, part.full_marks, state)


def _groups(
    session: Session, month: Period, known: Mapping[str, PlacedFacility]
) -> Mapping[str, str]:
    """The group of every hospital of a month: the register's, else the one its file names."""
    table = joined_table(session, monthly_forms(), [month], [GROUP])
    typed = table.texts.get(GROUP, (None,) * len(table.subjects))
    names = {hcode: name for hcode, name in zip(table.subjects, typed, strict=True) if name}
    return names | {hcode: one.hgr for hcode, one in known.items() if one.hgr}


def _is_island(known: PlacedFacility | None, figures: Reported) -> bool:
    return known.island if known else (figures.number(ISLAND) or 0.0) > 0


@dataclass(frozen=True)
class _Register:
    """The facilities of a period by hcode, the group of each, and which of them is looked at."""

    hcode: str
    known: Mapping[str, PlacedFacility]
    groups: Mapping[str, str]

    @property
    def group(self) -> str | None:
        return self.groups.get(self.hcode)

    def others(self) -> set[str]:
        """The other facilities of the group."""
        own = self.group
        if own is None:
            return set()
        alike = {one for one, name in self.groups.items() if group_key(name) == group_key(own)}
        return alike - {self.hcode}

    def name(self, hcode: str) -> Text:
        one = self.known.get(hcode)
        return Text(one.name_th, one.name_en) if one else Text(hcode, hcode)


def _peers(
    session: Session,
    rules: Sequence[Node],
    period: Period,
    register: _Register,
    stored: Mapping[str, StoredResult],
) -> Iterator[PeerFigures]:
    """What each figure is held against: the group's own figures, or what was published of it."""
    if register.group is None:
        return
    for rule in rules:
        tests = {
            (node.figure, node.peer_value): (node.group_figure, node.id.removeprefix(f"{rule.id}."))
            for node in walk(rule)
            if isinstance(node, Threshold) and node.peer_value is not None
        }
        if not tests:
            continue
        parts = [local for _, local in tests.values()]
        published = published_for(session, stored[rule.id]) if rule.id in stored else None
        rows = part_rows(session, rule.id, [period], parts)[period]
        for (figure, kind), (as_published, local) in tests.items():
            values = published.of(as_published, kind) if published else ()
            if published and values:
                ours = tuple(as_figure(one, published.file) for one in values)
                yield PeerFigures(figure, kind, (), ours)
            else:
                yield PeerFigures(figure, kind, tuple(_others(rows, local, register)))


def _others(rows: Mapping[str, PartsRow], local: str, register: _Register) -> Iterator[Peer]:
    """The figures of the rest of the group, by code."""
    for hcode in sorted(register.others() & rows.keys()):
        part = rows[hcode].parts.get(local)
        if part is not None and part[FIGURE] is not None:
            yield Peer(hcode, register.name(hcode), float(part[FIGURE]))


def _units(names: Iterable[str]) -> Mapping[str, Text]:
    """Units in words, by figure, those of kinds and of percentages among them."""
    units = {}
    for name in names:
        for one in (name, *figures_by_kind(name).values()):
            units[one] = unit_text("percent" if percent_of(one) else unit_of(one))
    return units


def unit_text(unit: str) -> Text:
    """A unit in a word; empty where a number has none."""
    words = {
        "baht": say("baht"),
        "days": say("days"),
        "months": say("months"),
        "points": say("points"),
        "ratio": say("times"),
        "percent": Text("%", "%"),
        "share": Text("%", "%"),
    }
    return words.get(unit, Text("", ""))
