"""What lights are lit by is read as it was written, on every database."""

import numpy as np
import pytest
from sqlalchemy import Engine

from core.scoring.base.states import State
from core.store.engine.unit_of_work import reading
from core.store.results.detail import PartTable
from core.store.results.light_rows import open_ends, part_rows, result_periods, value_rows
from tests.core.store.filling import MONTH, NEXT_MONTH, levels, write

CRITERION = "crisis.level"


def two_parts() -> PartTable:
    """Two tests of one result: one told of, one that nothing bounds."""
    figure = np.array([[1.5, np.inf]])
    nothing = np.full((1, 2), np.nan)
    states = np.array([[State.REPORTED, State.NOT_REPORTED]], dtype=np.int8)
    return PartTable(("a", "b"), figure, nothing, nothing, nothing, states)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    write(engine, levels({"11201": 3, "11202": np.nan}), levels({"11201": 5}, period=NEXT_MONTH))
    write(engine, levels({"11201": 4}))
    write(engine, levels({"11203": 1}, criterion="tps.score", parts=two_parts()))
    return engine


def test_values_as_they_stand(filled: Engine) -> None:
    with reading(filled) as session:
        stored = value_rows(session, [CRITERION, "tps.grade"], [MONTH, NEXT_MONTH])
    assert stored.keys() == {(CRITERION, MONTH), (CRITERION, NEXT_MONTH)}
    now = stored[CRITERION, MONTH]
    assert {(subject, value, state) for subject, _number, value, state in now} == {
        ("11201", 4, State.REPORTED),
        ("11202", None, State.NOT_REPORTED),
    }


def test_parts_all_or_some(filled: Engine) -> None:
    with reading(filled) as session:
        everything = part_rows(session, "tps.score", [MONTH])[MONTH]["11203"].parts
        some = part_rows(session, "tps.score", [MONTH, NEXT_MONTH], ["a", "c"])
    assert everything["a"][0] == 1.5
    assert float(everything["b"][0]) == np.inf
    assert some[MONTH]["11203"].parts.keys() == {"a"}
    assert some[NEXT_MONTH] == {}


def test_ends_of_those_that_lack_something(engine: Engine) -> None:
    new = levels({"11201": 3, "11202": 3, "11203": 3})
    notes = [{"best": 5.0, "worst": 1.0}, {}, {"grade": "best"}]
    write(engine, type(new)(**{**vars(new), "notes": notes}))
    with reading(engine) as session:
        stored = open_ends(session, [CRITERION], [MONTH])
    assert stored == {(CRITERION, MONTH): {"11201": (1.0, 5.0)}}


def test_periods_told_of(filled: Engine) -> None:
    with reading(filled) as session:
        assert result_periods(session, [CRITERION, "tps.score"]) == (MONTH, NEXT_MONTH)
        assert result_periods(session, ["tps.score"]) == (MONTH,)
        assert result_periods(session, ["tps.grade"]) == ()
