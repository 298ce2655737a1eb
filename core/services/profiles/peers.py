"""A facility among its peers: every group's values of a period, read once for everybody."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.periods import Period
from core.scoring.base.peers import FEW_PEERS
from core.scoring.base.states import State
from core.services.profiles.record import shared
from core.services.rules.indicators import PER, indicator_rules
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, groups
from core.store.results.light_rows import value_rows
from core.store.results.subject_rows import SubjectRow

_CACHED: Final = 36
"""Periods in the cache: some hundred kilobytes each."""

Key = tuple[str, str, str]
"""A criterion, a kind of facility and a group."""


@dataclass(frozen=True, slots=True)
class PeerComparison:
    """A facility among its group: the median of those with a value, itself included.

    Of the others `better` have a better value and `worse` a worse one, as the criterion counts.
    """

    group: str
    median: float
    peers: int
    better: int
    worse: int

    @property
    def others(self) -> int:
        return self.peers - 1

    @property
    def same(self) -> int:
        """How many of the others have exactly its value."""
        return self.others - self.better - self.worse

    @property
    def are_few(self) -> bool:
        """Whether the peers are too few for a stable median."""
        return self.peers < FEW_PEERS


def among_peers(
    engine: Engine,
    version: str,
    row: SubjectRow,
    known: PlacedFacility | None,
) -> PeerComparison | None:
    """A facility's result among its group, `known` as it was then; None without a comparison."""
    if known is None or known.hgr is None or row.known is None:
        return None
    own, key = row.known, (row.criterion, known.kind, known.hgr)
    values = group_values(engine, version, row.period).get(key, ())
    if len(values) < 2:
        return None
    below, above = bisect_left(values, own), len(values) - bisect_right(values, own)
    is_lower_better = catalog().criteria[row.criterion].better == "lower"
    better, worse = (below, above) if is_lower_better else (above, below)
    return PeerComparison(known.hgr, median(values), len(values), better, worse)


@lru_cache(maxsize=_CACHED)
def group_values(engine: Engine, version: str, period: Period) -> Mapping[Key, Sequence[float]]:
    """The values of every group in a period, sorted, by criterion, kind and group."""
    rules = shared(engine, version).rules.of(period)
    units = [u for part, per in PER.items() if part == period.part
             for u in indicator_rules(rules, per).units]  # fmt: skip
    with reading(engine) as session:
        group_of = groups(session, at=period.month)
        rows = value_rows(session, units, [period])
    by_group: dict[Key, list[float]] = defaultdict(list)
    for (criterion, _period), results in rows.items():
        for hcode, _id, value, state in results:
            if value is not None and state == State.REPORTED and hcode in group_of:
                by_group[(criterion, *group_of[hcode])].append(value)
    return {key: sorted(values) for key, values in by_group.items()}
