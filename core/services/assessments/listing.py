"""Self-assessments of an area as they are verified: those to be verified first; one in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.actors import current_actor
from core.access.policy import allowed
from core.access.roles import Action
from core.areas import COUNTRY, chain, parse_area
from core.criteria.catalog import RuleSet
from core.criteria.model import Indicator, WeightedGroup
from core.errors import UsageError
from core.periods import Period
from core.services.assessments.items import ItemState, item_states
from core.services.assessments.totals import Total, totals_of
from core.services.geography.country import Place
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import meant, place_of, readable
from core.services.guard.whose import subjects_of_upload
from core.services.results.listing import indicator_name, subject_names
from core.services.rules.in_force import rules_in_force
from core.services.rules.verified.forms import form_of, part_of, self_assessed_forms
from core.services.rules.verified.marks import Mark, mark_of
from core.services.rules.verified.wording import SLUGS
from core.store.assessments import repository as stored
from core.store.assessments.rows import Evidence, Item, Key, Stage, Step
from core.store.engine.unit_of_work import reading
from core.store.register.repository import parents
from core.store.results.listing import listed
from core.store.uploads.repository import upload
from core.store.uploads.submissions import SubmissionInfo, current_submissions, keys_of
from core.text import Text

STATES: Final = ("open", "all", *SLUGS.values())
"""What a list may be asked for: those not locked, all, or one state."""


@dataclass(frozen=True, slots=True)
class ListedAssessment:
    """A self-assessment that counts, and how far it is verified."""

    key: Key
    place: Text
    form: Text
    mark: Mark
    sent: SubmissionInfo


@dataclass(frozen=True, slots=True)
class TotalPair:
    """A result by its own scores and by the verified ones; None where there is no number."""

    criterion: str
    name: Text
    own: float | None
    verified: float | None
    out_of: float | None


@dataclass(frozen=True)
class WholeAssessment:
    """One self-assessment in full: items, both totals, every step with the items it verified.

    `evidence` is by measure, oldest first. `may_verify`: whether who looks at it may verify it.
    """

    listed: ListedAssessment
    items: tuple[ItemState, ...]
    totals: tuple[TotalPair, ...]
    steps: tuple[Step, ...]
    verified: Mapping[int, tuple[Item, ...]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    may_verify: bool

    @property
    def revision(self) -> int:
        """The revision seen: what whoever changes it names as known; 0 before the first step."""
        return self.steps[-1].revision if self.steps else 0

    @property
    def in_order(self) -> tuple[ItemState, ...]:
        """Its items, those still to be verified first."""
        return tuple(sorted(self.items, key=lambda one: not one.is_open))

    @property
    def left(self) -> int:
        """Items still to be verified."""
        return sum(one.is_open for one in self.items)

    @property
    def agreeing(self) -> int:
        """Items that one step would accept by their own score."""
        return sum(one.is_open and one.can_agree for one in self.items)


@door(Action.READ, ANYWHERE)
def listed_assessments(
    engine: Engine,
    *,
    area: str = COUNTRY,
    form_id: str = "",
    period: Period | None = None,
    state: str = "all",
) -> tuple[ListedAssessment, ...]:
    """The self-assessments of an area, those least verified first.

    Those alone whose place may be read. `UsageError` U124 for a state there is none of, U125 for a
    form that holds none.
    """
    if state not in STATES:
        raise UsageError("U124", typed=state, known=", ".join(STATES))
    if form_id and form_id not in self_assessed_forms():
        raise UsageError("U125", form=form_id, known=", ".join(self_assessed_forms()))
    may = readable(engine)
    with reading(engine) as session:
        every = _all(session, [form_id] if form_id else [*self_assessed_forms()], period)
        lying = parents(session)
    wanted = (one for one in every if _fits(one, state) and may(one.key.subject))
    inside = (one for one in wanted if area in chain(one.key.subject, lying))
    return tuple(sorted(inside, key=lambda one: (one.mark.stage, -one.sent.id)))


@door(Action.READ, subjects_of_upload)
def marks_of_file(engine: Engine, upload_id: int) -> tuple[tuple[Key, Mark], ...]:
    """The self-assessments of a file that count now, and how far each is verified."""
    with reading(engine) as session:
        form_id = upload(session, upload_id).form
        if form_id not in self_assessed_forms():
            return ()
        part = part_of(self_assessed_forms()[form_id])
        keys = keys_of(session, upload_id)
        every = current_submissions(session, form_id, {period for _subject, period in keys})
        counting = {(one.subject, one.period) for one in every if one.upload_id == upload_id}
        marks = stored.standing(session, [form_id], {period for _subject, period in keys})
    of_file = (Key(form_id, *key) for key in keys if key in counting and key[1].part == part)
    return tuple((key, mark_of(marks.get(key))) for key in of_file)


def _fits(one: ListedAssessment, state: str) -> bool:
    if state == "open":
        return one.mark.stage is not Stage.LOCKED
    return state in ("all", SLUGS[one.mark.stage])


def _all(
    session: Session, form_ids: Sequence[str], period: Period | None
) -> Sequence[ListedAssessment]:
    names = subject_names(session)
    periods = None if period is None else [period]
    steps = stored.standing(session, form_ids, periods)
    every = []
    for form_id in form_ids:
        chosen = self_assessed_forms()[form_id]
        for sent in current_submissions(session, form_id, periods):
            if sent.period.part == part_of(chosen):
                key = Key(form_id, sent.subject, sent.period)
                place = names.get(sent.subject, Text(sent.subject, sent.subject))
                mark = mark_of(steps.get(key))
                every.append(ListedAssessment(key, place, chosen.name, mark, sent))
    return every


@door(Action.READ, "key.subject")
def whole_assessment(engine: Engine, key: Key) -> WholeAssessment:
    """One self-assessment; `NotFoundError` S120 where nothing of it counts."""
    if key.form not in self_assessed_forms():
        raise UsageError("U125", form=key.form, known=", ".join(self_assessed_forms()))
    may = allowed(current_actor(), Action.VERIFY, place_of(engine, key.subject))
    with reading(engine) as session:
        states = item_states(session, key)
        one = next(one for one in _all(session, [key.form], key.period) if one.key == key)
        return WholeAssessment(
            listed=one,
            items=states,
            totals=_pairs(session, key),
            steps=stored.steps(session, key),
            verified=stored.items_of_steps(session, key),
            evidence=stored.evidence(session, key),
            may_verify=may,
        )


@door(Action.READ, ANYWHERE)
def area_meant(engine: Engine, address: str) -> Place:
    """The area an address means; the country or one's own where it names none that is known."""
    with reading(engine) as session:
        names, lying = subject_names(session), parents(session)
    try:
        code = parse_area(address).code if address else None
    except UsageError:
        code = None
    chosen = meant(code if code in names else None, lying)
    return Place(chosen, names.get(chosen, Text(chosen, chosen)))


