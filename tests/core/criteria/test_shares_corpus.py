"""Returns on service plans, coverage and compensation: one figure against one edge."""

import pytest

from core.criteria.model import Indicator
from tests.core.criteria.inspection import CATALOG, indicator, lines_of


@pytest.mark.parametrize("plan", ["covid", "stroke_stemi", "ods_mis"])
def test_a_return_is_read_as_printed_or_net_and_the_other_stands_beside_it(plan: str) -> None:
    received, cost = f"sproi.{plan}_received", f"sproi.{plan}_cost"
    share, change = f"shown share:{received}/{cost}", f"shown change:{received}/{cost}"
    printed = indicator(f"sproi.{plan}")
    net = CATALOG.ruleset(2566, {"sproi.roi": "net"}).rules[f"sproi.{plan}"]
    assert list(lines_of(printed).values()) == [share, change]
    assert list(lines_of(net).values()) == [change, share]


SHARES = {
    "coverage.foreign": "share:coverage.foreign_insured/coverage.foreign_eligible",
    "coverage.foreign_checkup": "subset:coverage.foreign_checkup_insured/coverage.foreign_checkup",
    "coverage.fss": "share:coverage.fss_spent/coverage.fss_budget",
    "coverage.thai": "share:coverage.thai_insured/coverage.thai_citizens",
    "compensation.on_time": "share:compensation.paid_on_time/compensation.due",
}


@pytest.mark.parametrize("key", SHARES)
def test_coverage_and_compensation_are_shares(key: str) -> None:
    assert indicator(key).figures == (SHARES[key],)


def test_foreigners_at_the_health_check_read_like_the_measure_of_their_own() -> None:
    read = CATALOG.ruleset(2566, {"coverage.foreign": "checkup_95"}).rules["coverage.foreign"]
    own = indicator("coverage.foreign_checkup")
    assert isinstance(read, Indicator)
    assert (read.figures, read.good) == (own.figures, own.good)
