"""Values of hospital groups that the ministry published: what rules ask of them, and which hold.

They are of a quarter's end. Costs, income and AdjRW are added up since October, so that they judge
the figures of the quarter's last month and of no other, and those of a round by its last quarter.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import measures
from core.criteria.model import Node, PeerValue, Threshold
from core.criteria.rule_set import walk
from core.forms.model.form import GroupValue, TableForm, form_that_holds
from core.periods import Period
from core.scoring.base.inputs import FloatArray
from core.scoring.base.peers import GroupFigures, group_key
from core.scoring.base.states import State
from core.services.rules.explanation import Fact, Held
from core.store.results.repository import StoredResult
from core.store.uploads.observations import Observed, observations_of
from core.store.uploads.submissions import current_submissions, submissions_by_id
from core.text import Text, say

PUBLISHED_IN: Final = "group_values"
"""The note of a result that names the submission whose values it was held against."""
_MONTHS: Final = 3
_MADE_OF: Final[Mapping[PeerValue, tuple[GroupValue, ...]]] = {
    "mean": ("mean",),
    "median": ("median",),
    "mean_plus_sd": ("mean", "sd"),
}
"""What must be published for each way of holding a figure against its group."""


def peer_form() -> TableForm:
    """The form published values come in."""
    return form_that_holds("peer_values")


@cache
def measures_of_groups() -> Mapping[tuple[str, GroupValue], str]:
    """The measure that tells a value of a group, by figure of the rules and kind of value."""
    columns = (column for column in peer_form().columns if column.of_group)
    return {(c.of_group.figure, c.of_group.value): c.measure for c in columns if c.of_group}


def quarter_ending(when: Period) -> Period | None:
    """The quarter that ends with a month or a round; None for a month within one."""
    month = when.month
    if month.part != "M" or month.number % _MONTHS:
        return None
    return Period(month.fiscal_year, "Q", month.number // _MONTHS)


def peer_values_of(rule: Node | None) -> Iterator[tuple[str, PeerValue]]:
    """The figures a rule holds against groups, and against which value of them."""
    for node in walk(rule) if rule else ():
        if isinstance(node, Threshold) and node.peer_value is not None:
            yield node.group_figure, node.peer_value


@dataclass(frozen=True)
class GroupRow:
    """What was published of one group for one quarter, by measure, and the file it stands in.

    `submission` is its number in the store, None while it is in a dropped file only.
    """

    values: Mapping[str, Observed]
    file: str
    submission: int | None = None

    def of(self, figure: str, value: PeerValue) -> tuple[Observed, ...]:
        """What a value of a figure is made of; empty where any of it was not published."""
        measures = (measures_of_groups().get((figure, part)) for part in _MADE_OF[value])
        values = [self.values.get(measure or "") for measure in measures]
        reported = tuple(one for one in values if one and one.state == State.REPORTED)
        return reported if len(reported) == len(values) else ()

    def missing(self, wanted: Iterable[tuple[str, PeerValue]]) -> Iterator[str]:
        """The measures that are wanted and were not published."""
        for figure, value in wanted:
            for part in _MADE_OF[value]:
                measure = measures_of_groups().get((figure, part), "")
                observed = self.values.get(measure)
                if measure and (observed is None or observed.state != State.REPORTED):
                    yield measure


@dataclass(frozen=True)
class Published:
    """Published values by group (`group_key`) and quarter."""

    rows: Mapping[tuple[str, Period], GroupRow] = field(default_factory=dict)

    def row(self, group: str | None, month: Period) -> GroupRow | None:
        """What judges a hospital of a group in a month or round; None where nothing is known."""
        quarter = quarter_ending(month)
        if group is None or quarter is None:
            return None
        return self.rows.get((group_key(group), quarter))

    def figures(self, groups: Sequence[str | None], months: Sequence[Period]) -> GroupFigures:
        """What n hospital-months are held against, by figure and kind of value."""
        if not self.rows:
            return {}
        places = self._places(groups, months)
        return {wanted: table[places] for wanted, table in self._tables.items()}

    def submissions(
        self, groups: Sequence[str | None], months: Sequence[Period]
    ) -> list[int | None]:
        """The submission that published what each of n hospital-months is held against."""
        rows = (self.row(*one) for one in zip(groups, months, strict=True))
        return [one.submission if one else None for one in rows]

    def joined(self, more: "Published") -> "Published":
        """These values and more of them, which outrank these."""
        return Published({**self.rows, **more.rows})

    def _places(self, groups: Sequence[str | None], months: Sequence[Period]) -> list[int]:
        """The row of each hospital-month among the tables; the last, of nothing, without any."""
        known = {id(row): place for place, row in enumerate(self.rows.values())}
        rows = (self.row(*one) for one in zip(groups, months, strict=True))
        return [known[id(row)] if row else len(known) for row in rows]

    @cached_property
    def _tables(self) -> Mapping[tuple[str, PeerValue], FloatArray]:
        figures = {figure for figure, _value in measures_of_groups()}
        kinds = [(figure, value) for figure in sorted(figures) for value in _MADE_OF]
        return {kind: np.array([*(_sum(r.of(*kind)) for r in self.rows.values()), np.nan])
                for kind in kinds}  # fmt: skip


NOTHING_PUBLISHED: Final = Published()


def _sum(parts: Sequence[Observed]) -> float:
    return math.fsum(part.value for part in parts) if parts else math.nan


def published_in(session: Session, months: Collection[Period] | None = None) -> Published:
    """What the store has of the quarters that end with some months; of all there are when None.

    Of a group spelled in two ways the later file counts.
    """
    wanted = None if months is None else {q for m in months if (q := quarter_ending(m))}
    if wanted is not None and not wanted:
        return NOTHING_PUBLISHED
    submitted = current_submissions(session, peer_form().id, wanted)
    values = observations_of(session, [one.id for one in submitted])
    return Published(
        {
            (group_key(one.subject), one.period): GroupRow(
                values.get(one.id, {}), one.file_name, one.id
            )
            for one in submitted
        }
    )


def published_for(session: Session, stored: StoredResult) -> GroupRow | None:
    """What the ministry published of a result's group, as it was when the result was made."""
    number = stored.detail.notes.get(PUBLISHED_IN)
    submitted = submissions_by_id(session, [number]).get(number) if number else None
    if submitted is None:
        return None
    return GroupRow(
        observations_of(session, [submitted.id]).get(submitted.id, {}),
        submitted.file_name,
        submitted.id,
    )


