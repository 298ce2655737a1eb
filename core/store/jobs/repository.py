"""Jobs: asked for, taken by one worker at a time, held for a while, done or failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from core.store.schema.bulk import next_id, table_of
from core.store.schema.program_tables import Job

State = Literal["waiting", "running", "done", "failed"]
MOST_TRIES: Final = 3
"""Workers that may take a job; one that ended all of them is not tried again."""
LEASE: Final = timedelta(minutes=5)
"""How long a worker holds a job without a word."""
_JOB: Final = table_of(Job)


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job as it stands; `asked` and `answer` are JSON."""

    id: int
    kind: str
    asked: str
    state: State
    share: float
    answer: str
    asked_by: str
    asked_at: datetime
    held_by: str
    held_until: datetime | None
    tries: int
    ended_at: datetime | None


def enter_job(session: Session, kind: str, parameters: str, by: str) -> int:
    """Ask for a job; its number."""
    number = next_id(session, _JOB)
    row = {
        "id": number, "kind": kind, "asked": parameters, "state": "waiting", "share": 0.0,
        "answer": "", "asked_by": by, "asked_at": datetime.now(UTC), "held_by": "",
        "held_until": None, "tries": 0, "ended_at": None,
    }  # fmt: skip
    session.execute(insert(_JOB), [row])
    return number


def jobs(session: Session) -> tuple[StoredJob, ...]:
    """All jobs, newest first."""
    return tuple(map(_stored, session.execute(select(_JOB).order_by(_JOB.c.id.desc()))))


def take_job(session: Session, worker: str, is_gone: Callable[[str], bool]) -> StoredJob | None:
    """Take the oldest job that nobody works on; None where there is none.

    Nobody works on one whose worker is gone, or has said nothing for longer than it may. One that
    ended so many workers has failed.
    """
    now, j = datetime.now(UTC), _JOB.c
    open_jobs = select(_JOB).where(or_(j.state == "waiting", j.state == "running")).order_by(j.id)
    for one in map(_stored, session.execute(open_jobs).all()):
        held = one.held_until is not None and one.held_until > now and not is_gone(one.held_by)
        if one.state == "running" and held:
            continue
        if one.tries >= MOST_TRIES:
            end_job(session, one.id, "failed", "")
            continue
        taken = {"state": "running", "held_by": worker, "held_until": now + LEASE}
        _set(session, one.id, **taken, tries=one.tries + 1)
        return one
    return None


def hold_job(session: Session, number: int, worker: str, share: float) -> bool:
    """Say that a worker is still at it, and how far; False where somebody else took it."""
    j = _JOB.c
    held = update(_JOB).where(j.id == number, j.held_by == worker, j.state == "running")
    done: Any = session.execute(held.values(held_until=datetime.now(UTC) + LEASE, share=share))
    return bool(done.rowcount)


def end_job(session: Session, number: int, state: State, answer: str) -> None:
    """A job is done, or has failed."""
    share = {"share": 1.0} if state == "done" else {}
    ended = {"state": state, "answer": answer, "held_until": None, "ended_at": datetime.now(UTC)}
    _set(session, number, **ended, **share)


def _set(session: Session, number: int, **values: Any) -> None:
    session.execute(update(_JOB).where(_JOB.c.id == number).values(**values))


def _stored(row: Any) -> StoredJob:
    return StoredJob(*tuple(row))
