"""The verification of self-assessments: read as it stands, or as it stood; steps are added."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.errors import NotFoundError
from core.periods import Period
from core.scoring.base.states import State
from core.store.assessments.rows import Evidence, Item, Key, NewStep, Stage, Step
from core.store.schema.assessment_tables import AssessmentEvidence, AssessmentItem, AssessmentStep
from core.store.schema.bulk import next_id, table_of
from core.store.schema.codes import enter_periods
from core.store.schema.keys import period_key, period_of
from core.store.schema.moment import moment_read

_STEP: Final = table_of(AssessmentStep)
_ITEM: Final = table_of(AssessmentItem)
_EVIDENCE: Final = table_of(AssessmentEvidence)
_FEW: Final = 500
"""Up to so many subjects are selected by name; more are filtered after reading."""


def standing(
    session: Session,
    forms: Collection[str],
    periods: Collection[Period] | None = None,
    subjects: Collection[str] | None = None,
) -> Mapping[Key, Step]:
    """The newest step of each self-assessment; one without any step is not there."""
    s = _STEP.c
    query = select(func.max(s.id)).where(s.form.in_(forms))
    if periods is not None:
        query = query.where(s.period_id.in_({period_key(one) for one in periods}))
    if subjects is not None and len(subjects) <= _FEW:
        query = query.where(s.subject.in_(set(subjects)))
    newest = _until(session, query).group_by(s.form, s.subject, s.period_id)
    rows = session.execute(select(_STEP).where(s.id.in_(newest))).mappings()
    wanted = None if subjects is None else set(subjects)
    steps = (_step(row) for row in rows if wanted is None or row["subject"] in wanted)
    return {one.key: one for one in steps}


def steps(session: Session, key: Key) -> tuple[Step, ...]:
    """Everything that was done to a self-assessment, oldest first."""
    query = _until(session, select(_STEP).where(*_of(key))).order_by(_STEP.c.revision)
    return tuple(map(_step, session.execute(query).mappings()))


def items(
    session: Session, form: str, period: Period, subjects: Collection[str] | None = None
) -> Mapping[str, Mapping[str, Item]]:
    """The newest verification of every item by its measure, by subject."""
    s, i = _STEP.c, _ITEM.c
    query = (
        select(s.subject, i.measure, i.own, i.own_state, i.verified, i.why)
        .join(_ITEM, i.step_id == s.id)
        .where(s.form == form, s.period_id == period_key(period))
    )
    if subjects is not None and len(subjects) <= _FEW:
        query = query.where(s.subject.in_(set(subjects)))
    newest: dict[str, dict[str, Item]] = defaultdict(dict)
    for subject, measure, own, state, verified, why in session.execute(
        _until(session, query).order_by(s.id)
    ):
        newest[subject][measure] = Item(measure, own, State(state), verified, why)
    wanted = None if subjects is None else set(subjects)
    return {one: by for one, by in newest.items() if wanted is None or one in wanted}


def items_of_steps(session: Session, key: Key) -> Mapping[int, tuple[Item, ...]]:
    """The items that each step verified, by the number of the step."""
    i = _ITEM.c
    query = (
        select(i.step_id, i.measure, i.own, i.own_state, i.verified, i.why)
        .join(_STEP, _STEP.c.id == i.step_id)
        .where(*_of(key))
        .order_by(i.step_id, i.measure)
    )
    by_step: dict[int, list[Item]] = defaultdict(list)
    for step, measure, own, state, verified, why in session.execute(_until(session, query)):
        by_step[step].append(Item(measure, own, State(state), verified, why))
    return {step: tuple(several) for step, several in by_step.items()}


def enter(session: Session, new: NewStep, verified: Sequence[Item] = ()) -> Step:
    """Store a step with the items it verified."""
    key = new.key
    enter_periods(session, [period_key(key.period)])
    last = session.scalar(select(func.max(_STEP.c.revision)).where(*_of(key)))
    number, revision = next_id(session, _STEP), (last or 0) + 1
    session.execute(_STEP.insert(), [_row(new, number, revision)])
    rows = [
        {"step_id": number, "measure": one.measure, "own": one.own,
         "own_state": int(one.own_state), "verified": one.verified, "why": one.why}
        for one in verified
    ]  # fmt: skip
    if rows:
        session.execute(_ITEM.insert(), rows)
    return Step(
        id=number, revision=revision, key=key, action=new.action, stage=new.stage,
        items=new.items, verified=new.verified, differing=new.differing, by=new.by,
        role=new.role, at=new.at, why=new.why, unseen=new.unseen,
    )  # fmt: skip


def enter_evidence(session: Session, one: Evidence, content: bytes) -> None:
    """Store what an item was verified by."""
    session.execute(
        _EVIDENCE.insert(),
        {"step_id": one.step, "measure": one.measure, "link": one.link,
         "file_name": one.file_name, "sha256": one.sha256, "size": one.size, "content": content},
    )  # fmt: skip


def evidence(session: Session, key: Key) -> Mapping[str, tuple[Evidence, ...]]:
    """All evidence by measure, oldest first, without the bytes of files."""
    e = _EVIDENCE.c
    query = (
        select(e.step_id, e.measure, e.link, e.file_name, e.sha256, e.size)
        .join(_STEP, _STEP.c.id == e.step_id)
        .where(*_of(key))
        .order_by(e.step_id)
    )
    by_measure: dict[str, list[Evidence]] = defaultdict(list)
    for row in session.execute(_until(session, query)):
        by_measure[row.measure].append(Evidence(*row))
    return {measure: tuple(several) for measure, several in by_measure.items()}


def subject_of_step(session: Session, step: int) -> str:
    """Whose self-assessment a step is of; `NotFoundError` S071 when there is none."""
    subject = session.scalar(select(_STEP.c.subject).where(_STEP.c.id == step))
    if subject is None:
        raise NotFoundError("S071", change=step)
    return str(subject)


def evidence_file(session: Session, step: int, measure: str) -> bytes:
    """The bytes of a file; `NotFoundError` S071 when there is none."""
    e = _EVIDENCE.c
    content = session.scalar(select(e.content).where(e.step_id == step, e.measure == measure))
    if not content:
        raise NotFoundError("S071", change=step)
    return bytes(content)


def enter_all(session: Session, several: Iterable[tuple[NewStep, Sequence[Item]]]) -> None:
    """Store the first steps of many self-assessments at once, as a filling does."""
    pairs = list(several)
    enter_periods(session, {period_key(step.key.period) for step, _items in pairs})
    first = next_id(session, _STEP)
    numbered = list(enumerate(pairs, first))
    revisions: dict[Key, int] = defaultdict(int)
    rows, all_items = [], []
    for number, (step, verified) in numbered:
        revisions[step.key] += 1
        rows.append(_row(step, number, revisions[step.key]))
        all_items += [
            {"step_id": number, "measure": one.measure, "own": one.own,
             "own_state": int(one.own_state), "verified": one.verified, "why": one.why}
            for one in verified
        ]  # fmt: skip
    if rows:
        session.execute(_STEP.insert(), rows)
    if all_items:
        session.execute(_ITEM.insert(), all_items)


def _row(new: NewStep, number: int, revision: int) -> dict[str, Any]:
    return {
        "id": number, "form": new.key.form, "subject": new.key.subject,
        "period_id": period_key(new.key.period), "revision": revision, "action": new.action,
        "stage": int(new.stage), "items": new.items, "verified": new.verified,
        "differing": new.differing, "done_by": new.by, "role": new.role, "done_at": new.at,
        "why": new.why, "unseen": new.unseen,
    }  # fmt: skip


def _step(row: Mapping[Any, Any]) -> Step:
    return Step(
        id=row["id"], revision=row["revision"],
        key=Key(row["form"], row["subject"], period_of(row["period_id"])),
        action=row["action"], stage=Stage(row["stage"]), items=row["items"],
        verified=row["verified"], differing=row["differing"], by=row["done_by"],
        role=row["role"], at=row["done_at"], why=row["why"], unseen=row["unseen"],
    )  # fmt: skip


def _of(key: Key) -> tuple[Any, ...]:
    s = _STEP.c
    return s.form == key.form, s.subject == key.subject, s.period_id == period_key(key.period)


def _until(session: Session, query: Select[Any]) -> Select[Any]:
    """Only what was done until the moment the session reads."""
    moment = moment_read(session)
    return query if moment is None else query.where(_STEP.c.done_at <= moment)
