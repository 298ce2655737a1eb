"""All criteria files of a folder as criteria, with every fault of every file."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from core.criteria.faults import Fault, FaultyFileError, fault
from core.criteria.load import (
    CriterionSource,
    EditionSource,
    Step,
    faults_of,
    no_such_part,
    places_of,
    read_source,
)
from core.criteria.model import AnyRule, Criterion, Edition
from core.criteria.references import ReferenceFaultError
from core.criteria.year_rules import Made, YearRules, refers
from core.periods import month_at
from core.text import Text, say

_Span = tuple[int | None, int | None]
"""First and last month, ordinals; None where it is open."""
_BEFORE_ALL: Final = 0
"""A month before all; where no edition begins or ends, every month is alike."""
_MONTHS: Final = 12


@dataclass
class Corpus:
    """What the criteria files of a folder say; files with faults are left out of `criteria`."""

    sources: dict[str, CriterionSource] = field(default_factory=dict)
    drafts: list[CriterionSource] = field(default_factory=list)
    """Every file that could be read, those with faults among them."""
    criteria: dict[str, Criterion] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def faulty(self) -> frozenset[str]:
        """Ids, by their files' names, of criteria that cannot be used."""
        return frozenset(one.file.removesuffix(".yaml") for one in self.faults)


def _paths(folder: Path, beside: Path | None) -> Iterator[Path]:
    """The criteria files of a folder, cases and lists apart, and one in place of its namesake."""
    for path in sorted(folder.glob("*/*.yaml")):
        is_rule = not path.name.startswith("_") and not path.name.endswith(".cases.yaml")
        if is_rule and (beside is None or path.name != beside.name):
            yield path
    if beside is not None:
        yield beside


def read_corpus(folder: Path, beside: Path | None = None) -> Corpus:
    """Every criteria file of a folder, and one from elsewhere in place of its namesake."""
    corpus = Corpus()
    for path in _paths(folder, beside):
        try:
            source = read_source(path)
        except FaultyFileError as error:
            corpus.faults += error.faults
            continue
        corpus.drafts.append(source)
        faults = source.faults or tuple(_overlaps(source))
        corpus.faults += faults
        if faults:
            continue
        if source.id in corpus.sources:
            other = corpus.sources[source.id].path.name
            reason = say("id {id} stands in {file} already", id=source.id, file=other)
            corpus.faults.append(fault(path, places_of(path).line(("id",)), reason))
        else:
            corpus.sources[source.id] = source
    making = _Making(corpus.sources)
    for key, source in corpus.sources.items():
        made = making.criterion(source)
        corpus.faults += made if isinstance(made, list) else ()
        if isinstance(made, Criterion):
            corpus.criteria[key] = made
    return corpus


class _Making:
    """Makes criteria of their sources, span by span where they refer to one another."""

    def __init__(self, sources: Mapping[str, CriterionSource]) -> None:
        self._sources = sources
        self._moments: dict[int, YearRules] = {}
        bounds = {
            bound
            for source in sources.values()
            for edition in source.editions
            for bound in _bounds(edition)
        }
        self._bounds = tuple(sorted(bounds))

    def _rules(self, month: int | None) -> YearRules:
        """The rules of a month, an ordinal; of the first there is when None."""
        ordinal = _BEFORE_ALL if month is None else month
        if ordinal not in self._moments:
            self._moments[ordinal] = _rules_of(self._sources, ordinal)
        return self._moments[ordinal]

    def criterion(self, source: CriterionSource) -> Criterion | list[Fault]:
        """The criterion of a source, or what is wrong with it."""
        faults: list[Fault] = []
        editions: list[Edition] = []
        name, newest = source.head["name"], -1
        for edition in source.editions:
            wrong = list(dict.fromkeys(self._faults(edition)))
            faults += wrong
            if not wrong:
                made = self._editions(edition)
                editions += [one for one, _ in made]
                begins = made[-1][0].begins or _BEFORE_ALL
                if begins > newest:
                    name, newest = made[-1][1].name, begins
        if faults:
            return faults
        return Criterion.model_validate({**source.head, "name": name, "editions": tuple(editions)})

    def _editions(self, edition: EditionSource) -> list[tuple[Edition, Made]]:
        """An edition of a file as editions whose edges stay where they are."""
        spans: list[tuple[_Span, Made]] = []
        for first, last in self._spans(edition):
            made = self._rules(first).made(edition)
            if spans and spans[-1][1] == made:
                spans[-1] = (spans[-1][0][0], last), made
            else:
                spans.append(((first, last), made))
        return [
            (_edition(made, span, follows=number > 0), made)
            for number, (span, made) in enumerate(spans)
        ]

    def _spans(self, edition: EditionSource) -> Iterator[_Span]:
        """The months of an edition, divided where another rule it may refer to changes."""
        first, last = edition.head.begins, edition.head.ends
        inner = [
            b for b in self._bounds if (first or _BEFORE_ALL) < b and (last is None or b <= last)
        ]
        begins = [first, *inner] if refers(edition) else [first]
        for begin, following in zip(begins, [*begins[1:], None], strict=True):
            yield begin, last if following is None else following - 1

    def _faults(self, edition: EditionSource) -> Iterator[Fault]:
        """What is wrong with an edition in any of its months, and under any of its readings."""
        wrong = False
        for first, _ in self._spans(edition):
            for one in _tried(self._rules(first), edition, [edition.at]):
                wrong = True
                yield one
        if not wrong:
            yield from self._reading_faults(edition)

    def _reading_faults(self, edition: EditionSource) -> Iterator[Fault]:
        month = edition.head.begins or edition.head.ends or _BEFORE_ALL
        for key, switch in edition.head.readings.items():
            for name, option in switch.options.items():
                at = (*edition.at, "readings", key, "options", name, "changes")
                changes = [(*at, number) for number in range(len(option.changes))]
                if name != switch.default and changes:
                    rules = _rules_of(self._sources, month, {key: name})
                    yield from _tried(rules, edition, changes)


