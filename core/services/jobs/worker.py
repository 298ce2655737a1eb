"""The worker: takes one job after the other; whoever ends in the middle of one is followed up."""

import logging
import os
import socket
import time
import uuid
from contextlib import suppress
from typing import Any, Final

import orjson
from sqlalchemy import Engine

from core.access.roles import Action
from core.errors import StoreError, TruatError
from core.services.audit.leaving import leave
from core.services.guard.doors import door
from core.services.jobs.kinds import KINDS, Within
from core.services.outbox.delivery import post
from core.store.audit.leaving import no_deed
from core.store.engine.unit_of_work import unit_of_work
from core.store.jobs import repository as stored
from core.store.jobs.repository import StoredJob

_LOG: Final = logging.getLogger("truat.jobs")
_PAUSE: Final = 2.0
"""Seconds between two looks for work."""
_TOLD_EVERY: Final = 30.0
"""Seconds after which a worker says again how far it is."""


_POSTED_EVERY: Final = 60.0
"""Seconds between two looks into the outbox."""


@door(Action.RULES)
def work(engine: Engine, *, until_idle: bool = False) -> int:
    """Do what was asked for, for ever or until nothing waits; how many jobs were done."""
    name, count, posted = new_name(), 0, -_POSTED_EVERY
    while True:
        if time.monotonic() - posted >= _POSTED_EVERY:
            posted = time.monotonic()
            _post(engine)
        job = _take(engine, name)
        if job is not None:
            _do(engine, job, name)
            count += 1
        elif until_idle:
            return count
        else:
            time.sleep(_PAUSE)


def _post(engine: Engine) -> None:
    """Send what waits in the outbox; whatever goes wrong there, jobs are worked on."""
    try:
        post(engine)
    except Exception:  # noqa: BLE001
        _LOG.exception("the outbox failed")


def new_name() -> str:
    """What a worker is called: its machine and process, by which one that ended is known."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def is_gone(worker: str) -> bool:
    """Whether a worker of this machine has ended; of another nobody knows before its time is up."""
    host, _, rest = worker.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname() or not rest.isdigit():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _take(engine: Engine, name: str) -> StoredJob | None:
    with unit_of_work(engine) as session:
        job = stored.take_job(session, name, is_gone)
        no_deed(session, "who works on a job is no change of what is stored")
        session.commit()
    return job


def _do(engine: Engine, job: StoredJob, name: str) -> None:
    _LOG.info("job %d begins: %s", job.id, job.kind)
    try:
        _work_on(engine, job, name)
    except TruatError as error:
        _end(engine, job, "failed", {"code": error.code})
    except Exception:  # noqa: BLE001  # whatever it was, the next job is done all the same
        _LOG.exception("job %d failed", job.id)
        _end(engine, job, "failed", {"code": "S022"})
    _LOG.info("job %d ended", job.id)


def _work_on(engine: Engine, job: StoredJob, name: str) -> None:
    kind, parameters = KINDS[job.kind], orjson.loads(job.asked)
    if isinstance(kind, Within):
        with unit_of_work(engine) as session:
            answer = kind.work(session, parameters, job.asked_by)
            stored.end_job(session, job.id, "done", _json(answer))
            session.commit()
        return
    answer = kind.work(engine, parameters, job.asked_by, _Teller(engine, job.id, name).tell)
    _end(engine, job, "done", answer)


class _Teller:
    """Says now and then how far a job is, and holds it by that."""

    def __init__(self, engine: Engine, number: int, name: str) -> None:
        self._engine, self._number, self._name = engine, number, name
        self._told = time.monotonic()

    def tell(self, share: float) -> None:
        if time.monotonic() - self._told < _TOLD_EVERY:
            return
        self._told = time.monotonic()
        # Somebody else may be storing: then it is said the next time.
        with suppress(StoreError), unit_of_work(self._engine) as session:
            stored.hold_job(session, self._number, self._name, share)
            no_deed(session, "how far a job is is no change of what is stored")
            session.commit()


def _end(engine: Engine, job: StoredJob, state: stored.State, answer: dict[str, Any]) -> None:
    with unit_of_work(engine) as session:
        stored.end_job(session, job.id, state, _json(answer))
        leave(session, f"job_{state}", f"job:{job.id}", by=job.asked_by, after=answer)
        session.commit()


def _json(answer: dict[str, Any]) -> str:
    return orjson.dumps(answer, default=str).decode()
