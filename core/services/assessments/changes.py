"""What a province does to a self-assessment: verify items, accept those that agree, lock, reopen.

Two who work on one at once both have their way: each step is stored, the later one counts, and
both are told.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action as May
from core.access.roles import roles
from core.errors import UsageError
from core.forms.model.values import plain
from core.periods import moment_text
from core.scoring.base.states import State
from core.services.assessments.items import (
    AssessedItem,
    Counts,
    ItemState,
    counts_of,
    item_states,
    same,
)
from core.services.audit.leaving import leave
from core.services.evidence.deeds import Actor, Deed, checked_actor
from core.services.evidence.handed_in import HandedIn, checked_evidence, typed
from core.services.guard.doors import door
from core.store.assessments import repository as stored
from core.store.assessments.rows import Action, Evidence, Item, Key, NewStep, Stage, Step
from core.store.engine.unit_of_work import unit_of_work
from core.text import Text

ROLE: Final = "province"
NO_EVIDENCE: Final = HandedIn()
_NOTHING: Final[Mapping[str, HandedIn]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Score:
    """A verified score as it was typed; `score` is None where an item does not apply.

    `why` is obligatory where it differs from the item's own.
    """

    measure: str
    score: float | None
    why: str = ""
    evidence: HandedIn = NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Done:
    """The step that was stored; `unseen` are steps of others that its maker had not seen."""

    step: Step
    unseen: tuple[Step, ...] = ()


_Work = Callable[[Sequence[ItemState]], Sequence[Item]]


@door(May.VERIFY, "key.subject")
def verify(
    engine: Engine, key: Key, scores: Sequence[Score], *, by: str, role: str = ROLE, known: int = 0
) -> Done:
    """Set the verified score of items; `known` is the revision that was seen, 0 for the newest.

    Raises `UsageError`: U120 for an item the form has not, U121 for a score that cannot be, U122
    where it differs and no reason is given, U079 for evidence that is none, S121 where it is
    locked. Nothing is stored then.
    """
    given = {one.measure: one for one in scores}
    files = {one.measure: checked_evidence(one.evidence) for one in scores if one.evidence}

    def work(states: Sequence[ItemState]) -> Sequence[Item]:
        by_measure = {one.item.measure: one for one in states}
        strange = [measure for measure in given if measure not in by_measure]
        if strange or not given:
            example = next(iter(by_measure), "")
            raise UsageError("U120", typed=", ".join(strange) or "–", example=example)
        return [_item(by_measure[measure], one) for measure, one in given.items()]

    return _step(engine, key, Deed("verified", _officer(by, role), known), work, files)


@door(May.VERIFY, "key.subject")
def accept_agreeing(engine: Engine, key: Key, *, by: str, role: str = ROLE, known: int = 0) -> Done:
    """Verify every item that is not yet, by its own score; those in error stay as they are.

    `UsageError` U123 where there is none, S121 where it is locked.
    """

    def work(states: Sequence[ItemState]) -> Sequence[Item]:
        agreed = [one for one in states if one.is_open and one.can_agree]
        if not agreed:
            raise UsageError("U123")
        return [Item(one.item.measure, one.own, one.own_state, one.own) for one in agreed]

    return _step(engine, key, Deed("accepted", _officer(by, role), known), work)


@door(May.VERIFY, "key.subject")
def lock(
    engine: Engine, key: Key, *, by: str, role: str = ROLE, why: str = "", known: int = 0
) -> Done:
    """Lock a self-assessment whose every item is verified: no upload changes it any more.

    `UsageError` S122 while items are not verified, S121 where it is locked already.
    """

    def work(states: Sequence[ItemState]) -> Sequence[Item]:
        left = sum(one.is_open for one in states)
        if left:
            raise UsageError("S122", left=left)
        return ()

    return _step(engine, key, Deed("locked", _officer(by, role), known, typed(why)), work)


@door(May.VERIFY, "key.subject")
def reopen(
    engine: Engine, key: Key, *, by: str, why: str, role: str = ROLE, known: int = 0
) -> Done:
    """Reopen a locked one; `UsageError` U007 without a reason, S123 where it is not locked."""
    reason = typed(why)
    if not reason:
        raise UsageError("U007")
    return _step(engine, key, Deed("reopened", _officer(by, role), known, reason), lambda _: ())


def _officer(by: str, role: str) -> Actor:
    """Who verifies, in a role that may; `UsageError` as of `checked_actor`."""
    able = [one for one, rules in roles().items() if May.VERIFY in rules.actions]
    return checked_actor(Actor(by, role), able)


def _item(state: ItemState, given: Score) -> Item:
    score = math.nan if given.score is None else float(given.score)
    _check_range(state, score)
    why = typed(given.why)
    if not same(score, state.own) and not why:
        raise UsageError(
            "U122", item=_called(state.item), own=_number(state.own), verified=_number(score)
        )
    return Item(state.item.measure, state.own, state.own_state, score, why)


def _check_range(state: ItemState, score: float) -> None:
    """`UsageError` U121 for a score that the item cannot have."""
    item = state.item
    nothing = math.isnan(score) and state.own_state != State.NOT_APPLICABLE
    is_answer = item.unit == "answer" and score not in (item.low, item.high)
    outside = math.isinf(score) or score < item.low or score > state.most
    if nothing or outside or (is_answer and not math.isnan(score)):
        ends = f"{_number(item.low)}–{_number(state.most)}"
        raise UsageError("U121", item=_called(item), typed=_number(score), range=ends)


def _called(item: AssessedItem) -> Text:
    return Text(f"{item.no} {item.name.th}".strip(), f"{item.no} {item.name.en}".strip())


def _number(score: float) -> str:
    if math.isnan(score):
        return "–"
    return "∞" if math.isinf(score) else plain(score)


def refuse_if_locked(step: Step | None) -> None:
    """`UsageError` S121 where a self-assessment is locked, saying by whom and when."""
    if step is not None and step.stage is Stage.LOCKED:
        raise UsageError("S121", by=step.by, at=moment_text(step.at))


def _step(
    engine: Engine,
    key: Key,
    deed: Deed[Action],
    work: _Work,
    evidence: Mapping[str, HandedIn] = _NOTHING,
) -> Done:
    """Do something to a self-assessment within a unit of work; `evidence` is by item."""
    with unit_of_work(engine) as session:
        states = item_states(session, key)
        before = stored.standing(session, [key.form], [key.period], [key.subject]).get(key)
        if deed.act == "reopened":
            if before is None or before.stage is not Stage.LOCKED:
                raise UsageError("S123")
        else:
            refuse_if_locked(before)
        verified = work(states)
        others = deed.unseen(stored.steps(session, key))
        step = stored.enter(session, _new(key, deed, states, verified, len(others)), verified)
        for measure, one in evidence.items():
            proof = Evidence(
                step.id, measure, one.link, one.file_name, one.sha256, len(one.content)
            )
            stored.enter_evidence(session, proof, one.content)
        _leave(session, before, step, states, verified)
        session.commit()
    return Done(step, others)


def _new(
    key: Key, deed: Deed[Action], states: Sequence[ItemState], verified: Sequence[Item], unseen: int
) -> NewStep:
    counts = counts_after(states, verified)
    return NewStep(
        key=key, action=deed.act,
        stage=Stage.LOCKED if deed.act == "locked" else counts.stage,
        items=counts.items, verified=counts.verified, differing=counts.differing,
        by=deed.by.name, role=deed.by.role, at=datetime.now(UTC), why=deed.why, unseen=unseen,
    )  # fmt: skip


def counts_after(states: Sequence[ItemState], verified: Sequence[Item]) -> Counts:
    """The counts once some more items are verified."""
    new = {one.measure: one for one in verified}
    return counts_of(
        [replace(one, verified=new.get(one.item.measure, one.verified)) for one in states]
    )


def _leave(
    session: Session,
    was: Step | None,
    now: Step,
    states: Sequence[ItemState],
    verified: Sequence[Item],
) -> None:
    earlier = {one.item.measure: one.verified for one in states}
    leave(
        session, f"assessment_{now.action}", f"assessment:{now.key}", by=now.by, role=now.role,
        area=now.key.subject,
        before=_as_json(was, [one for v in verified if (one := earlier.get(v.measure))]),
        after=_as_json(now, verified), reason=now.why,
    )  # fmt: skip


def _as_json(step: Step | None, items: Sequence[Item]) -> dict[str, Any]:
    state: dict[str, Any] = {"stage": step.stage.name.lower() if step else "submitted"}
    if step:
        state |= {"items": step.items, "verified": step.verified, "differing": step.differing}
    if items:
        state["scores"] = {
            one.measure: [_json(one.own), _json(one.verified), one.why] for one in items
        }
    return state


def _json(score: float) -> float | None:
    return None if math.isnan(score) else score
