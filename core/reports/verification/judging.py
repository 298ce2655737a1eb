"""Tests and blocks of a rule as rows of formulas, kind by kind."""

from collections.abc import Callable, Mapping
from typing import Final

from core.criteria.model import (
    Block,
    Cutoff,
    GivenPoints,
    Interval,
    Item,
    Node,
    Op,
    PointsOf,
    Shown,
    Taken,
    Threshold,
)
from core.reports.verification.book import Book, code, figure_name
from core.reports.verification.computed import Computed
from core.reports.verification.formulas import (
    NOTHING,
    both,
    either,
    given,
    keeps,
    keeps_peers,
    lies_in,
    listed,
    total,
    when,
)
from core.reports.verification.inputs import Known
from core.reports.verification.model import Scope, StoredPart
from core.reports.verification.peers import Peers
from core.reports.verification.rows import (
    COMPLETE,
    CUTOFF,
    EARNED,
    FIGURE,
    FULL,
    JUDGED,
    MISSING,
    PASSES,
    POINTS,
    POSSIBLE,
    STATE,
    UNHELD,
    Row,
    Writer,
    of_possible,
    whole_state,
)
from core.scoring.base.states import State
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import both_edges, cutoff_text, interval_text
from core.text import Text, say

_FROM_BELOW: Final = ("below", "up_to", "within")
_ERROR: Final = code(State.ERROR)
_SILENT: Final = code(State.NOT_REPORTED)
_APART: Final = code(State.NOT_APPLICABLE)
Stored = Callable[[str], StoredPart | None]


