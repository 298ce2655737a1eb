"""Officers who work on one self-assessment at the same moment, each in a process of their own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.periods import Period
from core.services.assessments.changes import Score, accept_agreeing, lock, verify
from core.services.assessments.listing import WholeAssessment, whole_assessment
from core.services.audit.trail import verified
from core.store.assessments.rows import Key, Stage
from core.store.engine.unit_of_work import engine_for
from tests.core.services.sending import hospital, register, send_star

KEY = Key("star-2561", "D6101", Period(2561))
OFFICERS = 6
T = TypeVar("T")


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("11201"))
    send_star(engine)
    return engine


def of_its_own(engine: Engine, number: int) -> Engine:
    """The same database as another process has it: turns are those of the database alone."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        file = Path(str(url.database))
        url = url.set(database=f"{file.parent}/{'./' * (number + 1)}{file.name}")
    else:
        url = url.update_query_dict({"application_name": f"officer{number}"})
    return engine_for(url.render_as_string(hide_password=False))


def at_once(engine: Engine, works: Sequence[Callable[[Engine], T]]) -> list[T]:
    everybody = threading.Barrier(len(works))

    def one(number: int) -> T:
        own = of_its_own(engine, number)
        everybody.wait()
        return works[number](own)

    with ThreadPoolExecutor(len(works)) as people:
        return list(people.map(one, range(len(works))))


def seen(engine: Engine) -> WholeAssessment:
    return whole_assessment(engine, KEY)


def test_officers_at_one_moment_are_all_stored_and_told_of_one_another(engine: Engine) -> None:
    item = next(one for one in seen(engine).items if one.own == one.item.high)
    measure = item.item.measure
    verify(engine, KEY, [Score(measure, item.own)], by="ก")
    known = seen(engine).revision

    def by(number: int) -> Callable[[Engine], int]:
        score = Score(measure, number / 100, "ไม่ครบ")
        return lambda own: len(verify(own, KEY, [score], by=f"{number}", known=known).unseen)

    unseen = at_once(engine, [by(number) for number in range(OFFICERS)])
    assert sorted(unseen) == list(range(OFFICERS)), "each was told of those before"
    whole = seen(engine)
    assert [one.revision for one in whole.steps] == list(range(1, OFFICERS + 2))
    assert [one.unseen for one in whole.steps] == [0, *range(OFFICERS)]
    counting = next(one for one in whole.items if one.item.measure == measure).verified
    assert counting is not None
    assert counting.verified == int(whole.steps[-1].by) / 100, "the later one counts"
    assert verified(engine).broken is None


def test_nothing_comes_behind_a_lock(engine: Engine) -> None:
    item = next(one for one in seen(engine).items if one.own == one.item.high)
    accept_agreeing(engine, KEY, by="ก")
    for one in seen(engine).items:
        if one.is_open:
            verify(engine, KEY, [Score(one.item.measure, one.item.low, "ไม่มีตัวเลข")], by="ก")

    def settled(own: Engine) -> str:
        return lock(own, KEY, by="ข").step.action

    def changed(own: Engine) -> str:
        try:
            return verify(own, KEY, [Score(item.item.measure, item.own)], by="ค").step.action
        except UsageError as refused:
            return refused.code

    first, *others = at_once(engine, [settled, *[changed] * (OFFICERS - 1)])
    whole = seen(engine)
    actions = [one.action for one in whole.steps]
    assert (first, whole.listed.mark.stage, actions[-1]) == ("locked", Stage.LOCKED, "locked")
    assert set(others) <= {"verified", "S121"}
    assert verified(engine).broken is None
