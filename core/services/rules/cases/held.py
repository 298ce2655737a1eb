"""Holds every criterion against the cases that stand beside its file."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.criteria.catalog import Catalog, RuleSet, walk
from core.criteria.model import Ladder, Node, Radar, RatioToTarget, Steps, Sum, WeightedGroup
from core.scoring.base.inputs import Column, Inputs
from core.scoring.base.scores import Scores
from core.scoring.base.states import State
from core.scoring.examples import FINANCE_KINDS, example_outcome
from core.scoring.star.composite import score, score_group, score_radar
from core.services.rules.cases.files import Case, Outcome, month_of, read_cases
from core.text import Text, say

_CLOSE: Final = 1e-9


@dataclass(frozen=True)
class Failure:
    """A case that does not hold."""

    case: Case
    got: Outcome

    @property
    def place(self) -> str:
        """Full id of the rule or part that was tried."""
        case = self.case
        return case.criterion if case.part is None else f"{case.criterion}.{case.part}"

    @property
    def text(self) -> Text:
        """For people: only what came out otherwise."""
        wanted, got = self.case.points, self.got
        if isinstance(wanted, Mapping) and isinstance(got, Mapping):
            unknown = ", ".join(wanted.keys() - got.keys())
            if unknown:
                return say(
                    "{criterion}: a case cannot expect “{name}”. Known: {known}",
                    criterion=self.place,
                    name=unknown,
                    known=", ".join(got),
                )
            wanted = {name: value for name, value in wanted.items() if not _same(got[name], value)}
            got = {name: got[name] for name in wanted}
        return say(
            "{criterion}: {value} should give {wanted} but gives {got} ({why})",
            criterion=self.place,
            value=_written(self.case.value),
            wanted=_written(wanted),
            got=_written(got),
            why=self.case.why,
        )

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "criterion": self.place,
            "value": self.case.value,
            "expected": self.case.points,
            "got": self.got,
            "why": self.case.why,
        }


def _written(value: Any) -> str:
    """A value as a cases file writes it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if value is None:
        return "null"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def outcome(catalog: Catalog, case: Case) -> Outcome:
    """What the rule gives for a case's value."""
    readings = dict([case.reading.split("=", 1)]) if case.reading else {}
    rules = catalog.ruleset(case.fiscal_year, readings, month=month_of(case))
    node = case.criterion if case.part is None else f"{case.criterion}.{case.part}"
    rule = rules.rule(node)
    if isinstance(rule, FINANCE_KINDS):
        return example_outcome(rule, case.value)
    if isinstance(rule, WeightedGroup | Radar):
        return _of_members(rule, case.value or {}, rules)
    scores = score(rule, _inputs(rule, case.value))
    return _plain(scores.points[0], scores.states[0])


def _plain(points: float, state: int) -> Outcome:
    if state == State.ERROR:
        return "error"
    return None if math.isnan(points) else float(points)


def _inputs(rule: Node, value: Any) -> Inputs:
    columns: dict[str, Column] = {}
    if isinstance(rule, Sum):
        for part, typed in (value or {}).items():
            columns |= _typed(_part(rule, part), typed)
    else:
        columns |= _typed(rule, value)
    return Inputs(columns, 1)


def _part(rule: Sum, local: str) -> Node:
    return next(part for part in walk(rule) if part.id == f"{rule.id}.{local}")


def _typed(rule: Node, value: Any) -> dict[str, Column]:
    """Columns of one leaf: a number, or numerator and denominator with or without points."""
    if not isinstance(value, Mapping):
        return {rule.id: _column(value)}
    columns = {rule.id: _column(value.get("points", value.get("percent")))}
    if isinstance(rule, Ladder | RatioToTarget | Steps) and rule.input:
        columns[rule.input.numerator] = _column(value.get("numerator"))
        columns[rule.input.denominator] = _column(value.get("denominator"))
    return columns


def _column(value: float | None) -> Column:
    return Column.of(np.array([math.nan if value is None else float(value)]))


def _of_members(rule: WeightedGroup | Radar, given: Mapping[str, float], rules: RuleSet) -> Outcome:
    """Members by raw points; those not named scored nothing, as if not filled in."""
    spokes = rule.spokes if isinstance(rule, Radar) else ()
    wanted = rule.members if isinstance(rule, WeightedGroup) else ()
    members = {m.criterion for m in (*wanted, *(m for s in spokes for m in s.members))}
    scored = {key: _member(key, given.get(key), rules) for key in members}
    if isinstance(rule, Radar):
        return {key: float(value[0]) for key, value in score_radar(rule, scored).items()}
    return _plain(score_group(rule, scored).score[0], State.REPORTED)


def _member(key: str, raw: float | None, rules: RuleSet) -> Scores:
    rule = rules.rule(key)
    full = rule.out_of if isinstance(rule, WeightedGroup) else getattr(rule, "full", math.nan)
    state = State.NOT_REPORTED if raw is None else State.REPORTED
    points = np.array([0.0 if raw is None else float(raw)])
    return Scores(key, points, np.array([full]), points, np.array([state], dtype=np.int8))


def failures(catalog: Catalog, criterion: str) -> Iterator[Failure]:
    """The cases of a criterion that do not hold."""
    for case in read_cases(catalog, criterion):
        got = outcome(catalog, case)
        if not _same(got, case.points):
            yield Failure(case, got)


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        return all(key in got and _same(got[key], value) for key, value in wanted.items())
    numbers = isinstance(got, int | float) and isinstance(wanted, int | float)
    if numbers and not isinstance(got, bool):
        return math.isclose(got, wanted, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return bool(got == wanted)
