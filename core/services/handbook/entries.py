"""The handbook: every rule with its source, readable, in both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from core.criteria.catalog import Catalog, RuleSet, catalog, measure_name
from core.criteria.model import Criterion, Node, Radar, Threshold, WeightedGroup
from core.forms.model.form import TableForm, form
from core.forms.trial_balance.accounts import account_sets
from core.scoring.base.derived import measures_of
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.words import Rung
from core.services.handbook.wording import sentence, settings
from core.services.rules.cases.files import cases_path, read_cases
from core.services.rules.explanation import Citation, OpenQuestion, open_questions
from core.services.scored.why import provenance
from core.text import Text, fold, say

_FINANCE: Final = "finance"


@dataclass(frozen=True)
class Entry:
    """One rule, or a part of one, as the handbook prints it.

    `members` are (id, name, weight) of a group or radar.
    """

    id: str
    no: str
    name: Text
    full: float | None
    rule: Text
    rungs: tuple[Rung, ...]
    provenance: tuple[tuple[Text, Text], ...]
    assumptions: tuple[Text, ...]
    members: tuple[tuple[str, Text, float], ...] = ()
    parts: tuple["Entry", ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A criterion in one fiscal year."""

    entry: Entry
    theme: str
    kind: str
    unit: str
    fiscal_years: tuple[int | None, int | None]
    citation: Citation
    questions: tuple[OpenQuestion, ...]
    notes: tuple[Text, ...]
    cases: int
    aliases: tuple[str, ...] = ()
    """Other numbers and names of it in the source."""


def handbook(
    fiscal_year: int | None = None,
    query: str = "",
    *,
    source: Catalog | None = None,
    readings: Mapping[str, str] | None = None,
) -> tuple[Chapter, ...]:
    """Every criterion with the edition of a fiscal year (without one: its newest), by id.

    Rules are read under `readings`; switches not among them keep their default.

    `query` selects criteria whose names, rules or notes have all its words, whatever the tone
    marks, case and spaces.
    """
    books = source or catalog()
    words = [fold(word) for word in query.split()]
    chapters = (
        _chapter(books, criterion, year, readings)
        for criterion in books.criteria.values()
        if (year := _year_of(criterion, fiscal_year)) is not None
    )
    return tuple(ch for ch in chapters if all(word in _searchable(ch) for word in words))


def _year_of(criterion: Criterion, wanted: int | None) -> int | None:
    """A year in which the criterion holds: the wanted one, or the first of its newest edition."""
    if wanted is not None:
        return wanted if any(e.holds_in(wanted) for e in criterion.editions) else None
    starts = [edition.fiscal_years[0] or 0 for edition in criterion.editions]
    return max(starts)


def _chapter(
    books: Catalog, criterion: Criterion, year: int, readings: Mapping[str, str] | None
) -> Chapter:
    rules = books.ruleset(year, readings)
    edition = rules.editions[criterion.id]
    cited = books.documents[edition.source.document]
    has_cases = cases_path(books, criterion.id).exists()
    return Chapter(
        entry=_entry(rules.rules[criterion.id], criterion.no or "", rules),
        theme=criterion.theme,
        kind=criterion.kind,
        unit=criterion.unit,
        fiscal_years=edition.fiscal_years,
        citation=Citation(cited.title, edition.source.where),
        questions=open_questions(criterion.id, rules),
        notes=edition.notes,
        cases=len(read_cases(books, criterion.id)) if has_cases else 0,
        aliases=criterion.aliases,
    )


def _entry(rule: Node, no: str, rules: RuleSet, whole: Node | None = None) -> Entry:
    owner = rules.owner.get(rule.id, rule.id)
    local = rule.id.removeprefix(owner).lstrip(".") or None
    assumed = rules.editions[owner].assumptions
    parts: tuple[Node, ...] = getattr(rule, "parts", ())
    return Entry(
        id=rule.id,
        no=no,
        name=rule.name,
        full=getattr(rule, "full", None) or None,
        rule=sentence(rule, whole),
        rungs=rungs_of(rule),
        provenance=(*settings(rule, rules), *provenance(rule), *_accounts(rule)),
        assumptions=tuple(a.text for a in assumed if a.part == local),
        members=tuple(_members(rule, rules)),
        parts=tuple(_entry(part, _number(part, rule, no), rules, rule) for part in parts),
    )


def _accounts(rule: Node) -> Iterator[tuple[Text, Text]]:
    """Which accounts belong into the figures of a test, as the form for monthly finance says."""
    chosen = form(_FINANCE)
    if not isinstance(rule, Threshold) or not isinstance(chosen, TableForm):
        return
    given = account_sets().editions[-1].measures
    for measure in measures_of(rule.figure):
        column = chosen.tables[0].column(measure)
        if measure in given and column and column.hint:
            yield say("Accounts of “{figure}”", figure=measure_name(measure)), column.hint


def _number(part: Node, whole: Node, no: str) -> str:
    """The printed number of a part: its label, or where its id is one, the whole's and its own."""
    local = part.id.removeprefix(whole.id)
    return no + local if local[1:2].isdigit() else (part.label or "")


def _members(rule: Node, rules: RuleSet) -> Iterator[tuple[str, Text, float]]:
    if isinstance(rule, WeightedGroup):
        for member in rule.members:
            yield member.criterion, rules.rule(member.criterion).name, member.weight
    elif isinstance(rule, Radar):
        for spoke in rule.spokes:
            yield spoke.id, spoke.name, sum(member.weight for member in spoke.members)


def _searchable(chapter: Chapter) -> str:
    texts = [chapter.entry.id, chapter.citation.where, *chapter.aliases, *_words(chapter.entry)]
    for text in (chapter.citation.document, *chapter.notes, *(q.note for q in chapter.questions)):
        texts += [text.th, text.en]
    return fold(" ".join(texts))


def _words(entry: Entry) -> Iterator[str]:
    for text in (entry.name, entry.rule, *entry.assumptions, *(rung.text for rung in entry.rungs)):
        yield text.th
        yield text.en
    for part in entry.parts:
        yield from _words(part)
