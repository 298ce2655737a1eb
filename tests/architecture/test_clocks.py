"""Tests hold on every machine, slow or busy: none looks at a clock, none waits a fixed time."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

CLOCK = re.compile(
    r"\b(?:monotonic|process_time|perf_counter|thread_time|clock_gettime)(?:_ns)?\b"
    r"|\bgetrusage\b|\btimeit\b|\btime\.time(?:_ns)?\b|\bfrom time import\b(?!\s+sleep\s*$)"
)
FIXED_WAIT = re.compile(r"\bwait_for_timeout\b|[\"']networkidle[\"']|\bsleep\(")
# The two that may: one measures units of work, the other waits for states. And this one.
ALLOWED = {"tests/effort.py", "tests/waiting.py", "tests/architecture/test_clocks.py"}


def places(
    root: Path, python_files: Callable[..., list[Path]], pattern: re.Pattern[str], folder: str
) -> list[str]:
    return [
        f"{file}:{number}"
        for file in python_files("tests")
        if str(file) not in ALLOWED and str(file).startswith(folder)
        for number, line in enumerate((root / file).read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_test_looks_at_a_clock(root: Path, python_files: Callable[..., list[Path]]) -> None:
    assert places(root, python_files, CLOCK, "tests/") == [], (
        "Seconds tell of the machine, not of the program. Count calls, queries, bytes or elements,"
        " or hold processor time against a unit of work: tests/effort.py has both."
        " Wait for a state with wait_until of tests/waiting.py."
    )


def test_no_browser_test_waits_a_fixed_time(
    root: Path, python_files: Callable[..., list[Path]]
) -> None:
    assert places(root, python_files, FIXED_WAIT, "tests/e2e/") == [], (
        "What a fixed time is enough for, a busy machine has not done yet. Wait for the state"
        " itself: expect(...) of Playwright, page.wait_for_function, or settle of the conftest."
    )


@pytest.mark.parametrize(
    "line",
    ["begun = time.monotonic()", "time.process_time_ns()", "from time import perf_counter",
     "resource.getrusage(0)", "timeit.timeit(f)", "time.time() - begun"],
)  # fmt: skip
def test_the_guard_knows_a_clock(line: str) -> None:
    assert CLOCK.search(line)


@pytest.mark.parametrize("line", ["time.sleep(0.3)", "timeout=30_000", "datetime.time(8)"])
def test_the_guard_lets_other_times_pass(line: str) -> None:
    assert not CLOCK.search(line)
