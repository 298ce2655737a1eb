"""A rule may be called like a measure: what others look at stays the measure."""

import numpy as np

from core.criteria.catalog import catalog, measures
from core.scoring.base.derived import Figures
from core.scoring.base.inputs import Column
from core.scoring.base.outcomes import HospitalMonths
from core.scoring.base.peers import PeerGroups
from core.scoring.themes.indicator import score_indicators
from core.services.rules.indicators import IndicatorRules

PAID = {"payables.due": 60_000_000.0, "payables.paid": 57_000_000.0}
CHECKED = {
    "coverage.foreign_insured": 192.0,
    "coverage.foreign_eligible": 400.0,
    "coverage.foreign_checkup_insured": 192.0,
    "coverage.foreign_checkup": 200.0,
}


def test_there_are_such_rules() -> None:
    rules = catalog().ruleset(2566).rules
    assert {code for code in rules if code in measures()} >= {
        "payables.paid", "coverage.foreign_checkup",
    }  # fmt: skip


def test_a_measure_keeps_its_name() -> None:
    months = np.zeros(1, dtype=np.int64)
    case = HospitalMonths(
        figures=Figures(
            {code: Column.of(np.array([value])) for code, value in (PAID | CHECKED).items()}, months
        ),
        peers=PeerGroups(np.zeros(1, dtype=np.int64), months),
        islands=np.zeros(1, dtype=np.bool_),
    )
    rules = IndicatorRules(catalog().ruleset(2566, {"coverage.foreign": "checkup_95"}), "round")
    scores = score_indicators(rules.units.values(), case)
    assert scores["payables.paid"].value[0] == 95
    for number in (1, 2):
        assert (
            scores[f"payables.round_{number}"]
            .whole.items[f"payables.round_{number}.paid"]
            .figure[0]
            == 95
        )
    assert scores["coverage.foreign"].value[0] == scores["coverage.foreign_checkup"].value[0] == 96
