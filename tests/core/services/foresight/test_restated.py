"""A closed month that is sent again with other figures is told of, and nothing else is."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.services.foresight.restated import restated_months
from core.services.foresight.wording import restated_text
from tests.core.services.sending import SOUND, register, row, send
from tests.core.store.filling import hospital

FIRST, NEXT = map(parse_period, ("2566-M01", "2566-M02"))


@pytest.fixture
def store(engine: Engine) -> Engine:
    register(engine, hospital("11201"))
    send(engine, row("11201", SOUND, year=2566, month=1))
    return engine


def again(engine: Engine, **other: float) -> None:
    send(
        engine,
        row("11201", SOUND | {f"finance.{k}": v for k, v in other.items()}, year=2566, month=1),
    )


def test_a_month_corrected_before_the_next_was_sent_is_no_restatement(store: Engine) -> None:
    again(store, cash=70)
    send(store, row("11201", SOUND, year=2566, month=2))
    assert restated_months(store, "11201", NEXT) == ()


def test_a_closed_month_sent_again_is_told_with_what_moved(store: Engine) -> None:
    send(store, row("11201", SOUND, year=2566, month=2))
    assert restated_months(store, "11201", NEXT) == ()
    again(store, cash=70, expense=101)
    (found,) = restated_months(store, "11201", NEXT)
    assert found.period == FIRST
    cash, expense = SOUND["finance.cash"], SOUND["finance.expense"]
    assert [(one.before, one.after) for one in found.figures] == sorted(
        [(float(cash), 70.0), (float(expense), 101.0)], key=lambda pair: -abs(pair[0] - pair[1])
    )
    assert "70.00" in restated_text(found).th
    assert restated_months(store, "11201", parse_period("2565-M12")) == ()
    assert restated_months(store, "11203", NEXT) == ()
