"""Early warning: trained on what was known, told with its reasons, honest about its worth."""

import os
from pathlib import Path

import numpy as np
import pytest

from core.foresight.backtest import auc, back_test, forecasts_of, yearly_models
from core.foresight.features import REASONS, History, features, monthly_expense, outcomes
from core.foresight.logistic import Calibration, fitted, probability
from core.foresight.warning import HORIZONS, trained, training
from tests.core.foresight.histories import history
from tests.core.foresight.hospitals import OCTOBER
from tests.paths import ROOT

RED = 4
SEPTEMBER = OCTOBER + 23
SHARED = Path(os.environ.get("TRUAT_SHARED_DATA", ROOT.parent / "shared" / "data"))
PUBLISHED = SHARED / "region1" / "official.csv"


def changed_after(known: History, month: int) -> History:
    """The same history with everything after a month made into something else."""
    figures = {}
    for name, values in known.figures.items():
        other = values.copy()
        other[:, known.ordinals > month] = other[::-1, known.ordinals > month] * 3.0 + 1.0
        figures[name] = other
    return History(known.first, figures)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_a_forecast_knows_nothing_younger_than_its_moment(horizon: int) -> None:
    known, other = history(), changed_after(history(), SEPTEMBER)
    here = known.ordinals <= SEPTEMBER
    assert np.array_equal(
        features(known, horizon)[:, here], features(other, horizon)[:, here], equal_nan=True
    )
    one, two = (trained(each, horizon, RED, SEPTEMBER) for each in (known, other))
    assert one is not None
    assert two is not None
    assert one.version == two.version
    assert np.array_equal(one.foretold(known)[:, here], two.foretold(other)[:, here])
    assert one.reasons(known, SEPTEMBER) == two.reasons(other, SEPTEMBER)


def test_a_future_column_would_be_noticed() -> None:
    """What the test above looks at does differ where a later month is let in."""
    known, other = history(), changed_after(history(), SEPTEMBER)
    assert not np.array_equal(features(known, 3)[:, 24:], features(other, 3)[:, 24:])
    assert not np.array_equal(
        outcomes(known.levels, 3, RED)[:, 21:24], outcomes(other.levels, 3, RED)[:, 21:24]
    )


def test_training_ends_with_the_last_outcome_known() -> None:
    rows = training(history(months=30), 6, RED, SEPTEMBER)
    assert len(rows.outcomes) == 40 * (24 - 6)
    assert rows.is_last_year.sum() == 40 * 12


def test_who_is_weaker_is_warned_of_sooner_and_told_why() -> None:
    known = history()
    model = trained(known, 3, RED, SEPTEMBER)
    assert model is not None
    weakest = int(known.figures["cash_ratio"][:, 23].argmin())
    strongest = int(known.figures["cash_ratio"][:, 23].argmax())
    chances = model.foretold(known)[:, 23]
    assert chances[weakest] > 0.5 > chances[strongest]
    reasons = model.reasons(known, SEPTEMBER)[weakest]
    assert 1 <= len(reasons) <= 3
    assert set(reasons) <= set(REASONS)
    assert list(reasons.values()) == sorted(reasons.values(), reverse=True)


def test_the_same_history_gives_the_same_model() -> None:
    versions = set()
    for seed in (1, 1, 2):
        model = trained(history(seed=seed), 6, RED, SEPTEMBER)
        assert model is not None
        versions.add(model.version)
    assert len(versions) == 2


def test_where_nothing_ever_happened_nothing_is_foretold() -> None:
    calm = history()
    calm.figures["level"][:] = 0.0
    assert trained(calm, 3, RED, SEPTEMBER) is None
    assert list(yearly_models(calm, 3, RED, first_cut=SEPTEMBER)) == []


def test_a_month_without_a_level_has_no_forecast() -> None:
    known = history()
    known.figures["level"][5, 20] = np.nan
    model = trained(known, 3, RED, SEPTEMBER)
    assert model is not None
    assert np.isnan(model.foretold(known)[5, 20])
    assert not np.isnan(model.foretold(known)[5, 21])


def test_each_year_is_foretold_by_a_model_of_the_years_before() -> None:
    known = history()
    models = list(yearly_models(known, 3, RED, first_cut=SEPTEMBER))
    assert [model.trained_until for model in models] == [SEPTEMBER, SEPTEMBER + 12, SEPTEMBER + 24]
    told = forecasts_of(known, models)
    assert np.isnan(told[:, :24]).all()
    assert np.array_equal(told[:, 24:36], models[0].foretold(known)[:, 24:36])
    assert np.array_equal(told[:, 36:], models[1].foretold(known)[:, 36:])


