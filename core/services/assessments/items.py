"""The items of a self-assessment, and how each stands: its own score beside the verified one."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy.orm import Session

from core.criteria.catalog import catalog, measures
from core.errors import NotFoundError
from core.forms.assessment.plan import number_of, ratio_of
from core.forms.model.form import AssessmentForm, Column, form
from core.scoring.base.states import State
from core.services.recompute.star import SECTIONS
from core.services.rules.verified.forms import item_columns
from core.services.scored.reading import form_items
from core.store.assessments.repository import items as verified_items
from core.store.assessments.rows import Item, Key, Stage
from core.store.uploads.observed_table import observed_table
from core.text import Text

_WHOLE: Final = 100.0
_PERCENT: Final = (0.0, _WHOLE)
_ANSWER: Final = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class AssessedItem:
    """One score of a form: `no` is its printed number, `heading` what it stands below.

    A score lies between `low` and `high`, infinite where no end is known; `unit` is percent,
    points, answer or that of the measure. `section` is that of an assessment.
    """

    measure: str
    no: str
    name: Text
    heading: Text
    low: float
    high: float
    unit: str
    section: str = ""
    counts: tuple[str, str] | None = None
    """The measures that a percentage is computed from where it is not typed."""
    part_of: str | None = None
    """The measure of the whole that it is a part of, as points are of full marks."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item of one self-assessment: its own score, and how it was verified, None where not.

    `own` is NaN where there is no figure, `own_state` says why. `most` is the most it can be here:
    the whole that was told, where it is a part of one.
    """

    item: AssessedItem
    own: float
    own_state: State
    verified: Item | None
    most: float

    @property
    def is_filled(self) -> bool:
        """Whether anything was told of it."""
        return self.own_state != State.NOT_REPORTED

    @property
    def is_open(self) -> bool:
        """Whether it is to be verified and is not."""
        return self.is_filled and self.verified is None

    @property
    def can_agree(self) -> bool:
        """Whether there is a score to agree with: errors have none."""
        return self.own_state in (State.REPORTED, State.NOT_APPLICABLE)

    @property
    def differs(self) -> bool:
        """Whether the verified score is another than its own."""
        return self.verified is not None and not same(self.verified.verified, self.own)


@cache
def assessed_items(form_id: str, fiscal_year: int) -> tuple[AssessedItem, ...]:
    """The items of a form in printed order."""
    chosen = form(form_id)
    if isinstance(chosen, AssessmentForm):
        return tuple(_typed(form_id, fiscal_year))
    return tuple(map(_of_column, item_columns(chosen)))


def _typed(form_id: str, fiscal_year: int) -> Iterator[AssessedItem]:
    rules = catalog().ruleset(fiscal_year)
    for item in form_items(form_id, fiscal_year):
        for anchor in item.inputs:
            is_percent = anchor.takes == "percent"
            low, high = _PERCENT if is_percent else (0.0, anchor.full)
            ratio = ratio_of(rules, anchor.id)
            yield AssessedItem(
                measure=anchor.id,
                no=number_of(item, anchor.id),
                name=rules.rule(anchor.id).name,
                heading=rules.rule(item.id).name,
                low=low,
                high=high,
                unit="percent" if is_percent else "points",
                section=item.section.id,
                counts=(ratio.numerator, ratio.denominator) if ratio else None,
            )


def _of_column(column: Column) -> AssessedItem:
    low, high = _ANSWER if column.type == "answer" else column.valid_range
    known = measures().get(column.measure)
    return AssessedItem(
        measure=column.measure,
        no=column.no,
        name=column.name,
        heading=column.heading or column.name,
        low=-math.inf if low is None else low,
        high=math.inf if high is None else high,
        unit="answer" if column.type == "answer" else known.unit if known else "",
        part_of=column.part_of,
    )


def item_states(session: Session, key: Key) -> tuple[ItemState, ...]:
    """Every item of what a subject told and counts now; `NotFoundError` S120 where it told nothing.

    A verification counts while the own score is the one that it was made beside.
    """
    states = states_of(session, key)
    if states is None:
        raise NotFoundError(
            "S120", subject=key.subject, form=form(key.form).name, period=str(key.period)
        )
    return states


def states_of(session: Session, key: Key) -> tuple[ItemState, ...] | None:
    """The same; None where nothing counts now."""
    return states_by_subject(session, key.form, [key]).get(key)


def states_by_subject(
    session: Session, form_id: str, keys: Sequence[Key]
) -> Mapping[Key, tuple[ItemState, ...]]:
    """The same of several self-assessments by one form; those that told nothing are left out."""
    states: dict[Key, tuple[ItemState, ...]] = {}
    for period in sorted({key.period for key in keys}, key=str):
        subjects = {key.subject for key in keys if key.period == period}
        table = observed_table(session, form_id, periods=[period], subjects=subjects)
        known = verified_items(session, form_id, period, subjects)
        items = assessed_items(form_id, period.fiscal_year)
        sections = table.texts.get(SECTIONS)
        for row, subject in enumerate(table.subjects):
            handed_in = (sections[row] or "").split() if sections else None
            columns = {
                code: (one.values[row], one.states[row]) for code, one in table.columns.items()
            }
            one = tuple(
                _state(item, columns, known.get(subject, {}))
                for item in items
                if handed_in is None or item.section in handed_in
            )
            if any(state.is_filled for state in one):
                states[Key(form_id, subject, period)] = one
    return states


def _state(
    item: AssessedItem, columns: Mapping[str, tuple[float, int]], known: Mapping[str, Item]
) -> ItemState:
    own, state = _own(item, columns)
    verified = known.get(item.measure)
    counts = verified is not None and verified.own_state == state and same(verified.own, own)
    whole = columns.get(item.part_of or "", (math.nan, State.NOT_REPORTED))[0]
    most = item.high if math.isnan(whole) else min(item.high, float(whole))
    return ItemState(item, own, state, verified if counts else None, most)


def _own(item: AssessedItem, columns: Mapping[str, tuple[float, int]]) -> tuple[float, State]:
    """The own score; where nothing was typed, the percentage of its two counts."""
    value, number = columns.get(item.measure, (math.nan, State.NOT_REPORTED))
    if number == State.NOT_REPORTED and item.counts:
        counted = [columns.get(one, (math.nan, State.NOT_REPORTED))[0] for one in item.counts]
        share = _WHOLE * counted[0] / counted[1] if counted[1] else math.nan
        if not math.isnan(share):
            return share, State.REPORTED
    return float(value), State(int(number))


def same(one: float, other: float) -> bool:
    """Whether two scores are the same; no score is the same as no score."""
    return one == other or (math.isnan(one) and math.isnan(other))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items could be verified, are, and differ."""

    items: int
    verified: int
    differing: int

    @property
    def stage(self) -> Stage:
        """The stage that follows, where it is not locked."""
        if not self.verified:
            return Stage.SUBMITTED
        return Stage.VERIFIED if self.verified >= self.items else Stage.UNDER_WAY


def counts_of(states: Sequence[ItemState]) -> Counts:
    """The counts of one self-assessment; an item nobody filled in counts once it is verified."""
    filled = [one for one in states if one.is_filled or one.verified is not None]
    return Counts(
        items=len(filled),
        verified=sum(one.verified is not None for one in filled),
        differing=sum(one.differs for one in filled),
    )
