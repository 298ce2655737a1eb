"""The quality revenue centre and its defects, as the guideline prints them."""

from core.criteria.model import PointsOf
from tests.core.criteria.inspection import indicator, lines_of

DIMENSIONS = ("structure", "system", "staff", "skill", "care", "code", "claim", "account")


def test_a_revenue_centre_has_eight_dimensions_of_points_and_full_marks() -> None:
    parts = indicator("revenue.score").parts
    assert [(part.id, part.figure, part.of) for part in parts if isinstance(part, PointsOf)] == [
        (f"revenue.score.{name}", f"revenue.{name}_points", f"revenue.{name}_full")
        for name in DIMENSIONS
    ]


def test_grades_of_a_revenue_centre() -> None:
    grades = indicator("revenue.score").grades
    assert {grade.grade: grade.above for grade in grades} == {
        "A": 90, "B": 80, "C": 70, "D": 60, "F": None,
    }  # fmt: skip


DEFECTS = {
    "missing": "share:claims.missing/claims.visits@uc,csmbs below 1",
    "delayed": "count:claims.delayed@uc,csmbs up_to 0",
    "expired": "count:claims.expired@uc,csmbs up_to 0",
    "audit": "distance:audit.adjrw_audited/audit.adjrw_claimed up_to 10",
    "error": "share:claims.error/claims.sent@uc,csmbs below 10",
}


def test_five_defects_of_claims_are_one_point_each() -> None:
    rule = indicator("revenue.defects")
    assert lines_of(rule) == DEFECTS
    assert {part.full for part in rule.parts} == {1}
