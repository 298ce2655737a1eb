"""Which tests of a result failed, for the finding that it opens."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, walk
from core.criteria.model import Block, Crisis, Node, Taken
from core.findings.lights import Light
from core.services.findings.lights import SubjectLight
from core.store.results.detail import FULL_MARKS, POINTS
from core.store.results.light_rows import parts_of

Tests = tuple[str, ...]


def failed_tests(
    session: Session, rules: RuleSet, several: Sequence[SubjectLight]
) -> Mapping[tuple[str, str], Tests]:
    """Local ids of the failed tests of each result, and red columns of matrices, by `Told.key`."""
    judged = [test for test in several if test.result and test.light != Light.SILENT]
    details = parts_of(session, {test.result for test in judged})
    leaves: dict[str, frozenset[str]] = {}
    by_test = {}
    for test in judged:
        criterion = test.lit.criterion
        node = rules.rules.get(criterion)
        if criterion not in leaves:
            leaves[criterion] = frozenset(_leaves(node)) if node else frozenset()
        parts = details.get(test.result, {})
        own = {local: part for local, part in parts.items() if local in leaves[criterion]}
        failed = _failed(own, is_risk=isinstance(node, Crisis))
        by_test[test.key] = (*failed, *test.lit.matrix.get(test.place, ()))
    return by_test


def _leaves(rule: Node) -> Iterator[str]:
    """Local ids of the tests that can be failed."""
    for node in walk(rule):
        full = getattr(node, "full", None)
        if full and node is not rule and not isinstance(node, Block | Taken):
            yield node.id.removeprefix(f"{rule.id}.")


def _failed(parts: Mapping[str, Sequence[Any]], *, is_risk: bool) -> Iterator[str]:
    for local, part in parts.items():
        points, full = part[POINTS], part[FULL_MARKS]
        if points is not None and full and (points > 0 if is_risk else points < full):
            yield local
