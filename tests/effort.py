"""What something costs, without a clock: seconds tell of the machine, not of the program.

Where it can be counted, count: calls, queries, bytes, elements. What runs in other languages is
held against a unit of work done by the same machine in the same run: the program starts and scores
a plain workbook. This file and `tests/waiting.py` are the only ones that may look at a clock.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import TypeVar

from tests.paths import ROOT

T = TypeVar("T")

PLAIN = ROOT / "tests" / "data" / "star" / "star-2561-printed-filled.xlsx"
# Runs the program as a child of a child, so that nobody else's memory and time are counted.
STARTED = """
import json, resource, subprocess, sys
run = subprocess.run([sys.executable, "-m", "core", *sys.argv[1:]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": run.returncode, "processor": used.ru_utime + used.ru_stime}))
"""
# Starts the program once and copies itself for every run: what a start takes is paid once.
COPIED = """
import io, json, os, sys, tempfile
from core.cli import main

def run(words):
    sys.argv = ["core", *words]
    try:
        main()
    except SystemExit as ended:
        return ended.code or 0
    return 0

kept, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), "utf-8")
run(sys.argv[1:])
sys.stdout = kept
for line in sys.stdin:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            status = run(json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status, used = os.wait4(child, 0)
        out.seek(0)
        err.seek(0)
        scale = 1024 if sys.platform != "darwin" else 1024 * 1024
        print(json.dumps({
            "status": os.waitstatus_to_exitcode(status),
            "out": out.read().decode(), "err": err.read().decode(),
            "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / scale,
        }), flush=True)
"""


@dataclass(frozen=True)
class Run:
    """What the program answered and took; `processor` is for `assert_effort` only."""

    status: int
    out: str
    err: str
    processor: float
    megabytes: float


def program(*words: object) -> Run:
    """Run `python -m core` with these words in a process of its own, without what its start takes.

    Not on Windows, where a process cannot be copied.
    """
    there = _copied()
    assert there.stdin is not None
    assert there.stdout is not None
    there.stdin.write(json.dumps([str(word) for word in words]) + "\n")
    there.stdin.flush()
    return Run(**json.loads(there.stdout.readline()))


@cache
def _copied() -> "subprocess.Popen[str]":
    """The program after it scored a plain workbook; it ends with whoever started it."""
    command = [sys.executable, "-c", COPIED, "score", str(PLAIN), "--json"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )


def processor(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the processor time it took: for `assert_effort` only."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def assert_effort(taken: float, *, most: float) -> None:
    """Hold processor time against `most` units: starts of the program with a plain workbook."""
    unit = _unit()
    if taken > most * unit:
        # Between the two measurements the machine may have become busy: it is measured as it is.
        unit = max(unit, _plain_start())
    assert taken <= most * unit, f"{taken / unit:.1f} units of work, {most} are allowed"


@cache
def _unit() -> float:
    return min(_plain_start() for _ in range(2))


def _plain_start() -> float:
    command = [sys.executable, "-c", STARTED, "score", str(PLAIN), "--json"]
    done = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    assert done["status"] == 0
    return float(done["processor"])


def calls(work: Callable[[], object]) -> int:
    """How often the work calls a function, in Python or in C: the same on every machine."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
