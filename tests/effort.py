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
MEASURED = """
import json, resource, subprocess, sys
run = subprocess.run([sys.executable, "-m", "core", *sys.argv[1:]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
scale = 1024 if sys.platform != "darwin" else 1024 * 1024
print(json.dumps({
    "status": run.returncode, "out": run.stdout.decode(), "err": run.stderr.decode(),
    "processor": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / scale,
}))
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
    """Run `python -m core` with these words in a process of its own."""
    command = [sys.executable, "-c", MEASURED, *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return Run(**json.loads(done.stdout))


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
    run = program("score", PLAIN, "--json")
    assert run.status == 0, run.err
    return run.processor


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
