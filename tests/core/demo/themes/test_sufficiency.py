"""Invented supplies, staff and payables: in keeping with the accounts they come from."""

import numpy as np
import pytest

from core.demo.themes.msss import LINES, invented_msss
from core.scoring.base.inputs import BoolArray, FloatArray
from tests.core.demo.themes.reported import SCENE, in_story, of, passing, percent, share, themes

KINDS = ("drugs", "supplies", "lab")
MSSS, PAYABLES = themes()["msss"], themes()["payables"]


def lines(prefix: str = "") -> FloatArray:
    """How many lines of a block are answered with yes."""
    return np.asarray(sum(MSSS[f"msss.line_{line}"] for line in LINES if line.startswith(prefix)))


def in_time(measure: str, days: int) -> FloatArray:
    return np.asarray(sum((MSSS[f"days.{measure}_{kind}"] <= days) * 1.0 for kind in KINDS))


def staffed() -> FloatArray:
    core, support = (
        percent(MSSS[f"msss.{kind}_staff"], MSSS[f"msss.{kind}_fte"])
        for kind in ("core", "support")
    )
    enough = [(share_ >= 50) & (share_ <= 100) for share_ in (core, support)]
    return np.asarray(enough[0] * 1.0 + enough[1] + (core <= 100))


def structure() -> FloatArray:
    points = lines("1_") + lines("2_") + lines("3_") + in_time("inventory", 60) + staffed()
    return 100 * points / 28


def score() -> FloatArray:
    paid = in_time("payables", 90) + (MSSS["days.compensation"] <= 60)
    points = lines() + in_time("inventory", 60) + paid + staffed()
    return 100 * (points + (MSSS["msss.vacant_share"] < 1)) / 50


# Supplies and staff


def test_answers_and_figures_make_fifty_lines() -> None:
    assert len(LINES) + 3 + 4 + 3 + 1 == 50
    assert score().max() <= 100


def test_some_regions_are_sufficient_and_round_two_is_better() -> None:
    good = score() > 80
    shares = [share(good[:, n]) for n in range(2)]
    assert 80 < shares[0] < shares[1] < 92
    assert all(3 <= passing(good[:, n]) <= 8 for n in range(2))


def test_stocks_are_those_of_the_accounts() -> None:
    for kind in KINDS:
        days = SCENE.figure(f"days.inventory_{kind}")
        assert np.array_equal(MSSS[f"days.inventory_{kind}"], days[:, [17, 23]])


def test_plans_and_costs_are_those_of_the_quarter_that_is_over() -> None:
    first = SCENE.of_month("cost.drugs")[:, 15:18].sum(axis=1)
    assert np.allclose(MSSS["msss.actual_drugs"][:, 0], first, atol=0.5)
    assert np.array_equal(MSSS["msss.actual_drugs"], MSSS["msss.drug_cost"])
    assert (MSSS["msss.actual_maintenance"] < MSSS["msss.actual_expense"] / 2).all()


@pytest.mark.parametrize("name", [*KINDS, "expense", "maintenance"])
def test_plans_are_mostly_kept_and_missed_by_who_slides(name: str) -> None:
    plan, actual = MSSS[f"msss.plan_{name}"], MSSS[f"msss.actual_{name}"]
    missed = percent(np.abs(actual - plan), plan)
    assert 70 < share(missed < 10) < 95
    assert share(missed[in_story("sliding"), 1] < 10) < 40
    assert share(actual > plan) > 60


def test_software_is_named_where_it_is_used() -> None:
    _, words = invented_msss(SCENE)
    named = np.array([[bool(text) for text in row] for row in words["msss.software"]])
    assert np.array_equal(named, MSSS["msss.line_2_3"] == 1)


def test_a_few_have_far_too_few_or_too_many_staff() -> None:
    core = percent(MSSS["msss.core_staff"], MSSS["msss.core_fte"])
    assert 0.5 < share(core < 50) < 6
    assert 0.5 < share(core > 100) < 6


# Payables


def good_in(number: int) -> BoolArray:
    """Who passes every line of a round of the last year."""
    place = number + 1
    answers = ("supplies_current", "report_current", "payment_current")
    passed = np.all([PAYABLES[f"payables.{name}"][:, place] == 1 for name in answers], axis=0)
    passed &= structure()[:, number - 1] > 80
    passed &= of("payables", "paid", "due")[:, place] > (80, 90)[number - 1]
    if number == 1:
        return np.asarray(passed & (of("payables", "over_90", "due")[:, place] <= 10))
    no_old = PAYABLES["payables.over_360"][:, place] == 0
    return np.asarray(passed & no_old & (score()[:, 1] > 80))


@pytest.mark.parametrize("number", [1, 2])
def test_payables_are_good_in_few_regions(number: int) -> None:
    assert 70 < share(good_in(number)) < 88
    assert 1 <= passing(good_in(number)) <= 5
    assert not good_in(number)[in_story("deep")].any()


def test_debts_are_parts_of_what_is_due() -> None:
    told = {name.removeprefix("payables."): values for name, values in PAYABLES.items()}
    assert (told["paid"] <= told["due"]).all()
    assert (told["over_90"] <= told["due"] - told["paid"]).all()
    assert (told["over_360"] <= told["over_90"]).all()
    assert np.array_equal(told["by_cheque"] + told["by_gf"], told["paid"])


def test_what_was_owed_as_the_year_ended_is_due_in_round_one() -> None:
    days = SCENE.figure("days.payables")[:, 11]
    bought = sum(SCENE.balanced(f"cost.{kind}")[:, 11] for kind in KINDS)
    assert np.allclose(PAYABLES["payables.due"][:, 2], days * bought * 12 / 365, atol=1)


def test_who_slides_pays_later_and_keeps_old_debts() -> None:
    paid, old = of("payables", "paid", "due"), PAYABLES["payables.over_360"] > 0
    sliding, comfortable = in_story("sliding"), in_story("comfortable")
    assert np.median(paid[sliding, 3]) < np.median(paid[sliding, 1]) - 2
    assert np.median(paid[sliding, 3]) < np.median(paid[comfortable, 3]) - 10
    assert share(old[sliding, 3]) > 50
    assert share(old[comfortable]) < 2
