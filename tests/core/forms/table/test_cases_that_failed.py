"""Tables as people lay them out: never a wrong number without a word.

Reads a folder that is no part of the repository; without it nothing is tried.
"""

import math
import os
from pathlib import Path

import pytest

from core.services.intake.examine import examine
from core.services.intake.kinds import TableIntake

_BESIDE = Path(__file__).parents[4].parent / "shared" / "data"
CASES = Path(os.environ.get("TRUAT_SHARED_DATA", _BESIDE)) / "cases" / "wild"
FILES = sorted(path for path in CASES.glob("*.0.*") if ".base." not in path.name)
pytestmark = pytest.mark.skipif(not FILES, reason="the folder of cases is not there")
Figures = dict[tuple[str, str, str], float]


def read(path: Path) -> tuple[Figures, set[str]]:
    """Figures by subject, period and measure, and the codes of what is more than a note."""
    intake = examine(path.read_bytes(), path.name)
    loud = {issue.code for issue in intake.issues if issue.severity != "note"}
    if not isinstance(intake, TableIntake):
        return {}, loud
    reading = intake.reading
    figures = {
        (line.subject or "", str(line.period), measure): float(column.values[row])
        for row, line in enumerate(reading.lines)
        if line.is_placed
        for measure, column in reading.columns.items()
    }
    return {key: value for key, value in figures.items() if not math.isnan(value)}, loud


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_figures_are_those_of_the_plain_file_or_something_is_said(path: Path) -> None:
    right, _ = read(CASES / f"{path.name.partition('.')[0]}.0.base.xlsx")
    figures, loud = read(path)
    wrong = {key for key, value in figures.items() if not math.isclose(value, right.get(key, -1))}
    assert not wrong
    assert loud or figures.keys() == right.keys()