def _rules_of(
    sources: Mapping[str, CriterionSource], month: int, chosen: Mapping[str, str] | None = None
) -> YearRules:
    """The rules of a month, an ordinal."""
    return YearRules(sources, month // _MONTHS, chosen, month % _MONTHS + 1)


def _bounds(edition: EditionSource) -> Iterator[int]:
    """The months with which anything begins, as ordinals."""
    if edition.head.begins is not None:
        yield edition.head.begins
    if edition.head.ends is not None:
        yield edition.head.ends + 1


def _overlaps(source: CriterionSource) -> Iterator[Fault]:
    """Editions that hold in months of one another, or in none at all, at their years."""
    for number, edition in enumerate(source.editions):
        at, head = (*edition.at, "fiscal_years"), edition.head
        if head.begins is not None and head.ends is not None and head.begins > head.ends:
            yield _at(source.path, at, say("this edition ends before it begins"))
        for other in source.editions[:number]:
            shared = max(head.begins or _BEFORE_ALL, other.head.begins or _BEFORE_ALL)
            if shared <= min(_end(head.ends), _end(other.head.ends)):
                reason = say(
                    "this edition and the one of line {line} both hold in {month}",
                    line=places_of(source.path).line((*other.at, "fiscal_years")),
                    month=_month_name(shared),
                )
                yield _at(source.path, at, reason)


def _end(month: int | None) -> float:
    return math.inf if month is None else month


def _month_name(month: int) -> str | Text:
    """A month, an ordinal, as people write a period; words for one before all."""
    if month == _BEFORE_ALL:
        return say("the earliest years")
    return str(month_at(month))


def _tried(
    rules: YearRules, edition: EditionSource, places: Sequence[tuple[Step, ...]]
) -> Iterator[Fault]:
    """What keeps an edition from being made; it is looked for at these places of its file."""
    try:
        rules.made(edition)
    except ReferenceFaultError as error:
        wrong = _at(edition.path, (*places[0], *error.at), error.reason)
        yield replace(wrong, follows=error.follows)
    except LookupError as error:
        yield _at(edition.path, places[0], no_such_part(error.args[0]))
    except ValidationError as error:
        yield from faults_of(edition.path, error, AnyRule, *places)


def _at(path: Path, where: tuple[Step, ...], reason: Text) -> Fault:
    return fault(path, places_of(path).line(where), reason)


def _edition(made: Made, span: _Span, *, follows: bool) -> Edition:
    first, last = span
    head = {key: value for key, value in made.head.items() if key != "numbers"}
    head["fiscal_years"] = [None if m is None else m // _MONTHS for m in span]
    head["from_month"] = 1 if first is None else first % _MONTHS + 1
    head["through_month"] = _MONTHS if last is None else last % _MONTHS + 1
    return Edition.model_validate({**head, "rule": made.rule, "follows": follows})
