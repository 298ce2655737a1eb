"""A table of an inspection theme scored as it was dropped: what its own rows come to.

Of the store nothing is read but what is on hand: what a rule needs of another form is not there,
and a few rows are no peers. Only group values that the ministry published are held against.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.criteria.model import Indicator
from core.forms.table.read import TableReading
from core.periods import Part, Period
from core.quantities import number_or_none
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import BoolArray, Column
from core.scoring.base.outcomes import HospitalMonths, ItemScores
from core.scoring.base.peers import PeerGroups
from core.scoring.base.states import State, Verdict
from core.scoring.themes.indicator import NO_GRADE, IndicatorScores, score_indicators
from core.services.rules.finance import GROUP
from core.services.rules.indicators import PER, IndicatorRules, indicator_rules
from core.services.rules.kinds import reported_kinds
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.rules.peer_values import GroupRow
from core.services.rules.spans import by_rules, rounds_of
from core.services.scored.assessment import STATUS
from core.services.scored.finance_json import NOT_JUDGED, whose_value

Places = Sequence[int]


@dataclass(frozen=True)
class ScoredRows:
    """Rows of one fiscal year and kind of period, scored by its rules; `places` are their lines."""

    rules: IndicatorRules
    places: Places
    scores: Mapping[str, IndicatorScores]
    reported: Mapping[str, BoolArray]
    published: tuple[GroupRow | None, ...]
    """What the ministry published of each row's hospital group."""

    def units(self, row: int) -> Iterator[tuple[Indicator, IndicatorScores]]:
        """The indicators a row has any figure of."""
        for unit, rows in self.reported.items():
            if rows[row]:
                yield self.rules.units[unit], self.scores[unit]


@dataclass(frozen=True)
class ThemeTable:
    """What was read, scored; a row that does not say whose and when it is has no results."""

    reading: TableReading
    parts: tuple[ScoredRows, ...]

    @cached_property
    def _scored(self) -> Mapping[int, tuple[ScoredRows, int]]:
        return {place: (part, row) for part in self.parts for row, place in enumerate(part.places)}

    def published(self, line: int) -> GroupRow | None:
        """What the ministry published of the n-th line's hospital group for its period."""
        part, row = self._scored.get(line, (None, 0))
        return part.published[row] if part else None

    def units(self, line: int) -> Iterator[tuple[Indicator, IndicatorScores, int]]:
        """The indicators the n-th line has any figure of, with their scores and its row therein."""
        if line in self._scored:
            part, row = self._scored[line]
            for rule, scores in part.units(row):
                yield rule, scores, row

    def results(self, line: int) -> dict[str, Any]:
        """The n-th line's results for JSON, by criterion; numbers unrounded."""
        return {rule.id: result_json(rule, scores, row) for rule, scores, row in self.units(line)}


def score_theme_table(
    reading: TableReading,
    readings: Mapping[str, str] | None = None,
    on_hand: OnHand = NOTHING,
) -> ThemeTable:
    """Score a table as read; `UsageError` U003 for an unknown reading.

    `on_hand` holds published values of groups, and the groups facilities are of.
    """
    kinds: dict[Part, list[tuple[int, Period]]] = defaultdict(list)
    for place, line in enumerate(reading.lines):
        if line.is_placed and line.period is not None and line.period.part in PER:
            kinds[line.period.part].append((place, line.period))
    parts = [
        _scored(indicator_rules(rules, PER[part]), reading, places, on_hand)
        for part, periods in kinds.items()
        for rules, places in by_rules(periods, readings)
    ]
    return ThemeTable(reading, tuple(parts))


def _scored(
    rules: IndicatorRules, reading: TableReading, places: list[int], on_hand: OnHand
) -> ScoredRows:
    columns = {m: Column(c.values[places], c.states[places]) for m, c in reading.columns.items()}
    periods = [reading.lines[place].period for place in places]
    months = np.array([p.month.ordinal if p else 0 for p in periods], dtype=np.int64)
    groups, published = _groups(reading, places, on_hand), on_hand.published
    known = [period for period in periods if period]
    case = HospitalMonths(
        figures=Figures(columns, months),
        peers=PeerGroups(np.full(len(places), -1, dtype=np.int64), months),
        islands=np.zeros(len(places), dtype=np.bool_),
        rounds=rounds_of(periods),
        published=published.figures(groups, known),
    )
    reported = {
        unit: _reported(columns, rules.needs(unit), len(places))
        & np.array([rule.round in (None, p.number) for p in periods if p], dtype=np.bool_)
        for unit, rule in rules.units.items()
    }
    scores = score_indicators(rules.units.values(), case)
    rows = tuple(published.row(*one) for one in zip(groups, known, strict=True))
    return ScoredRows(rules, places, scores, reported, rows)


def _groups(reading: TableReading, places: list[int], on_hand: OnHand) -> list[str | None]:
    """The register's hospital group of each row; where it has none, the file's."""
    typed, groups = reading.texts(GROUP), []
    for place in places:
        line, known = reading.lines[place], None
        if on_hand.group and line.hcode and line.period:
            known = on_hand.group(line.hcode, line.period.month)
        groups.append(known or typed[place])
    return groups


def _reported(columns: Mapping[str, Column], measures: Sequence[str], rows: int) -> BoolArray:
    reported = np.zeros(rows, dtype=np.bool_)
    for measure in measures:
        if measure in columns:
            reported |= columns[measure].states != State.NOT_REPORTED
    return reported


def result_json(rule: Indicator, scores: IndicatorScores, row: int) -> dict[str, Any]:
    """One result for programs."""
    place = int(scores.places[row])
    return {
        "value": number_or_none(scores.value[row]),
        "verdict": Verdict(int(scores.verdicts[row])).name.lower(),
        "status": STATUS[State(int(scores.states[row]))],
        "grade": None if place == NO_GRADE else rule.grades[place].grade,
        "points": number_or_none(scores.points[row]),
        "possible": number_or_none(scores.possible[row]),
        "best": number_or_none(scores.best[row]),
        "worst": number_or_none(scores.worst[row]),
        "items": [_item(item, row) for item in scores.whole.items.values()],
    }


def _item(item: ItemScores, row: int) -> dict[str, Any]:
    full = np.broadcast_to(item.full, item.figure.shape)
    return {
        "id": item.id,
        "points": number_or_none(item.points[row]),
        "full": number_or_none(full[row]),
        "figure": number_or_none(item.figure[row]),
        "cutoff": number_or_none(item.cutoff[row]),
        "peer_value_by": whose_value(item.peers, row),
        "kinds": reported_kinds("", [item], row).get(item.id, {}),
        "status": _status(item, row),
    }


def _status(item: ItemScores, row: int) -> str:
    """The state of a test; one with a figure and nothing to hold it against is not judged."""
    state = State(int(item.states[row]))
    if state is State.REPORTED and not item.judged[row] and not item.is_shown:
        return NOT_JUDGED
    return STATUS[state]
