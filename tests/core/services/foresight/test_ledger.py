"""Forecasts are kept once, as they were made, and scored when their month has come."""

import numpy as np
import pytest
from sqlalchemy import Engine

from core.periods import month_at
from core.services.foresight.json_document import ledger_json
from core.services.foresight.ledger import keep_newest, ledger
from core.services.foresight.listing import ledger_lines, stored_line
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.forecasts.repository import KeptForecast, enter_forecasts, stored_forecasts
from tests.country import NOW, small_country

MADE = month_at(NOW.ordinal - 3)


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


def told(hcode: str, chance: float, model: str = "one") -> KeptForecast:
    return KeptForecast(hcode, MADE, 3, chance, 4, model)


def keep(engine: Engine, *forecasts: KeptForecast) -> int:
    with unit_of_work(engine) as session:
        entered = enter_forecasts(session, forecasts)
        session.commit()
    return entered


def test_what_was_foretold_is_never_changed(engine: Engine) -> None:
    assert keep(engine, told("11201", 0.25), told("11202", 0.75)) == 2
    assert keep(engine, told("11201", 0.99)) == 0, "the same model has spoken of this month"
    assert keep(engine, told("11201", 0.99, model="two")) == 1
    with reading(engine) as session:
        kept = [(one.hcode, one.probability, one.made_in) for one in stored_forecasts(session)]
    assert kept == [("11201", 0.25, MADE), ("11202", 0.75, MADE)], "the first one counts"


def test_forecasts_are_held_against_the_levels_that_came(country: Engine) -> None:
    # Now 11201 and 11202 are at level 7, 11203 at level 0, 11302 told nothing.
    keep(country, told("11201", 0.9), told("11202", 0.4), told("11203", 0.5), told("11302", 0.7))
    (month,) = ledger(country)
    assert (month.made_in, month.target, month.horizon) == (MADE, NOW, 3)
    assert (month.forecasts, month.came, month.waiting) == (3, 2, 1)
    assert month.expected == pytest.approx(1.8)
    assert month.auc == 0.5
    assert "คาดว่าวิกฤต 1.8 แห่ง เกิดจริง 2 แห่ง" in next(iter(ledger_lines((month,)))).th
    assert ledger_json((month,))["months"][0]["came"] == 2


def test_a_month_that_has_not_come_waits(country: Engine) -> None:
    keep(country, KeptForecast("11201", NOW, 6, 0.9, 4, "one"))
    (month,) = ledger(country)
    assert (month.forecasts, month.waiting, np.isnan(month.auc)) == (0, 1, True)
    assert "ยังไม่ถึงเดือนที่พยากรณ์" in next(iter(ledger_lines((month,)))).th


def test_nothing_is_kept_of_a_short_history(country: Engine) -> None:
    kept = keep_newest(country)
    assert (kept.month, kept.entered) == (NOW, 0)
    assert ledger(country) == ()
    assert "ยังไม่เคยเก็บ" in next(iter(ledger_lines(()))).th


def test_an_empty_store_keeps_nothing(engine: Engine) -> None:
    kept = keep_newest(engine)
    assert kept.month is None
    assert "ยังไม่เคยเก็บ" in stored_line(kept).th
