"""A row of a finance table leads from its figures to its level and its score."""

import math

import numpy as np
import pytest

from core.periods import month_text, parse_period
from core.services.intake.examine import examine
from core.services.rules.explanation import Explanation
from core.services.scored.finance import FinanceTable
from core.services.scored.finance_why import explain_row, levels, table_rules
from tests.paths import SAMPLES

FINANCE = SAMPLES / "finance"


def table(name: str) -> FinanceTable:
    found = examine((FINANCE / name).read_bytes(), name).table
    assert found is not None
    return found


def rows(name: str) -> list[tuple[Explanation, Explanation]]:
    """Level and score of every row of a table whose rows all belong to somebody."""
    good = table(name)
    explained = [explain_row(good, line) for line in range(len(good.reading.lines))]
    assert None not in explained
    return [row for row in explained if row]


def test_the_level_is_its_blocks_and_survival() -> None:
    levels_ = [level for level, _ in rows("finance-good.csv")]
    assert [level.points for level in levels_] == [0, 1, 7, 5, 0]
    for level in levels_:
        assert level.points == sum(part.points or 0 for part in level.parts)
        *blocks, survival = level.parts
        tests = [test for block in blocks for test in block.parts]
        assert sum(test.points or 0 for test in tests) == level.points - (survival.points or 0)


def test_the_score_is_what_its_items_earn_within_their_caps() -> None:
    _, score = rows("finance-good.csv")[2]
    assert (score.points, score.full_marks, score.grade) == (3.5, 15, "F")
    assert sum(item.points or 0 for item in score.parts) >= score.points


def test_a_test_says_what_was_asked_and_what_was_found() -> None:
    level, _ = rows("finance-good.csv")[0]
    ratio = level.parts[0].parts[0]
    assert ratio.held.requirement is not None
    assert (ratio.held.requirement.en, ratio.held.limit, ratio.figure) == (
        "below 1.5 times",
        1.5,
        3.0,
    )


def test_months_without_bound_are_infinite_not_missing() -> None:
    level, _ = rows("finance-good.csv")[4]
    assert level.parts[-1].figure == math.inf


def test_a_row_that_belongs_to_nobody_has_no_scores() -> None:
    bad = table("finance-bad.csv")
    unplaced = [n for n, line in enumerate(bad.reading.lines) if not bad.scores(n)]
    assert unplaced
    assert explain_row(bad, unplaced[0]) is None


def test_levels_follow_the_lines_of_the_table() -> None:
    explained = [level.points for level, _ in rows("finance-good.csv")]
    np.testing.assert_array_equal(levels(table("finance-good.csv")), explained)


def test_the_rules_of_the_table_are_cited() -> None:
    rules = table_rules(table("finance-good.csv"))
    assert len(rules) == 3
    assert all(rule.citation.where for rule in rules)
    assert any(rule.questions for rule in rules)


@pytest.mark.parametrize(("period", "said"), [("2566-M01", "ต.ค. 2565"), ("2566-M04", "ม.ค. 2566")])
def test_a_month_is_said_with_its_calendar_year(period: str, said: str) -> None:
    assert month_text(parse_period(period)).th == said
