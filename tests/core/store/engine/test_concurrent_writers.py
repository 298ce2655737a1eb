"""Several who import at once, and some who are killed while they do."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from core.store.results.repository import results
from core.store.uploads.observed_table import observed_table
from core.store.uploads.repository import uploads
from tests.core.store.engine.writer import HOSPITALS, MEASURES
from tests.core.store.filling import MONTH, a_file, a_month, cash_that_counts, send
from tests.paths import ROOT

KILLS = 18

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")


@contextmanager
def starter(address: str) -> Iterator[subprocess.Popen[str]]:
    """The program that starts writers."""
    command = [sys.executable, "-m", "tests.core.store.engine.writer", address]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as program:
        assert program.stdout
        assert program.stdout.readline().endswith("ready\n")
        yield program
        assert program.stdin
        program.stdin.close()


def start(program: subprocess.Popen[str], rounds: int) -> None:
    assert program.stdin
    program.stdin.write(f"{rounds}\n")


def next_line(program: subprocess.Popen[str]) -> tuple[int, str]:
    assert program.stdout
    number, said = program.stdout.readline().split(maxsplit=1)
    return int(number), said.strip()


def killed(program: subprocess.Popen[str], writer: int) -> list[str]:
    """Kill a writer; what it still said before it ended."""
    assert program.stdin
    os.kill(writer, signal.SIGKILL)
    program.stdin.write("wait\n")
    heard = []
    while (said := next_line(program)[1]) != "ended":
        heard.append(said)
    return heard


def whole_uploads(engine: Engine) -> int:
    """How many uploads there are, each of them whole and the newest the one that counts."""
    with reading(engine) as session:
        stored = uploads(session)
        figures = session.execute(text("SELECT count(*) FROM observation")).scalar_one()
        contents = session.execute(text("SELECT count(*) FROM upload_content")).scalar_one()
        versions = session.execute(text("SELECT count(*) FROM results_version")).scalar_one()
        table = observed_table(session, "finance")
        standing = results(session, "crisis.level", MONTH)
    assert {upload.submissions for upload in stored} <= {HOSPITALS}
    assert figures == len(stored) * HOSPITALS * MEASURES
    assert contents == versions == len(stored)
    assert [upload.version for upload in stored] == list(range(len(stored), 0, -1))
    if stored:
        said = {value for column in table.columns.values() for value in column.values.tolist()}
        assert len(said) == 1
        assert standing.value.tolist() == [said.pop()] * HOSPITALS
    return len(stored)


def check_file(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            stored = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        assert (stored, orphans) == (["ok"], [])


def test_two_who_import_at_once_are_both_kept(engine: Engine) -> None:
    def one(number: int) -> int:
        return send(engine, a_file(bytes([number])), a_month("11223", cash=number)).upload.version

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(one, range(12)))
    assert sorted(versions) == list(range(1, 13))
    with reading(engine) as session:
        states = [upload.state for upload in uploads(session)]
    assert states == ["active"] + ["superseded"] * 11
    last = versions.index(12)
    assert cash_that_counts(engine) == {("11223", "2566-M09"): last}


def test_two_who_send_the_same_bytes_at_once_store_one_upload(engine: Engine) -> None:
    def one(_: int) -> bool:
        return send(engine, a_file(), a_month("11223")).is_new

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(8))) == [False] * 7 + [True]


@needs_fork
def test_programs_that_import_at_once_lose_nothing_and_wait_their_turn(
    engine: Engine, address: str
) -> None:
    with starter(address) as program:
        for _ in range(3):
            start(program, 6)
        said = [next_line(program)[1] for _ in range(3 * 6 * 2)]
    assert sorted(said) == ["begins"] * 18 + ["done"] * 18
    assert whole_uploads(engine) == 18
    check_file(engine)


@needs_fork
@pytest.mark.usefixtures("engine")
def test_an_import_killed_at_any_moment_leaves_whole_uploads_only(address: str) -> None:
    draw = random.Random(2566)
    interrupted, kept = 0, 0
    with starter(address) as program:
        for number in range(KILLS):
            start(program, 0)
            writer, said = next_line(program)
            heard = [said]
            # Every third writer is left in peace until it has stored something.
            while number % 3 == 0 and heard[-1] != "done":
                heard.append(next_line(program)[1])
            time.sleep(draw.uniform(0, 0.15))
            heard += killed(program, writer)
            interrupted += heard[-1] == "begins"
            close_engines()
            now = whole_uploads(open_database(address))
            assert now >= kept + heard.count("done")
            kept = now
    assert interrupted >= KILLS // 3, "the moments were too late to prove anything"
    assert kept >= KILLS // 3
    check_file(open_database(address))
