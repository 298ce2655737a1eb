"""Long work: done once, gone on with by whoever comes next, on both databases."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.services.audit.trail import deeds
from core.services.jobs import worker
from core.services.jobs.kinds import KINDS, Beside
from core.services.jobs.queue import ask, job_json, listed_jobs
from core.services.results.listing import results
from core.store.audit.listing import Wanted
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.jobs.repository import LEASE, MOST_TRIES, take_job
from tests.core.services.sending import BROKE, row, table
from tests.core.store.conftest import address, bare, empty_file, engine  # noqa: F401
from tests.country import small_country

Jobs = list[dict[str, object]]


@pytest.fixture
def store(engine: Engine) -> Iterator[Engine]:  # noqa: F811
    yield small_country(engine)
    close_engines()


def told(store: Engine) -> Jobs:
    return [job_json(one) for one in listed_jobs(store)]


def ended_worker() -> str:
    """A worker of this machine whose process is over."""
    program = [sys.executable, "-c", "import os; print(os.getpid())"]
    ended = subprocess.run(program, check=True, capture_output=True, text=True)
    return worker.new_name().replace(f":{os.getpid()}:", f":{ended.stdout.strip()}:")


def test_recomputing_the_country_is_done_once_with_one_deed(store: Engine) -> None:
    before = [(one.indicator, one.subject, one.value) for one in results(store)]
    ask(store, "recompute", {}, by="ผู้ดูแล")
    assert worker.work(store, until_idle=True) == 1
    (job,) = told(store)
    assert (job["state"], job["share"], job["tries"]) == ("done", 1.0, 1)
    assert [(one.indicator, one.subject, one.value) for one in results(store)] == before
    actions = [one.action for one in deeds(store, Wanted())][:2]
    assert actions == ["results_recomputed", "job_asked"]
    assert worker.work(store, until_idle=True) == 0


def test_files_of_a_folder_are_stored_and_not_twice(store: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for number, hcode in enumerate(("11201", "11202")):
        (folder / f"{number}.csv").write_bytes(table(row(hcode, BROKE, month=10)))
    for _ in range(2):
        ask(store, "import", {"path": str(folder)}, by="ผู้ส่ง")
    worker.work(store, until_idle=True)
    assert [job["state"] for job in told(store)] == ["done", "done"]
    assert len(deeds(store, Wanted(action="upload_stored"))) == 2


def test_work_of_a_worker_that_ended_is_taken_up_and_of_one_that_lives_is_not(
    store: Engine,
) -> None:
    ask(store, "recompute", {})
    gone = ended_worker()
    assert worker.is_gone(gone)
    with unit_of_work(store) as session:
        assert take_job(session, "elsewhere:1:x", worker.is_gone) is not None
        assert take_job(session, "other:2:x", worker.is_gone) is None, "held by another machine"
        session.rollback()
    with unit_of_work(store) as session:
        take_job(session, gone, worker.is_gone)
        session.commit()
    assert worker.work(store, until_idle=True) == 1
    assert [job["state"] for job in told(store)] == ["done"]
    assert LEASE.total_seconds() > 0


def test_work_that_ends_every_worker_is_given_up(store: Engine) -> None:
    ask(store, "recompute", {})
    gone = ended_worker()
    for _ in range(MOST_TRIES):
        with unit_of_work(store) as session:
            assert take_job(session, gone, worker.is_gone) is not None
            session.commit()
    assert worker.work(store, until_idle=True) == 0
    assert [job["state"] for job in told(store)] == ["failed"]


def test_work_that_fails_says_so_and_the_next_is_done(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> dict[str, object]:
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "KINDS", {**KINDS, "deck": Beside(fail)})
    ask(store, "deck", {"area": "P61", "period": "2566-M09"})
    ask(store, "import", {"path": "nowhere"})
    ask(store, "recompute", {})
    assert worker.work(store, until_idle=True) == 3
    assert [job["state"] for job in reversed(told(store))] == ["failed", "failed", "done"]
    with pytest.raises(UsageError, match="U069"):
        ask(store, "sing", {})


def test_a_worker_that_is_killed_in_the_middle_is_followed_up(tmp_path: Path) -> None:
    """A real process, killed while it recomputes: another does the work, and nothing is half."""
    environment = {**os.environ, "TRUAT_VAR_FOLDER": str(tmp_path)}
    from tests.country import small_store  # noqa: PLC0415

    store = small_store(tmp_path)
    number = ask(store, "recompute", {})
    program = (
        "import os, signal\n"
        "from core.services.jobs import kinds, worker\n"
        "from core.services.stores import open_store\n"
        "def killed(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "worker.KINDS = {'recompute': kinds.Within(killed)}\n"
        "worker.work(open_store(), until_idle=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [job["state"] for job in told(store)] == ["running"]
    assert worker.work(store, until_idle=True) == 1
    (job,) = told(store)
    assert (job["id"], job["state"], job["tries"]) == (number, "done", 2)
    assert json.dumps(job)
    close_engines()
