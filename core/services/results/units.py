"""Units of the parts of a stored result, and the cut-offs its figures were held against."""

import math

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Node, ShareLine
from core.services.rules.units import edges_of_figures, unit_of_test
from core.store.results.repository import StoredResult


def unit_of_part(node: Node | None, criterion: str) -> str:
    """The unit of the figure of a part; of an area's line that of its share."""
    if isinstance(node, ShareLine):
        return catalog().criteria[criterion].unit
    return unit_of_test(node)


def edges_of_facts(stored: StoredResult, rules: RuleSet) -> dict[str, list[float]]:
    """By figure, every number it was held against: those of the rule, and of its peers then."""
    edges = edges_of_figures(rules.rule(stored.criterion))
    for local, part in stored.detail.parts.items():
        node = rules.nodes.get(f"{stored.criterion}.{local}")
        figure = getattr(node, "figure", None)
        if isinstance(figure, str) and not math.isnan(part.cutoff):
            edges.setdefault(figure, []).append(part.cutoff)
    return edges