def with_group(held: Held, node: Node | None, row: GroupRow | None) -> Held:
    """What a figure was held against, with whose the group's value is; `row` was published of it.

    Nothing is added where it was not held against a group.
    """
    if not isinstance(node, Threshold) or node.peer_value is None or held.peer_value is None:
        return held
    if held.peers:
        peers = f"{held.peers:,}"
        return replace(held, whose=say("computed from {peers} hospitals on hand", peers=peers))
    values = row.of(node.group_figure, node.peer_value) if row else ()
    facts = tuple(_fact(one, row.file) for one in values) if row else ()
    return replace(held, whose=_published_by(facts), published=facts)


def _published_by(facts: Sequence[Fact]) -> Text:
    """The sentence that the ministry published a value, and where it stands."""
    if not facts:
        return say("published by the ministry")
    return say(
        "published by the ministry: “{file}”, sheet “{sheet}”, {cells}",
        file=facts[0].file,
        sheet=facts[0].sheet,
        cells=", ".join(fact.cell for fact in facts),
    )


def _fact(observed: Observed, file: str) -> Fact:
    known = measures()[observed.measure]
    return Fact(
        name=known.name,
        value=observed.value,
        measure=observed.measure,
        unit=known.unit,
        sheet=observed.sheet,
        cell=observed.cell,
        way="group",
        file=file,
    )
