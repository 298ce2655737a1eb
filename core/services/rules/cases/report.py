"""The verdict on the criteria themselves: do the rules hold their cases, and cover their edges."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.criteria.catalog import Catalog, catalog
from core.services.rules.cases.edges import gaps, tried_edges
from core.services.rules.cases.files import read_cases
from core.services.rules.cases.held import Failure, failures
from core.text import Text, say


@dataclass(frozen=True)
class CorpusReport:
    """How many criteria, cases and edges; which cases fail and which edges are untried."""

    criteria: int
    cases: int
    edges: int
    edges_tried: int
    by_theme: dict[str, int]
    failures: tuple[Failure, ...]
    uncovered: tuple[Text, ...]

    @property
    def holds(self) -> bool:
        return not self.failures and not self.uncovered

    def lines(self) -> Iterator[Text]:
        """For people, worst first."""
        for failure in self.failures:
            yield failure.text
        yield from self.uncovered
        for theme, cases in self.by_theme.items():
            yield say("{theme}: {cases} cases", theme=theme, cases=cases)
        yield say(
            "{tried} of {edges} edges of rules have cases on both sides",
            tried=self.edges_tried,
            edges=self.edges,
        )
        yield say(
            "{criteria} criteria, {cases} cases, {failed} failed, {gaps} edges untried",
            criteria=self.criteria,
            cases=self.cases,
            failed=len(self.failures),
            gaps=len(self.uncovered),
        )

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "criteria": self.criteria,
            "cases": self.cases,
            "edges": self.edges,
            "edges_tried": self.edges_tried,
            "by_theme": self.by_theme,
            "failures": [failure.as_dict() for failure in self.failures],
            "uncovered": [gap.en for gap in self.uncovered],
        }


def check_corpus(books: Catalog | None = None) -> CorpusReport:
    """Run all cases of all criteria; `FaultyFileError` when a file of them is broken."""
    chosen = books or catalog()
    by_theme: dict[str, int] = {}
    for key, criterion in chosen.criteria.items():
        cases = len(read_cases(chosen, key))
        by_theme[criterion.theme] = by_theme.get(criterion.theme, 0) + cases
    edges = {key: tried_edges(chosen, key) for key in chosen.criteria}
    return CorpusReport(
        criteria=len(chosen.criteria),
        cases=sum(by_theme.values()),
        edges=sum(map(len, edges.values())),
        edges_tried=sum(edge.tried for own in edges.values() for edge in own),
        by_theme=by_theme,
        failures=tuple(f for key in chosen.criteria for f in failures(chosen, key)),
        uncovered=tuple(gap for key, own in edges.items() for gap in gaps(chosen, key, own)),
    )
