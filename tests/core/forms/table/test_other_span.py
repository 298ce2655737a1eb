"""Tables by quarter or year where rows are months are named once, not row by row."""

import pytest

from core.services.intake.examine import examine
from core.services.intake.kinds import Refused
from tests.core.services.sending import SOUND, table

OFFICIAL = {
    "CR": 1.5, "QR": 1.2, "Cash": 0.9, "NWC": 100_000, "NI": 50_000, "RiskScoring": 0,
}  # fmt: skip


def official(*whens: dict[str, object]) -> bytes:
    return table(*({"hcode": f"1067{n}", **when, **OFFICIAL} for n, when in enumerate(whens)))


@pytest.mark.parametrize(
    ("whens", "span"),
    [
        ([{"period": "2566-Q4"}, {"period": "2567-Q1"}], "quarter"),
        ([{"เดือน": "ไตรมาส 2/2566"}, {"เดือน": "ไตรมาส 3/2566"}], "quarter"),
        ([{"fiscal_year": 2566, "ไตรมาส": 1}, {"fiscal_year": 2566, "ไตรมาส": 2}], "quarter"),
        ([{"TimeID": 2566}, {"TimeID": 2567}], "fiscal year"),
        ([{"fiscal_year": 2566}, {"fiscal_year": 2567}], "fiscal year"),
    ],
)
def test_official_figures_by_quarter_or_year_are_named_in_one_sentence(
    whens: list[dict[str, object]], span: str
) -> None:
    intake = examine(official(*whens), "official.csv")
    assert isinstance(intake, Refused)
    (issue,) = intake.issues
    assert issue.code == "F025"
    said = issue.text.en
    assert f"figures by {span} (" in said
    assert "none of its 2 rows names a month" in said
    assert "The ministry's own risk scores" in said
    assert "Group values published by the ministry" in said


def test_a_hospitals_own_figures_by_quarter_are_named_too() -> None:
    intake = examine(table({"hcode": "10670", "เดือน": "Q1/2566", **SOUND}), "finance.csv")
    assert [issue.code for issue in intake.issues] == ["F025"]


def test_a_table_with_one_month_is_told_of_row_by_row() -> None:
    intake = examine(official({"period": "256603"}, {"period": "2566-Q2"}), "official.csv")
    assert not isinstance(intake, Refused)
    assert [issue.cell for issue in intake.issues if issue.code == "W310"] == ["B3"]


def test_a_hospitals_own_figures_without_a_month_lack_that_column() -> None:
    intake = examine(table({"hcode": "10670", "fiscal_year": 2566, **SOUND}), "finance.csv")
    assert "W301" in [issue.code for issue in intake.issues]


def test_a_bare_number_is_no_quarter() -> None:
    intake = examine(official({"เดือนที่": 2, "fiscal_year": 2566}), "official.csv")
    assert "F025" not in [issue.code for issue in intake.issues]
