"""The set of rules of one fiscal year, and what is compiled from them once."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar

from core.criteria.model import AnyRule, Edition, Node
from core.errors import UsageError

Compiled = TypeVar("Compiled")


@dataclass(frozen=True)
class RuleSet:
    """The rules of one fiscal year under chosen readings; keys are criterion ids."""

    fiscal_year: int
    readings: Mapping[str, str]
    rules: Mapping[str, AnyRule]
    editions: Mapping[str, Edition]
    _compiled: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _lock: RLock = field(default_factory=RLock, compare=False, repr=False)

    def rule(self, criterion: str) -> Node:
        """The rule of a criterion, or of a part by its full id; `UsageError` when there is none."""
        try:
            return self.nodes[criterion]
        except KeyError:
            raise UsageError("U002", criterion=criterion, fiscal_year=self.fiscal_year) from None

    def compiled(self, key: Hashable, make: Callable[[], Compiled]) -> Compiled:
        """What `make` makes of these rules, once for each key, whichever thread comes first.

        It lives as long as the rule set; `key` names what is made and of which rules, by their ids.
        """
        with self._lock:
            if key not in self._compiled:
                self._compiled[key] = make()
            made: Compiled = self._compiled[key]
            return made

    def edition_of(self, node: str) -> Edition:
        """The edition a rule or a part of it belongs to."""
        return self.editions[self.owner[node]]

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Every rule and part by its full id."""
        return {part.id: part for rule in self.rules.values() for part in walk(rule)}

    @cached_property
    def owner(self) -> Mapping[str, str]:
        """Full id of every rule and part -> id of its criterion."""
        return {part.id: key for key, rule in self.rules.items() for part in walk(rule)}


def walk(rule: Node) -> Iterator[Node]:
    """A rule and all its parts, depth first, in printed order."""
    yield rule
    parts: tuple[Node, ...] = getattr(rule, "parts", ())
    for part in parts:
        yield from walk(part)