def test_a_back_test_counts_what_was_said_and_what_came() -> None:
    levels = np.array([[0.0, 0, 0, 5, 0], [0, 0, 0, 0, 0], [4, 4, 4, 4, 4]])
    told = np.array([[0.9, np.nan, 0.2, 0.5, 0.5], [0.1, 0.3, 0.1, 0.1, 0.1], [0.8] * 5])
    tested = back_test(History(OCTOBER, {"level": levels}), told, 3, RED)
    # Outcomes are known of the first two months only: 0.9 -> 5, 0.1 -> 0, 0.3 -> 0, 0.8 -> 4 twice.
    assert (tested.forecasts, tested.came) == (5, 3)
    assert sum(part.expected for part in tested.parts) == pytest.approx(0.9 + 0.1 + 0.3 + 1.6)
    assert [part.came for part in tested.parts] == [0, 0, 1, 1, 1]
    assert tested.auc == tested.auc_new == 1.0
    assert tested.auc_level == pytest.approx(5 / 6)
    assert tested.base_rate == 0.6


@pytest.mark.parametrize(
    ("scores", "came", "area"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1], 1.0),
        ([4, 3, 2, 1], [0, 0, 1, 1], 0.0),
        ([1, 1, 1, 1], [0, 1, 0, 1], 0.5),
        ([1, 2, 2, 3], [0, 1, 0, 1], 0.875),
        ([1, 2], [1, 1], np.nan),
        ([], [], np.nan),
    ],
)
def test_area_under_the_curve(scores: list[float], came: list[int], area: float) -> None:
    given = auc(np.array(scores, dtype=np.float64), np.array(came, dtype=np.bool_))
    assert given == pytest.approx(area, nan_ok=True)


def test_expense_of_a_month_spans_the_turn_of_the_year() -> None:
    spent = np.array([[10.0 * (month % 12 + 1) for month in range(24)]])
    spent[:, 12:] *= 2
    spends = monthly_expense(History(OCTOBER, {"level": spent, "expense": spent}))
    assert spends[0, 5] == 10.0
    assert spends[0, 11] == 10.0
    assert spends[0, 12] == pytest.approx((20 + 120 - 10) / 12)
    assert spends[0, 23] == 20.0


def test_weights_are_those_of_the_textbook() -> None:
    """With one yes-or-no feature and no penalty to speak of, odds are those of the counts."""
    feature = np.repeat([0.0, 1.0], 4000)
    result = np.concatenate([np.arange(4000) < 1000, np.arange(4000) < 3000]).astype(np.float64)
    model = fitted(feature[:, np.newaxis], result)
    chances = probability(model.log_odds(np.array([[0.0], [1.0]])))
    assert chances == pytest.approx([0.25, 0.75], abs=1e-3)


def test_a_feature_that_never_varied_weighs_nothing() -> None:
    table = np.column_stack([np.arange(20.0), np.full(20, 7.0), np.full(20, np.nan)])
    model = fitted(table, (np.arange(20) > 9).astype(np.float64))
    assert model.weights[2:].tolist() == [0.0, 0.0]
    assert np.isfinite(model.log_odds(table + 5.0)).all()


def test_calibration_takes_certainty_away() -> None:
    odds = np.array([-4.0, 0.0, 4.0])
    calm = Calibration(slope=0.5).probability(odds)
    assert calm[0] > probability(odds)[0]
    assert calm[1] == 0.5
    assert calm[2] < probability(odds)[2]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published results are not here")
@pytest.mark.parametrize(("horizon", "least", "least_new"), [(3, 0.900, 0.890), (6, 0.859, 0.873)])
def test_worth_on_published_results(horizon: int, least: float, least_new: float) -> None:
    """Trained on outcomes to September 2567, tried on everything after; see docs/foresight.md."""
    known = published()
    models = list(yearly_models(known, horizon, RED, first_cut=OCTOBER + 11))
    for used in (models[:1], models):
        tested = back_test(known, forecasts_of(known, used), horizon, RED)
        assert tested.auc >= least
        assert tested.auc_new >= least_new
        assert tested.auc > tested.auc_level
        assert tested.auc_new > tested.auc_level_new


def published() -> History:
    rows = np.genfromtxt(
        PUBLISHED, delimiter=",", names=True, dtype=None, encoding="utf-8", converters={0: str},
    )  # fmt: skip
    months = np.array([int(one[:4]) * 12 + int(one[6:]) - 1 for one in rows["period"]])
    places = np.unique(rows["hcode"], return_inverse=True)[1]
    shape = places.max() + 1, months.max() - months.min() + 1
    names = {"nwc": "net_working_capital"}
    figures = {}
    for name in ("level", "current_ratio", "quick_ratio", "cash_ratio", "nwc", "expense"):
        figures[names.get(name, name)] = values = np.full(shape, np.nan)
        values[places, months - months.min()] = rows[name]
    return History(int(months.min()), figures)
