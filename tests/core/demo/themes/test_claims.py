"""Invented claims: most in order, piling up where hospitals slide, audited once a quarter."""

import numpy as np
import pytest

from core.demo.themes.claims import invented_claims
from core.scoring.base.inputs import FloatArray
from tests.core.demo.themes.reported import SCENE, TOLD, in_story, of, percent, share, themes


def defects() -> dict[str, FloatArray]:
    figures = themes()["claims"]
    claimed, audited = figures["audit.adjrw_claimed"], figures["audit.adjrw_audited"]
    return {
        "missing": of("claims", "missing", "visits"),
        "error": of("claims", "error", "sent"),
        "audit": percent(np.abs(claimed - audited), claimed),
        "delayed": figures["claims.delayed"],
        "expired": figures["claims.expired"],
    }


def test_claims_pile_up_where_money_runs_out() -> None:
    delayed = themes()["claims"]["claims.delayed"]
    sliding = delayed[in_story("sliding")]
    assert sliding[:, 11].sum() > 2 * sliding[:, 0].sum()
    assert share(sliding[:, 11] > 0) > 60
    assert share(delayed[in_story("comfortable")] > 0) < 6
    assert (themes()["claims"]["claims.expired"] <= delayed).all()


@pytest.mark.parametrize(
    ("name", "edge", "low", "high"),
    [("missing", 1, 4, 20), ("error", 10, 3, 15), ("audit", 10, 3, 15), ("delayed", 0, 4, 15),
     ("expired", 0, 0.2, 4)],
)  # fmt: skip
def test_every_defect_comes_up_and_most_have_none(
    name: str, edge: float, low: float, high: float
) -> None:
    found = defects()[name]
    assert low < share(found[~np.isnan(found)] > edge) < high


def test_audits_come_once_a_quarter_and_take_a_sample() -> None:
    claimed = themes()["claims"]["audit.adjrw_claimed"]
    assert ((~np.isnan(claimed)).sum(axis=1) == 4).all()
    monthly = SCENE.of_month("activity.adjrw")[:, SCENE.last_year]
    assert (claimed[~np.isnan(claimed)] < 0.15 * monthly[~np.isnan(claimed)]).all()


def test_control_is_told_beside_defects_alone() -> None:
    figures, words = invented_claims(SCENE)
    plan, defect = figures["claims.control_plan"], np.zeros((SCENE.size, 12), dtype=np.bool_)
    edges = TOLD.claims.control.reported_from
    for name, found in defects().items():
        at_most = {"missing": edges["missing"] - 1e-9, "error": edges["error"] - 1e-9}
        defect |= np.nan_to_num(found) > at_most.get(name, edges.get(name, 0))
    assert np.array_equal(~np.isnan(plan), defect)
    dated = np.array([[bool(text) for text in row] for row in words["claims.control_date"]])
    owned = np.array([[bool(text) for text in row] for row in words["claims.control_owner"]])
    assert np.array_equal(dated, plan == 1)
    assert np.array_equal(owned, plan == 1)
    assert 60 < share(plan[~np.isnan(plan)]) < 95
    assert set(words["claims.control_owner"][0]) <= {*TOLD.claims.control.owners, ""}
