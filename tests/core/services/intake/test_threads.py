"""Files are read and scored in several threads at once, as a server does for several people."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from core.criteria.catalog import catalog
from core.forms.assessment import known_layouts
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from tests.paths import SAMPLES

THREADS = 8
FILES = (
    "star/star-2561-printed-filled.xlsx",
    "star/star-2561-printed-half-filled.xlsx",
    "finance/finance-good.csv",
    "finance/finance-bad.csv",
    "msss-4s4p/msss-4s4p-good.xlsx",
    "payables/payables-good.xlsx",
    "transfer/transfer-good.xlsx",
    "coverage/coverage-bad.xlsx",
)


@pytest.fixture
def _often_switched() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def result(path: Path) -> object:
    return intake_json(examine(path.read_bytes(), path.name))


@pytest.mark.usefixtures("_often_switched")
def test_eight_threads_at_once_give_what_one_gives() -> None:
    paths = [SAMPLES / name for name in FILES]
    alone = [result(path) for path in paths]
    catalog.cache_clear()
    known_layouts.forget()
    start = Barrier(THREADS)

    def together(number: int) -> list[object]:
        start.wait()
        return [result(paths[(number + step) % THREADS]) for step in range(2)]

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(together, range(THREADS)))
    for number, found in enumerate(results):
        assert found == [alone[(number + step) % THREADS] for step in range(2)]


def test_a_rule_set_compiles_once_whichever_thread_comes_first() -> None:
    rules = catalog().ruleset(2566)
    made: list[object] = []
    start = Barrier(THREADS)

    def compiled() -> object:
        made.append(object())
        sleep(0.05)
        return made[-1]

    def together(_: int) -> object:
        start.wait()
        return rules.compiled("what eight threads make", compiled)

    with ThreadPoolExecutor(THREADS) as pool:
        results = set(pool.map(together, range(THREADS)))
    assert (len(made), results) == (1, {made[0]})
