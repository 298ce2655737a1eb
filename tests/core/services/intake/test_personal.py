"""A file with a citizen number is refused as a whole, its cell named and the number not told."""

from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Refused
from tests.core.services.sending import BROKE, row, table

VALID = "1234567890121"


def test_the_file_is_refused_and_the_number_told_to_nobody() -> None:
    data = table(row("11201", BROKE)) + f"\nหมายเหตุ,{VALID}\n".encode()
    intake = examine(data, "เดือน.csv")
    assert isinstance(intake, Refused)
    (issue,) = intake.issues
    assert (issue.code, issue.cell) == ("F030", "B3")
    assert VALID not in str(intake_json(intake))
    assert "B3" in issue.text.th
    assert "B3" in issue.text.en


def test_the_same_file_without_it_is_read() -> None:
    assert not isinstance(examine(table(row("11201", BROKE)), "เดือน.csv"), Refused)
