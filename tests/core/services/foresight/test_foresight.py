"""Simulations and forecasts of stored months: by the scoring itself, and true when counted."""

import numpy as np
import pytest
from sqlalchemy import Engine

from core.criteria.catalog import measures
from core.errors import UsageError
from core.foresight.levers import levers
from core.periods import Period, month_at, parse_period
from core.services.foresight import wording
from core.services.foresight.area import level_caps, support
from core.services.foresight.change import changes
from core.services.foresight.history import stored_history
from core.services.foresight.json_document import (
    change_json,
    foretold_json,
    simulation_json,
    support_json,
)
from core.services.foresight.listing import (
    change_lines,
    hospitals_of,
    month_or_newest,
    simulation_lines,
    support_lines,
    warning_lines,
)
from core.services.foresight.months import figures_of
from core.services.foresight.view import area_foresight, chain_of
from core.services.foresight.warning import foretold
from core.services.foresight.whatif.change import parsed
from core.services.foresight.whatif.hospital import simulate
from core.services.foresight.whatif.wording import limits_text
from core.services.overview.month import month
from core.store.engine.migrate import open_database
from tests.country import NOW, small_country
from tests.demonstration import demo_database

ONE_DATABASE = True
BROKEN, WELL, UNKNOWN = "11201", "11203", "19999"


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_database(f"sqlite:///{demo_database(tmp_path_factory)}", "demo")


def test_nothing_simulated_is_stored(country: Engine) -> None:
    before = month(country, NOW).version, figures_of(country, NOW).now.crisis.level.tolist()
    simulate(country, BROKEN, NOW, {"cash_in": 1000.0, "income": 50.0}, {"days.uc": -3.0})
    changes(country, BROKEN, NOW)
    support(country, "TH", NOW)
    assert (
        month(country, NOW).version,
        figures_of(country, NOW).now.crisis.level.tolist(),
    ) == before


def test_the_figures_reported_give_the_level_reported(country: Engine) -> None:
    figures, whole = figures_of(country, NOW), month(country, NOW)
    levels = dict(zip(figures.hcodes, figures.now.crisis.level.tolist(), strict=True))
    assert levels == {
        one.hcode: one.level for one in whole.facilities.values() if one.level is not None
    }


def test_what_if_moves_money_consistently(country: Engine) -> None:
    # Broke: cash 10, assets 50, stocks 20, debt 100, income -10. With 60 more in cash: cash 70 of
    # 100, assets 110; working capital 10, which monthly losses eat up in 9 months.
    shown = simulate(country, BROKEN, NOW, {"cash_in": 60.0})
    assert shown is not None
    moved = {one.id.removeprefix("crisis.level."): one for one in shown.tests}
    assert moved["liquidity.current_ratio"].figure == (0.5, 1.1)
    assert moved["liquidity.quick_ratio"].figure == (0.3, 0.9)
    assert moved["liquidity.cash_ratio"].figure == (0.1, 0.7)
    assert moved["stability.net_working_capital"].figure == (-50.0, 10.0)
    assert moved["stability.income"].figure == (-10.0, -10.0)
    assert shown.level == (7.0, 4.0)
    assert shown.limited == {}


def test_more_than_there_is_is_said_and_simulated_for_what_is_left(country: Engine) -> None:
    shown = simulate(country, BROKEN, NOW, {"debt_paid": 500.0, "collected": 500.0})
    assert shown is not None
    # Receivables are assets less stocks less cash: 20. Then cash is 30, and so much debt is paid.
    assert dict(shown.limited) == {"debt_paid": 30.0, "collected": 20.0}
    said = " ".join(text.th for text in limits_text(shown))
    assert "500" in said
    assert "30 " in said


@pytest.mark.parametrize(
    ("amounts", "code"),
    [({"gold": 5.0}, "U090"), ({"cash_in": -5.0}, "U090"), ({"cash_in": float("inf")}, "U090")],
)
def test_a_change_that_is_none_is_refused(
    country: Engine, amounts: dict[str, float], code: str
) -> None:
    with pytest.raises(UsageError) as refused:
        simulate(country, BROKEN, NOW, amounts)
    assert refused.value.code == code


def test_words_of_a_terminal_are_read_or_refused() -> None:
    assert parsed(["cash_in=5,000", "days.uc=-20"]) == ({"cash_in": 5000.0}, {"days.uc": -20.0})
    with pytest.raises(UsageError) as refused:
        parsed(["cash_in"])
    assert refused.value.code == "U092"


def test_the_smallest_change_leads_where_it_says(country: Engine) -> None:
    shown = changes(country, BROKEN, NOW)
    assert shown is not None
    assert [goal.level for goal in shown.goals] == [6, 3, 0]
    assert shown.lasting == pytest.approx(10 / (100 / 9))
    for goal in shown.goals:
        known = [change for _lever, change in goal.alone if change] + [goal.pair] * bool(goal.pair)
        assert known, goal.level
        for change in known:
            assert change is not None
            amounts = {lever: float(baht) for lever, baht in change.amounts.items()}
            simulated = simulate(country, BROKEN, NOW, amounts)
            assert simulated is not None
            assert simulated.level[1] == change.level <= goal.level < change.short


