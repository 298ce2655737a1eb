"""Asking for long work, and looking how far it is."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Engine

from core.access.actors import current_actor
from core.access.roles import Action
from core.errors import UsageError
from core.services.audit.leaving import leave
from core.services.guard.doors import door
from core.services.jobs.kinds import KINDS
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.jobs import repository as stored
from core.store.jobs.repository import StoredJob
from core.text import Text, say


@door(Action.RULES)
def ask(engine: Engine, kind: str, parameters: Mapping[str, Any], *, by: str = "") -> int:
    """Ask for work of a kind; its number. `UsageError` U069 for a kind there is none of."""
    if kind not in KINDS:
        raise UsageError("U069", kind=kind, known=", ".join(KINDS))
    who = by or current_actor().name
    with unit_of_work(engine) as session:
        number = stored.enter_job(session, kind, orjson.dumps(dict(parameters)).decode(), who)
        leave(session, "job_asked", f"job:{number}", by=who, after={"kind": kind, **parameters})
        session.commit()
    return number


@door(Action.RULES)
def listed_jobs(engine: Engine) -> tuple[StoredJob, ...]:
    """All work that was asked for, newest first."""
    with reading(engine) as session:
        return stored.jobs(session)


def job_json(one: StoredJob) -> dict[str, Any]:
    """A job as its JSON document."""
    return {
        "id": one.id, "kind": one.kind, "asked": orjson.loads(one.asked), "state": one.state,
        "share": one.share, "answer": orjson.loads(one.answer) if one.answer else None,
        "asked_by": one.asked_by, "asked_at": one.asked_at.isoformat(), "tries": one.tries,
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }  # fmt: skip


def job_line(one: StoredJob) -> Text:
    """A job as a line of a terminal."""
    return say(
        "{number} · {kind} · {state} · {percent} percent · {answer}",
        number=one.id, kind=one.kind, state=state_text(one.state),
        percent=int(100 * one.share), answer=one.answer,
    )  # fmt: skip


def state_text(state: str) -> Text:
    """The state of a job in words."""
    texts = {"waiting": say("waiting"), "running": say("in work"), "done": say("done"),
             "failed": say("failed")}  # fmt: skip
    return texts[state]
