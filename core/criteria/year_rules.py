"""The rules of one fiscal year, each made after those whose edges it refers to."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import ValidationError

from core.criteria.load import CriterionSource, EditionSource, build_rule, changed
from core.criteria.model import AnyRule, Node
from core.criteria.model.base import ShapeError
from core.criteria.references import (
    FaultyRuleError,
    ReferenceFaultError,
    number_of,
    reference,
    references,
    with_numbers,
    with_texts,
)
from core.criteria.rule_set import walk
from core.text import say


class Made(NamedTuple):
    """A rule with every reference resolved, and what its edition says with its numbers filled in.

    `head` holds the keys of `EditionHead` as plain data.
    """

    rule: AnyRule
    head: Mapping[str, Any]
    name: Mapping[str, str]


class YearRules:
    """Makes the rules of a fiscal year (Buddhist era) under chosen readings, each once.

    Where a rule changes within the year, that of the fiscal `month` is made.

    Making one raises `ReferenceFaultError`, `ValidationError`, or `LookupError` when a reading
    changes a part that does not exist.
    """

    def __init__(
        self,
        sources: Mapping[str, CriterionSource],
        fiscal_year: int,
        chosen: Mapping[str, str] | None = None,
        month: int = 12,
    ) -> None:
        self._sources = sources
        self._year = fiscal_year
        self._month = month
        self._chosen = chosen or {}
        self._rules: dict[str, AnyRule] = {}
        self._made: dict[tuple[str, int], Made] = {}
        self._in_work: list[str] = []

    def made(self, edition: EditionSource) -> Made:
        """A rule with its numbers and its texts."""
        key = edition.rule["id"], edition.number
        if key not in self._made:
            self._made[key] = self._make(edition.rule["id"], edition)
        return self._made[key]

    def _make(self, criterion: str, edition: EditionSource) -> Made:
        rule = self._rule(criterion, edition)
        if not edition.head.numbers:
            return Made(rule, edition.plain, edition.rule["name"])
        numbers = self._numbers(edition)
        plain = with_numbers(changed(edition.rule, edition.changes(self._chosen)), self.node)
        filled = with_texts(plain, numbers)
        head = {key: value for key, value in edition.plain.items() if key != "numbers"}
        return Made(build_rule(filled), with_texts(head, numbers), filled["name"])

    def _numbers(self, edition: EditionSource) -> dict[str, float]:
        return {name: self._number(name, raw) for name, raw in edition.head.numbers.items()}

    def _number(self, name: str, raw: object) -> float:
        at = ("numbers", name)
        try:
            wanted = reference(raw)
            if wanted is None:
                raise ShapeError(say("{name} is no reference to an edge of a rule", name=name))
            return number_of(wanted, self._node_nearby)
        except ShapeError as error:
            follows = isinstance(error, FaultyRuleError)
            raise ReferenceFaultError(at, error.reason, follows=follows) from error

    def _node_nearby(self, full_id: str) -> Node:
        """The same where no edition holds this year: the one nearest, for texts may tell of it."""
        source = self._sources.get(self._criterion_of(full_id))
        if source is None or source.edition(self._year, self._month) is not None:
            return self.node(full_id)
        year = source.year_near(self._year)
        return YearRules(self._sources, year, self._chosen).node(full_id)

    def _rule(self, criterion: str, edition: EditionSource) -> AnyRule:
        if criterion not in self._rules:
            self._in_work.append(criterion)
            try:
                self._rules[criterion] = self._built(edition)
            finally:
                self._in_work.pop()
        return self._rules[criterion]

    def _built(self, edition: EditionSource) -> AnyRule:
        changes = edition.changes(self._chosen)
        raw = changed(edition.rule, changes) if changes else edition.rule
        if any(references(raw)):
            return build_rule(with_numbers(raw, self.node))
        return build_rule(raw) if changes else edition.unchanged

    def node(self, full_id: str) -> Node:
        """The rule of a criterion or a part of it; `ShapeError` when there is none to refer to."""
        criterion = self._criterion_of(full_id)
        source = self._sources.get(criterion)
        if source is None:
            raise ShapeError(say("there is no rule {id}", id=full_id))
        edition = source.edition(self._year, self._month)
        if edition is None:
            raise ShapeError(
                say("{id} has no rule in fiscal year {year}", id=criterion, year=self._year)
            )
        if criterion in self._in_work:
            raise ShapeError(say("{id} refers back to this rule", id=criterion))
        try:
            rule = self._rule(criterion, edition)
        except (ReferenceFaultError, ValidationError, LookupError) as error:
            raise FaultyRuleError(say("{id} has faults of its own", id=criterion)) from error
        for node in walk(rule):
            if node.id == full_id:
                return node
        raise ShapeError(say("{criterion} has no part {id}", criterion=criterion, id=full_id))

    def _criterion_of(self, full_id: str) -> str:
        """The longest id of a criterion that a full id begins with; else the id itself."""
        steps = full_id.split(".")
        heads = (".".join(steps[:count]) for count in range(len(steps), 0, -1))
        return next((head for head in heads if head in self._sources), full_id)

    @cached_property
    def all(self) -> Mapping[str, AnyRule]:
        """Every rule in force, by the id of its criterion."""
        moment = self._year, self._month
        editions = {key: source.edition(*moment) for key, source in self._sources.items()}
        return {key: self.made(edition).rule for key, edition in editions.items() if edition}


def refers(edition: EditionSource) -> bool:
    """Whether an edition needs other rules to be made."""
    return bool(edition.head.numbers) or any(references(edition.rule))