def test_who_reported_nothing_has_nothing_to_simulate(country: Engine) -> None:
    assert simulate(country, "11302", NOW, {"cash_in": 1.0}) is None
    assert changes(country, UNKNOWN, NOW) is None
    assert chain_of(country, UNKNOWN, NOW)[-1].code == UNKNOWN


def test_the_best_level_needs_nothing(country: Engine) -> None:
    shown = changes(country, WELL, NOW)
    assert shown is not None
    assert (shown.level, shown.goals) == (0, ())


def test_support_keeps_the_target_and_a_baht_less_does_not(country: Engine) -> None:
    shown = support(country, "TH", NOW)
    figures = figures_of(country, NOW)
    caps = level_caps(figures.rules, NOW, shown.reporting)
    assert caps is not None
    assert shown.is_reachable
    assert {one.hospital.hcode for one in shown.lifted} == {"11201", "11202"}
    for one in shown.lifted:
        for less, reached in ((0, one.to), (1, one.to + 1)):
            after = simulate(
                country, one.hospital.hcode, NOW, {"cash_in": float(one.amount - less)}
            )
            assert after is not None
            assert after.level[1] is not None
            assert (after.level[1] <= one.to) == (less == 0), reached


def test_a_province_that_keeps_its_target_needs_no_support(country: Engine) -> None:
    shown = support(country, "P65", NOW)
    assert (shown.has_target, shown.is_reachable, shown.lifted) == (True, True, ())


def test_two_months_are_no_history(country: Engine) -> None:
    for one in foretold(country, NOW):
        assert one.forecasts == {}
        assert one.refusal is not None
        assert "24" in one.refusal.th
    shown = area_foresight(country, "TH", NOW)
    assert shown.expected(0) is None
    assert "พยากรณ์" in wording.area_text(shown).th


def test_everything_says_what_it_is(country: Engine) -> None:
    known, simulated = (
        changes(country, BROKEN, NOW),
        simulate(country, BROKEN, NOW, {"income": 9.0}),
    )
    assert known is not None
    assert simulated is not None
    helped, told = support(country, "TH", NOW), foretold(country, NOW)
    documents = [change_json(known), simulation_json(simulated), support_json(helped)]
    assert {document["kind"] for document in documents} == {"simulation"}
    assert {foretold_json(one)["kind"] for one in told} == {"forecast"}
    for lines in (change_lines(known), simulation_lines(simulated), support_lines(helped)):
        assert next(iter(lines)).th.startswith("จำลอง ไม่ใช่ผลจริง")
    names = hospitals_of(country, "TH", NOW)
    assert next(iter(warning_lines(told[0], names))).th.startswith("พยากรณ์ ไม่ใช่ผลจริง")


def test_the_month_meant_is_the_newest(country: Engine) -> None:
    assert month_or_newest(country, None) == NOW
    assert month_or_newest(country, "2566-M08") == parse_period("2566-M08")


def test_an_empty_store_has_no_month(engine: Engine) -> None:
    with pytest.raises(UsageError) as refused:
        month_or_newest(engine, None)
    assert refused.value.code == "U091"
    assert stored_history(engine) is None
    assert foretold(engine, NOW)[0].refusal is not None


def test_levers_move_measures_that_there_are() -> None:
    assert all(code in measures() for one in levers().values() for code in one.adds)


def test_claims_about_the_past_are_true_when_counted(demonstration: Engine) -> None:
    last = month_or_newest(demonstration, None)
    known = stored_history(demonstration)
    assert known is not None
    levels = known.history.levels
    for one in foretold(demonstration, last):
        assert one.model is not None
        assert one.test is not None
        first = known.history.first
        trained = first + 11
        count = came = 0
        for place in range(levels.shape[1] - one.horizon):
            if first + place > trained:
                both = ~np.isnan(levels[:, place]) & ~np.isnan(levels[:, place + one.horizon])
                count += int(both.sum())
                came += int((levels[both, place + one.horizon] >= one.first_red).sum())
        assert (one.test.forecasts, one.test.came) == (count, came)
        assert f"{count:,}" in wording.test_text(one).th
        assert sum(part.came for part in one.test.parts) == came
        assert one.model.trained_until == last.ordinal, "a year ends with the demonstration"


def test_a_forecast_of_the_past_knows_nothing_later(demonstration: Engine) -> None:
    """What was foretold in a month is the same with the months after it as without them."""
    known = stored_history(demonstration)
    assert known is not None
    last = month_at(known.history.first + known.history.levels.shape[1] - 1)
    assert all(one.target > last for one in foretold(demonstration, last))
    earlier = Period(last.fiscal_year, "M", 6)
    refused = foretold(demonstration, earlier)[0].refusal
    assert refused is not None, "eighteen months are not twenty-four"


def test_the_weakest_hospitals_of_the_demonstration_are_named_first(demonstration: Engine) -> None:
    last = month_or_newest(demonstration, None)
    shown = area_foresight(demonstration, "P61", last)
    chances = [one.chances[-1] for one in shown.watched if one.chances[-1] is not None]
    assert chances == sorted(chances, reverse=True)
    expected = shown.expected(1)
    assert expected == pytest.approx(sum(chances))
    assert f"{expected:,.1f}" in wording.area_text(shown).en
