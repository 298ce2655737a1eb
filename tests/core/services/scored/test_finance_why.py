"""A row of a finance table leads from its figures to its level and its score."""

import math

import numpy as np
import pytest

from core.periods import parse_period
from core.services.intake.examine import examine
from core.services.scored.finance import FinanceTable
from core.services.scored.finance_why import levels, month_text, row_why, rules_why
from tests.paths import SAMPLES

FINANCE = SAMPLES / "finance"


def table(name: str) -> FinanceTable:
    found = examine((FINANCE / name).read_bytes(), name).table
    assert found is not None
    return found


def test_the_level_is_its_blocks_and_survival() -> None:
    good = table("finance-good.csv")
    rows = [row_why(good, line) for line in range(len(good.reading.lines))]
    assert [row.level for row in rows] == [0, 1, 7, 5, 0]
    for row in rows:
        assert row.survival is not None
        assert row.level == sum(points or 0 for _, points in row.blocks) + row.survival
        assert sum(test.points or 0 for test in row.tests) == row.level - row.survival


def test_the_score_is_what_its_items_earn_within_their_caps() -> None:
    row = row_why(table("finance-good.csv"), 2)
    assert (row.score, row.possible, row.grade) == (3.5, 15, "F")
    assert sum(item.points or 0 for item in row.items) >= row.score


def test_a_test_says_what_was_asked_and_what_was_found() -> None:
    ratio = row_why(table("finance-good.csv"), 0).tests[0]
    assert ratio.cutoff is not None
    assert (ratio.cutoff.en, ratio.limit, ratio.figure) == ("below 1.5", 1.5, 3.0)


def test_months_without_bound_are_infinite_not_missing() -> None:
    assert row_why(table("finance-good.csv"), 4).months == math.inf


def test_a_row_that_belongs_to_nobody_has_no_scores() -> None:
    bad = table("finance-bad.csv")
    unplaced = [n for n, line in enumerate(bad.reading.lines) if not bad.scores(n)]
    assert unplaced
    row = row_why(bad, unplaced[0])
    assert (row.level, row.score, row.grade, row.tests, row.items) == (None, None, None, (), ())


def test_levels_follow_the_lines_of_the_table() -> None:
    good = table("finance-good.csv")
    shown = [row_why(good, line).level for line in range(len(good.reading.lines))]
    np.testing.assert_array_equal(levels(good), shown)


def test_the_rules_of_the_table_are_cited() -> None:
    rules = rules_why(table("finance-good.csv"))
    assert len(rules) == 3
    assert all(rule.citation.where for rule in rules)
    assert any(rule.questions for rule in rules)


@pytest.mark.parametrize(("period", "said"), [("2566-M01", "ต.ค. 2565"), ("2566-M04", "ม.ค. 2566")])
def test_a_month_is_said_with_its_calendar_year(period: str, said: str) -> None:
    assert month_text(parse_period(period)).th == said
