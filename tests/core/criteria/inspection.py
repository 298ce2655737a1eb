"""The inspection's rules as tests read them."""

from core.criteria.catalog import catalog, walk
from core.criteria.model import (
    Block,
    GivenPoints,
    Indicator,
    Node,
    PointsOf,
    Shown,
    Taken,
    Threshold,
)

CATALOG = catalog()
RULES = CATALOG.ruleset(2566)
THEMES = (
    "revenue",
    "msss",
    "payables",
    "sproi",
    "coverage",
    "compensation",
    "transfer",
    "governance",
)
CRITERIA = sorted(key for key in CATALOG.criteria if key.split(".")[0] in THEMES)


def indicator(key: str) -> Indicator:
    rule = RULES.rules[key]
    assert isinstance(rule, Indicator)
    return rule


def local(rule: Node, part: Node) -> str:
    return part.id.removeprefix(f"{rule.id}.")


def lines_of(rule: Node) -> dict[str, str]:
    """Every test of a rule as `figure op limit`, what is given as its measure."""
    return {local(rule, node): _said(node) for node in walk(rule) if not isinstance(node, Block)
            and node is not rule}  # fmt: skip


def _said(node: Node) -> str:
    if isinstance(node, Threshold):
        (cutoff,) = node.cutoffs
        also = [f"{op} {limit:g}" for op, limit in node.also.edges.items()] if node.also else []
        limit = cutoff.limit if isinstance(cutoff.limit, str) else f"{cutoff.limit:g}"
        return " ".join([node.figure, cutoff.op, limit, *also])
    if isinstance(node, Taken):
        return f"{node.part} of {node.points:g}"
    assert isinstance(node, GivenPoints | PointsOf | Shown)
    return f"shown {node.figure}" if isinstance(node, Shown) else node.figure
