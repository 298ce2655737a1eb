"""The verification workbook of one facility in one period."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import RuleSet
from core.errors import UsageError
from core.periods import Period, month_text
from core.reports.verification.model import Scope, SourceLine, Verification
from core.reports.verification.workbook import sheets_of
from core.services.guard.doors import door
from core.services.profiles.themes import facility_themes
from core.services.results.listing import subject_name
from core.services.rules.explanation import RuleText, rule_text
from core.services.rules.in_force import rules_in_force
from core.services.rules.indicators import PER, IndicatorRules
from core.services.verification.draw import drawn
from core.services.verification.scopes import finance_scope, theme_scope
from core.store.engine.unit_of_work import reading
from core.store.results.versions import latest_version, version
from core.store.schema.about import kind_of
from core.text import Language, Text, say


@door(Action.READ, "hcode")
def verification(engine: Engine, hcode: str, period: Period, language: Language) -> bytes:
    """An .xlsx file whose formulas compute every score of a facility's page again.

    `period` is a month, or a round, which stands for its last month. `UsageError` U006 where
    neither register nor results know the facility.
    """
    made = verified(engine, hcode, period.month)
    sheets = sheets_of(made, language)
    footer = " · ".join((made.place.in_(language), made.hcode, made.period.in_(language)))
    equal, differs = (word.in_(language) for word in (say("Equal"), say("Differs")))
    return drawn(sheets, _marked(footer, made, language), equal, differs)


def _marked(footer: str, made: Verification, language: Language) -> str:
    if not made.is_demonstration:
        return footer
    invented = say("Demonstration: all hospitals and figures are invented.")
    return f"{footer} · {invented.in_(language)}"


def verified(engine: Engine, hcode: str, month: Period) -> Verification:
    """Everything the scores of a facility's page are computed from."""
    shown = defaultdict(set)
    for one in facility_themes(engine, hcode, month):
        shown[one.period].add(one.unit.id)
    with reading(engine) as session:
        place = subject_name(session, hcode)
        rules = rules_in_force(session, month)
        finance = finance_scope(session, hcode, month, rules, _name(month, finance=True))
        scopes = [] if finance is None else [finance]
        lines = list(_sources(rules, scopes))
        for when in sorted(shown, key=lambda one: (one.part, one)):
            of_period = rules_in_force(session, when)
            units = IndicatorRules(of_period, PER[when.part])
            scope = theme_scope(session, hcode, when, units, shown[when], _name(when))
            scopes.append(scope)
            lines += _sources(of_period, [scope])
        if place is None and not scopes:
            raise UsageError("U006", area=hcode)
        return Verification(
            hcode=hcode,
            place=place or Text(hcode, hcode),
            period=month_text(month),
            as_of=_as_of(session),
            is_demonstration=kind_of(session) == "demo",
            scopes=tuple(scopes),
            sources=tuple(dict.fromkeys(lines)),
        )


def _as_of(session: Session) -> datetime | None:
    newest = latest_version(session)
    return version(session, newest).made_at if newest else None


def _name(period: Period, *, finance: bool = False) -> Text:
    """What a group of rules is called."""
    if finance:
        return say("Crisis level and TPS, {month}", month=month_text(period))
    if period.part == "R":
        return say(
            "Inspection themes, fiscal year {year}, round {number}",
            year=period.fiscal_year,
            number=period.number,
        )
    return say("Inspection themes, {month}", month=month_text(period))


def _sources(rules: RuleSet, scopes: Iterable[Scope]) -> Iterator[SourceLine]:
    """Document and place of every rule, what is assumed, and readings in force."""
    for scope in scopes:
        for ruled in scope.rules:
            yield from _of_rule(ruled.name, rule_text(ruled.rule.id, rules))


def _of_rule(name: Text, rule_text: RuleText) -> Iterator[SourceLine]:
    yield SourceLine(name, say("Document"), rule_text.citation.document, rule_text.citation.where)
    for question in rule_text.questions:
        yield SourceLine(name, say("Contradiction in the source"), question.note)
        yield SourceLine(name, say("Reading in force"), question.reading)
        for other in question.others:
            yield SourceLine(name, say("Other reading"), other)
    for text in rule_text.assumptions:
        yield SourceLine(name, say("Assumed"), text)
    for text in rule_text.notes:
        yield SourceLine(name, say("Note"), text)