def _pairs(session: Session, key: Key) -> tuple[TotalPair, ...]:
    """Its results, sections and totals: both ways, where they have a number."""
    rules = rules_in_force(session, key.period)
    totals = totals_of(session, key.form, key.period, [key.subject])
    own = {
        one.criterion: one
        for one in listed(session, subjects=[key.subject], periods=[key.period])
        if form_of(rules, one.criterion) == key.form and _is_whole(rules, one.criterion)
    }
    return tuple(
        TotalPair(
            criterion=criterion,
            name=indicator_name(criterion),
            own=one.value,
            verified=_number(totals.get(criterion, {}).get(key.subject), one.value),
            out_of=one.full_marks if isinstance(rules.rule(criterion), WeightedGroup) else None,
        )
        for criterion, one in own.items()
        if one.value is not None
    )


def _is_whole(rules: RuleSet, criterion: str) -> bool:
    """Whether it adds up what stands below it: a section, the grand total, an indicator."""
    return isinstance(rules.rules.get(criterion), WeightedGroup | Indicator)


def _number(total: Total | None, own: float | None) -> float | None:
    """The value by verified scores; nothing differing, that of the own ones."""
    if total is None:
        return own
    return None if total.value != total.value else total.value


@door(Action.READ, "key.subject")
def evidence_of(engine: Engine, key: Key, step: int, measure: str) -> bytes:
    """The bytes of a file an item was verified by; `NotFoundError` S071 when there is none."""
    with reading(engine) as session:
        known = {one.step for one in stored.evidence(session, key).get(measure, ())}
        return stored.evidence_file(session, step if step in known else 0, measure)
