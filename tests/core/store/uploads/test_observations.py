"""Figures come back as they were reported."""

import math
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from core.periods import parse_period
from core.scoring.base.states import State
from core.store.engine.unit_of_work import reading
from core.store.uploads.observations import NewSubmission, Observed, observations
from core.store.uploads.observed_table import observed_table
from tests.core.store.filling import MONTH, NEXT_MONTH, a_file, a_month, send, what_counts

AMOUNTS = [
    0.0, 0.1, 0.1 + 0.2, 64.995, -1234567.89, 90_071_992_547_409.91, 2.0**53, 1e-300, 5e-324,
    sys.float_info.max, math.inf, -math.inf,
]  # fmt: skip


def figures(engine: Engine, submission: int = 1) -> dict[str, Observed]:
    with reading(engine) as session:
        return dict(observations(session, submission))


def a_submission(values: list[float]) -> NewSubmission:
    observed = [Observed(f"finance.m{n}", v, State.REPORTED) for n, v in enumerate(values)]
    return NewSubmission("11223", MONTH, observed)


def test_amounts_come_back_as_the_same_floats(engine: Engine) -> None:
    send(engine, a_file(), a_submission(AMOUNTS))
    assert [stored.value for stored in figures(engine).values()] == AMOUNTS
    columns = what_counts(engine).columns
    assert [columns[f"finance.m{n}"].values[0] for n in range(len(AMOUNTS))] == AMOUNTS


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.floats(allow_nan=False), min_size=1, max_size=30))
def test_any_float_comes_back_as_it_was(engine: Engine, values: list[float]) -> None:
    content = np.array(values).tobytes()
    number = send(engine, a_file(content), a_submission(values)).upload.id
    with reading(engine) as session:
        submission = session.execute(
            text("SELECT max(id) FROM submission WHERE upload_id = :n"), {"n": number}
        ).scalar_one()
    assert [stored.value for stored in figures(engine, submission).values()] == values


@pytest.mark.parametrize("state", [s for s in State if s is not State.REPORTED])
def test_what_is_missing_is_null_with_its_state_and_comes_back_as_nan(
    engine: Engine, state: State
) -> None:
    gap = Observed("finance.cash", math.nan, state, "การเงิน", "E9")
    send(engine, a_file(), NewSubmission("11223", MONTH, [gap]))
    with reading(engine) as session:
        kept = session.execute(text("SELECT value, state FROM observation")).one()
    assert tuple(kept) == (None, int(state))
    stored = figures(engine)["finance.cash"]
    assert math.isnan(stored.value)
    assert (stored.state, stored.sheet, stored.cell) == (state, "การเงิน", "E9")
    column = what_counts(engine).columns["finance.cash"]
    assert np.isnan(column.values).tolist() == [True]
    assert column.states.tolist() == [state]


def test_what_scoring_hands_over_is_stored_as_numbers(engine: Engine) -> None:
    value, state = np.float64(1.5), np.int8(State.REPORTED)
    odd = Observed("finance.cash", value, state)  # type: ignore[arg-type]
    send(engine, a_file(), NewSubmission("11223", MONTH, [odd]))
    assert figures(engine)["finance.cash"][:3] == ("finance.cash", 1.5, State.REPORTED)


def test_a_measure_that_is_a_word_keeps_its_word_and_is_no_column(engine: Engine) -> None:
    word = Observed("facility.hgr", math.nan, State.REPORTED, "การเงิน", "B2", "ทั่วไป 3")
    send(
        engine,
        a_file(),
        NewSubmission("11223", MONTH, [word]),
        a_month("11224"),
    )
    table = what_counts(engine)
    assert table.texts == {"facility.hgr": ("ทั่วไป 3", None)}
    assert set(table.columns) == {"finance.cash"}
    assert figures(engine)["facility.hgr"].text == "ทั่วไป 3"


@pytest.mark.parametrize("text_", ["=1+1", "+66", "-", "@x", "'; DROP TABLE region --", "%s ?", ""])
def test_any_text_is_kept_as_it_was_typed(engine: Engine, text_: str) -> None:
    word = Observed("facility.hgr", math.nan, State.REPORTED, text_, "A1", text_)
    send(engine, a_file(), NewSubmission("11223", MONTH, [word]))
    stored = figures(engine)["facility.hgr"]
    assert (stored.sheet, stored.text) == (text_, text_)


def test_the_table_has_a_row_for_each_subject_and_period_in_order(engine: Engine) -> None:
    send(
        engine,
        a_file(),
        a_month("11224", NEXT_MONTH, cash=4),
        a_month("11224", cash=2, debt=9),
        a_month("11223", cash=1),
    )
    table = what_counts(engine)
    assert table.subjects == ("11223", "11224", "11224")
    assert table.periods == (MONTH, MONTH, NEXT_MONTH)
    assert table.months.tolist() == [MONTH.ordinal, MONTH.ordinal, NEXT_MONTH.ordinal]
    assert table.columns["finance.cash"].values.tolist() == [1, 2, 4]
    debt = table.columns["finance.debt"]
    assert np.isnan(debt.values).tolist() == [True, False, True]
    assert debt.states.tolist() == [State.NOT_REPORTED, State.REPORTED, State.NOT_REPORTED]


def test_rows_name_the_submission_they_come_from(engine: Engine) -> None:
    send(engine, a_file(b"1"), a_month("11223", cash=1), a_month("11224", cash=2))
    send(engine, a_file(b"2"), a_month("11223", cash=3))
    table = what_counts(engine)
    assert table.submissions.tolist() == [3, 2]
    assert figures(engine, 3)["finance.cash"].value == 3


def test_periods_and_subjects_can_be_chosen(engine: Engine) -> None:
    months = [a_month(s, p) for s in ("11223", "11224") for p in (MONTH, NEXT_MONTH)]
    send(engine, a_file(), *months)
    with reading(engine) as session:
        one = observed_table(session, "finance", periods=[MONTH], subjects=["11224", "99999"])
        assert (one.subjects, one.periods) == (("11224",), (MONTH,))
        nothing = observed_table(session, "finance", periods=[])
        assert (nothing.subjects, nothing.columns, nothing.texts) == ((), {}, {})


@pytest.mark.parametrize(
    "written", ["2566", "2566-Q1", "2566-Q4", "2566-R1", "2566-R2", "2566-M12"]
)
def test_every_kind_of_period_is_kept(engine: Engine, written: str) -> None:
    send(engine, a_file(), a_month("11223", parse_period(written)))
    assert [str(period) for period in what_counts(engine).periods] == [written]
    with reading(engine) as session:
        assert session.execute(text("SELECT code FROM period")).scalar_one() == written
