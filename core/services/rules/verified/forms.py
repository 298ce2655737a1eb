"""Which criteria rest on what people judge themselves by, and by which form they send it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import LightMatrix, Radar, WeightedGroup
from core.forms.model.form import FIGURES, AssessmentForm, Column, Form, TableForm, forms
from core.periods import Part, Period
from core.services.rules.indicators import PER, indicator_rules

_ROUNDS: Final = (1, 2)


@cache
def self_assessed_forms() -> Mapping[str, Form]:
    """The forms that hold a self-assessment, by id."""
    return {key: one for key, one in forms().items() if is_self_assessed(one)}


def is_self_assessed(form: Form) -> bool:
    """Whether anything a form holds is a self-assessment."""
    return isinstance(form, AssessmentForm) or any(table.self_assessed for table in form.tables)


def item_columns(form: TableForm) -> tuple[Column, ...]:
    """The columns of a table form that are self-assessed: full marks are given, not judged."""
    return tuple(
        column
        for table in form.tables
        if table.self_assessed
        for column in table.columns
        if column.type in FIGURES and not column.above_zero
    )


def part_of(form: Form) -> Part:
    """The kind of period that self-assessments of a form are of."""
    if isinstance(form, AssessmentForm):
        return ""
    tables = (table for table in form.tables if table.self_assessed)
    return "R" if any(table.column("round") for table in tables) else "M"


def periods_shown(form: Form, period: Period) -> tuple[Period, ...]:
    """The periods whose self-assessment a view of a period shows, the first that has any."""
    part = part_of(form)
    if not part:
        return (Period(period.fiscal_year),)
    if part != "R":
        return (period,) if period.part == part else ()
    year = period.fiscal_year
    last = {"": _ROUNDS[-1], "R": period.number}.get(period.part) or period.month.round.number
    return tuple(Period(year, "R", number) for number in range(last, 0, -1))


def form_of(rules: RuleSet, criterion: str) -> str | None:
    """The form whose self-assessment a result of a criterion comes from; None for all others."""
    return _forms(rules).get(criterion)


def form_behind(criterion: str, period: Period) -> str | None:
    """The same by the rules of a period, whatever their readings."""
    return form_of(catalog().ruleset_of(period), criterion)


def forms_behind(rules: RuleSet, criteria: Iterable[str]) -> tuple[str, ...]:
    """The forms behind some criteria, matrices with all their columns; each once."""
    known = _forms(rules)
    every = (one for criterion in criteria for one in (criterion, *_columns(rules, criterion)))
    return tuple(dict.fromkeys(known[one] for one in every if one in known))


def _columns(rules: RuleSet, criterion: str) -> Iterator[str]:
    rule = rules.rules.get(criterion)
    if isinstance(rule, LightMatrix):
        for column in rule.parts:
            yield from column.of


def _forms(rules: RuleSet) -> Mapping[str, str]:
    return rules.compiled(("self_assessed",), lambda: dict(_resting(rules)))


def _resting(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Every criterion that rests on a self-assessment, with its form."""
    for form in self_assessed_forms().values():
        if isinstance(form, AssessmentForm):
            yield from ((one, form.id) for one in _of_assessment(rules, form))
        else:
            yield from ((one, form.id) for one in _of_tables(rules, form))


def _of_assessment(rules: RuleSet, form: AssessmentForm) -> Iterator[str]:
    whole = (*(section.group for section in form.sections), form.total, *form.radars)
    for group in whole:
        rule = rules.rules.get(group)
        if isinstance(rule, WeightedGroup):
            yield group
            yield from (member.criterion for member in rule.members)
        elif isinstance(rule, Radar):
            yield group


def _of_tables(rules: RuleSet, form: TableForm) -> Iterator[str]:
    measures = {column.measure for column in item_columns(form)}
    for per in PER.values():
        known = indicator_rules(rules, per)
        units = {unit for unit in known.units if measures & {*known.needs(unit)}}
        yield from units
        yield from (area.id for area in known.areas if area.of in units)