class Judging:
    """Writes tests and blocks of a scope; `rows` are those written, by full id."""

    def __init__(self, book: Book, scope: Scope, computed: Computed, peers: Peers) -> None:
        self.book, self.scope, self.computed, self.peers = book, scope, computed, peers
        self.writer, self.sheet = Writer(book), book.scores
        self.rows: dict[str, Row] = {}

    def part(self, node: Item | Block, stored: Stored, depth: int) -> Row:
        """Write a test, or a block and all below it."""
        if isinstance(node, Block):
            row = self._block(node, stored, depth)
        else:
            row = self._item(node, stored, depth)
        self.rows[node.id] = row
        return row

    # Blocks

    def _block(self, node: Block, stored: Stored, depth: int) -> Row:
        self._name_row(node, rule_sentence(node), depth, strong=True)
        here = self.sheet.row
        self.sheet.next()
        parts = tuple(self.part(part, stored, depth + 1) for part in node.parts)
        after, self.sheet.row = self.sheet.row, here
        row = self.whole(node, parts, stored(node.id))
        self.sheet.row = after
        return row

    def whole(self, node: Block, parts: tuple[Row, ...], stored: StoredPart | None) -> Row:
        """What parts come to: earned of possible, neither above a cap; or enough of them."""
        put = self.writer.put
        cap = None if node.cap is None else self._limit(node, say("Cap"), node.cap)
        self.summed(parts, cap)
        if node.enough is not None:
            self._enough(node, node.enough.at_least, node.enough.points)
        earned, possible = self.sheet.at(EARNED), self.sheet.at(POSSIBLE)
        points = put(POINTS, of_possible(possible, earned), strong=True)
        full = put(FULL, possible)
        self.writer.stored(stored)
        return self.block_row(node.id, points, full, parts)

    def summed(self, parts: tuple[Row, ...], cap: str | None = None) -> None:
        """The sums of parts in the columns beside a whole."""
        put = self.writer.put
        for column, cells in (
            (EARNED, [one.earned for one in parts]),
            (POSSIBLE, [one.possible for one in parts]),
        ):
            added = f"SUM({listed(cells)})"
            put(column, f"MIN({added},{cap})" if cap else added)
        put(MISSING, total([one.missing for one in parts]))
        put(UNHELD, f"SUM({listed(one.unheld for one in parts)})")
        complete = listed(one.complete for one in parts)
        put(COMPLETE, f"IF(MIN({complete})=1,1,0)")
        states = [state for one in parts for state in one.states]
        put(STATE, whole_state(f"{self.sheet.at(COMPLETE)}=1", states))

    def _enough(self, node: Block, at_least: float, points: float) -> None:
        """Points where enough was earned; not judged while what is missing could still decide."""
        put, sheet = self.writer.put, self.sheet
        limit = self._limit(node, say("Points that are enough"), at_least)
        given_ = self._limit(node, say("Points where there is enough"), points)
        reached = self.sheet.cells[sheet.row, EARNED].value.text  # type: ignore[union-attr]
        missing = sheet.at(MISSING)
        known = f"AND(ISNUMBER({missing}),{reached}+IF(ISNUMBER({missing}),{missing},0)<{limit})"
        judged = put(JUDGED, f"IF(OR({reached}>={limit},{known}),1,0)")
        put(EARNED, f"IF({reached}>={limit},{given_},0)")
        put(POSSIBLE, f"IF({judged}=1,{given_},0)")
        put(COMPLETE, judged)

    def block_row(self, id_: str, points: str, full: str, parts: tuple[Row, ...]) -> Row:
        """The row of a whole, whose sums stand beside it."""
        items = tuple(item for one in parts for item in (one.items if one.is_block else (one,)))
        at = self.sheet.at
        return Row(
            id_, "", points, at(EARNED), at(POSSIBLE), at(MISSING), at(UNHELD), at(COMPLETE),
            at(STATE), full, is_block=True, items=items,
        )  # fmt: skip

    # Tests

    def _item(self, node: Item, stored: Stored, depth: int) -> Row:
        self._name_row(node, getattr(node, "hint", None) or _how(node), depth)
        if isinstance(node, Threshold):
            self._threshold(node)
        elif isinstance(node, GivenPoints):
            self._given(node)
        elif isinstance(node, PointsOf):
            self._points_of(node)
        elif isinstance(node, Shown):
            self._shown(node)
        else:
            self._taken(node)
        self.writer.stored(stored(node.id))
        at = self.sheet.at
        row = Row(
            node.id, at(FIGURE), at(POINTS), at(EARNED), at(POSSIBLE), at(MISSING), at(UNHELD),
            at(COMPLETE), at(STATE), at(FULL), is_shown=isinstance(node, Shown),
        )  # fmt: skip
        self.sheet.next()
        return row

    def _name_row(self, node: Node, how: Text | None, depth: int, *, strong: bool = False) -> None:
        name = " ".join(filter(None, (node.label, self.book.words(node.name))))
        self.writer.name(name, how, depth, strong=strong)

    def _limit(self, node: Node, what: Text, value: float, unit: Text | None = None) -> str:
        return self.book.limit(node.name, what, value, unit)

    def _figure(self, name: str, known: Known) -> str:
        self.sheet.put("D", self.book.words(self.scope.units.get(name, Text("", ""))), "small")
        written = f"IF(ISNUMBER({known.value}),{known.value},{NOTHING})"
        return self.writer.put(FIGURE, written)

    def _threshold(self, node: Threshold) -> None:
        put, sheet = self.writer.put, self.sheet
        known = self.computed.figure(node.figure)
        other = self._alternative(node)
        cutoff, cell = self._cutoff_and_pass(node, sheet.at(FIGURE), sheet.at(CUTOFF))
        figure = self._figure(node.figure, known)
        sheet.put("E", self.book.words(_cutoffs_text(node)))
        edge = put(CUTOFF, cutoff)
        cell = put(PASSES, when(given(figure, edge), f"IF({cell},1,0)"))
        undecided = self._undecided(node, known, cell)
        judged = put(JUDGED, f"IF({either([_judged(cell, undecided), *other])},1,0)")
        points = self._limit(node, say("Points"), node.points)
        earned = f"IF({either([f'{cell}=1', *other])},{points},0)"
        put(POINTS, when(f"{judged}=1", earned), strong=True)
        put(FULL, points)
        state = f"IF({undecided},{_SILENT},{known.state})" if undecided else known.state
        put(STATE, state)
        self._beside(f"IF({judged}=1,{sheet.at(POINTS)},0)", points)

    def _undecided(self, node: Threshold, known: Known, cell: str) -> str | None:
        """Where a larger figure could turn what it keeps below, or reach what it stays under."""
        if known.rises is None:
            return None
        could = "1" if node.cutoffs[0].op in _FROM_BELOW else "0"
        return f"AND({known.rises}=1,{cell}={could})"

    def _alternative(self, node: Threshold) -> list[str]:
        """The other way to the points, as a condition; none where there is none."""
        if node.alternative is None:
            return []
        figure = self.computed.figure(node.alternative.figure).value
        return [lies_in(figure, self._edges(node, node.alternative, say("Other way")))]

    def _edges(self, node: Node, interval: Interval, what: Text) -> Mapping[Op, str]:
        return {op: self._limit(node, say("{what}: {edge}", what=what,
                                          edge=interval_text({op: edge})), edge)
                for op, edge in interval.edges.items()}  # fmt: skip

    def _cutoff_and_pass(self, node: Threshold, figure: str, edge: str) -> tuple[str, str]:
        """The formula of the cut-off, and whether the figure keeps it."""
        op, peers = node.cutoffs[0].op, node.peer_value
        if peers is None:
            cutoff, conditions = self._cutoff(node), [keeps(figure, op, edge)]
        else:
            value = self.peers.value(node.figure, peers)
            cutoff = f"IF(ISNUMBER({value}),{value},{NOTHING})" if value else NOTHING
            conditions = [keeps_peers(figure, op, edge, self.book.settings.noise_decimals)]
        if node.also is not None:
            also = self._edges(node, node.also, say("Also"))
            conditions += [keeps(figure, sign, cell) for sign, cell in also.items()]
        return cutoff, both(conditions)

    def _cutoff(self, node: Threshold) -> str:
        """The number that counts: of the first cut-off whose conditions hold."""
        *conditional, rest = node.cutoffs
        written = self._edge(node, rest)
        for cutoff in reversed(conditional):
            limit = self._edge(node, cutoff)
            if cutoff.when is not None:
                figure = self.computed.figure(cutoff.when.figure).value
                edges = self._edges(node, cutoff.when, figure_name(cutoff.when.figure))
                holds = when(lies_in(figure, edges), limit, written)
                limit = when(given(figure), holds)
            written = (
                when(f"{self.computed.inputs.island}=1", limit, written) if cutoff.island else limit
            )
        return written

    def _edge(self, node: Threshold, cutoff: Cutoff) -> str:
        unit = self.scope.units.get(node.figure)
        return self._limit(node, cutoff_text(cutoff), float(cutoff.limit), unit)

    def _beside(self, earned: str, full: str, missing: str | None = None) -> None:
        """What a whole adds up of a test that its state and judgement are written of."""
        put, at = self.writer.put, self.sheet.at
        judged, state = at(JUDGED), at(STATE)
        put(EARNED, earned)
        put(POSSIBLE, f"IF({judged}=1,{full},0)")
        put(MISSING, missing or f"IF(OR({judged}=1,{state}={_APART}),0,{full})")
        put(UNHELD, f"IF(AND({judged}=0,{state}=0,ISNUMBER({full})),{full},0)")
        put(COMPLETE, judged)

    def _given(self, node: GivenPoints) -> None:
        known = self.computed.figure(node.figure)
        figure = self._figure(node.figure, known)
        full = self._limit(node, say("Full marks"), node.points)
        self._awarded(figure, self.writer.put(CUTOFF, full), known.state)
        self._beside(f"IF({self.sheet.at(JUDGED)}=1,{figure},0)", self.sheet.at(FULL))

    def _points_of(self, node: PointsOf) -> None:
        known, of = self.computed.figure(node.figure), self.computed.figure(node.of)
        figure = self._figure(node.figure, known)
        # Points out of nothing say nothing.
        full = when(given(of.value), when(f"{of.value}>0", of.value))
        state = f"IF({known.state}=0,{of.state},{known.state})"
        self._awarded(figure, self.writer.put(CUTOFF, full), state)
        self._beside(f"IF({self.sheet.at(JUDGED)}=1,{figure},0)", self.sheet.at(FULL))

    def _awarded(self, figure: str, full: str, state: str) -> None:
        """Points somebody else awarded: outside 0 to full marks they are an error."""
        put = self.writer.put
        inside = when(given(figure, full), f"IF(AND({figure}>=0,{figure}<={full}),1,0)", "0")
        judged = put(JUDGED, inside)
        put(POINTS, when(f"{judged}=1", figure), strong=True)
        put(FULL, when(given(full), full))
        # Of given points the figure alone is asked; of points out of others both are.
        wrong = f"AND({judged}=0,{state}=0)"
        put(STATE, f"IF({wrong},{_ERROR},{state})")

    def _shown(self, node: Shown) -> None:
        put = self.writer.put
        own = node.divisor is not None and self.scope.period.part == "R"
        is_there = (
            own and node.divisor is not None and (node.divisor.round == self.scope.period.number)
        )
        name = (node.figure_of_round if is_there else None) or node.figure
        known = self.computed.figure(name)
        self._figure(name, known)
        put(JUDGED, "0")
        put(STATE, known.state)
        for column in (EARNED, POSSIBLE, MISSING, UNHELD):
            put(column, "0")
        put(COMPLETE, "1")

    def _taken(self, node: Taken) -> None:
        """Points of a part written before, as far as its tests could be judged."""
        put, part = self.writer.put, self.rows[node.part]
        full = self._limit(node, say("Full marks"), node.points)
        put(FIGURE, f"IF(ISNUMBER({part.points}),{part.points},{NOTHING})")
        put(CUTOFF, full)
        judged = put(JUDGED, f"IF({part.possible}>0,1,0)")
        put(POINTS, when(f"{judged}=1", part.earned), strong=True)
        put(FULL, f"IF({judged}=1,{part.possible},{full})")
        put(STATE, whole_state(f"{part.complete}=1", part.states))
        missing = part.missing
        self._beside(part.earned, self.sheet.at(FULL), missing)
        put(COMPLETE, f"IF(AND({judged}=1,{missing}=0),1,0)")


def _judged(cell: str, undecided: str | None) -> str:
    return both([given(cell), f"NOT({undecided})"]) if undecided else given(cell)


def _how(node: Item) -> Text:
    """How a test without words of its own is computed."""
    if isinstance(node, Threshold | Shown):
        return figure_name(node.figure)
    if isinstance(node, PointsOf):
        return say("{figure} of {full}", figure=figure_name(node.figure), full=figure_name(node.of))
    return rule_sentence(node)


def _cutoffs_text(node: Threshold) -> Text:
    """All cut-offs of a test in words."""
    edges = [both_edges(node, cutoff_text(node.cutoffs[0])), *map(cutoff_text, node.cutoffs[1:])]
    if node.alternative is not None:
        other = node.alternative
        edges.append(
            say(
                "or {figure} {interval}",
                figure=figure_name(other.figure),
                interval=interval_text(other.edges),
            )
        )
    return Text(*(" · ".join(one.in_(language) for one in edges) for language in ("th", "en")))
