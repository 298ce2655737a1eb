"""Figures are held against the hospital's own months, flows month by month."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.services.foresight.plausible import unlikely_figures
from core.services.foresight.wording import unlikely_text
from tests.core.services.sending import SOUND, register, row, send
from tests.core.store.filling import hospital

ONE_DATABASE = True
LAST = parse_period("2566-M03")


@pytest.fixture
def sent(engine: Engine) -> Engine:
    """Fifteen steady months; in the last, cash is tenfold and expense of the month threefold."""
    register(engine, hospital("11201"))
    rows = []
    for ordinal in range(15):
        year, month = 2565 + ordinal // 12, ordinal % 12 + 1
        steady = SOUND | {
            "finance.cash": 90 + ordinal % 2,
            "finance.revenue": 110 * month + ordinal % 3,
            "finance.expense": 100 * month,
        }
        rows.append(row("11201", steady, year=year, month=month))
    rows[-1] |= {"finance.cash": 900, "finance.expense": 500}
    send(engine, *rows)
    return engine


def test_what_leaves_its_own_past_is_told(sent: Engine) -> None:
    found = {one.measure: one for one in unlikely_figures(sent, "11201", LAST)}
    assert set(found) == {"finance.cash", "finance.expense"}
    cash, expense = found["finance.cash"], found["finance.expense"]
    assert (cash.value, round(cash.mean), cash.is_flow) == (900.0, 90, False)
    assert (expense.value, expense.mean, expense.is_flow) == (300.0, 100.0, True)
    assert "300 บาท" in unlikely_text(expense).th


def test_a_month_like_the_others_is_not(sent: Engine) -> None:
    assert unlikely_figures(sent, "11201", parse_period("2566-M02")) == ()


def test_a_short_past_and_a_silent_month_say_nothing(sent: Engine) -> None:
    assert unlikely_figures(sent, "11201", parse_period("2565-M06")) == ()
    assert unlikely_figures(sent, "11201", parse_period("2566-M09")) == ()
    assert unlikely_figures(sent, "19999", LAST) == ()
