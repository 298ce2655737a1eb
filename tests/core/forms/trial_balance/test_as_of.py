"""Of when a trial balance is by its own word."""

import pytest

from core.forms.cells.number_format import NumberFormat
from core.forms.cells.workbook import Cell
from core.forms.trial_balance.as_of import moment_in, moment_of
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.store.uploads.standing import is_older


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10 ส.ค. 2569 17:23 น.", "2026-08-10T17:23"), ("๑๐ สิงหาคม ๒๕๖๙", "2026-08-10"),
        ("10/8/2569 17:23:05", "2026-08-10T17:23"), ("10-08-2026", "2026-08-10"),
        ("2026-08-10 17:23:00.010", "2026-08-10T17:23"), ("2026-08-10 00:00:00", "2026-08-10"),
        ("10 Aug 2026", "2026-08-10"), ("10 ส.ค. 69", "2026-08-10"),
        ("31/2/2569", None), ("งบทดลอง", None), ("256908", None), ("", None),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_and_systems_write_it(text: str, moment: str | None) -> None:
    assert moment_in(text) == moment


def test_a_date_cell_is_one_of_either_era() -> None:
    shape = NumberFormat("date")
    assert moment_of(Cell(46244.5, is_date=True, format=shape)) == "2026-08-10T12:00"
    assert moment_of(Cell(244571.0, is_date=True, format=shape)) == "2026-08-10"
    assert moment_of(Cell(46244.5)) is None


@pytest.mark.parametrize(
    ("own", "other", "older"),
    [
        ("2026-08-09", "2026-08-10", True), ("2026-08-10", "2026-08-10T17:23", False),
        ("2026-08-10T17:22", "2026-08-10T17:23", True), ("2026-08-10T17:23", "2026-08-10", False),
        ("2026-08-11", "2026-08-10T17:23", False), (None, "2026-08-10", False),
        ("2026-08-10", None, False),
    ],
)  # fmt: skip
def test_older_is_only_what_is_older_for_certain(
    own: str | None, other: str | None, older: bool
) -> None:
    assert is_older(own, other) == older


@pytest.mark.parametrize("lines", [2, 6000])
def test_each_month_is_of_when_its_last_amount_was_sent(lines: int) -> None:
    """Lines of nothing are there for accounts that came later; long files are read by columns."""
    rows = ["hcode,time_id,account_code,carried forward debit,carried forward credit,SentDate"]
    for month, sent in (("256801", "2025-01-09 10:00:00"), ("256802", "2025-02-10 11:30:00")):
        for n in range(lines // 2):
            code = f"1101010101.101{n:05}" if n else "1101010101.101"
            rows.append(f"11223,{month},{code},{n + 1000},0,{sent}")
        rows.append(f"11223,{month},2101010102.133,0,0,2025-09-09 00:00:00")
    document = intake_json(examine("\n".join(rows).encode(), "books.csv"))
    found = {row["period"]: row["as_of"] for row in document["rows"]}
    assert found == {"2568-M01": "2025-01-09T10:00", "2568-M02": "2025-02-10T11:30"}
