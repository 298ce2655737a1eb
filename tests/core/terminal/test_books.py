"""Books with something wrong, from a terminal and on the page: said where, what is right, how to
mend it; the rest is used. All invented."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.cli import app
from core.services.intake.examine import examine
from tests.core.forms.cells.access_files import INTEGER, WORDS, balances, d_file
from tests.core.forms.cells.test_access import zipped
from tests.core.services.intake.test_trial_balance import BOOKS, TITLES, changed, lines, workbook

D_FILE = d_file(balances("11223", date(2026, 5, 31), [*BOOKS]))
REVENUE = "4301020105.202"


def months(*numbers: int) -> bytes:
    return workbook([TITLES, *(row for n in numbers for row in lines(period=n))])


def off_balance() -> bytes:
    return workbook([TITLES, *lines(changed("1101010101.101", 1100.25, 0))])


def brought_otherwise() -> bytes:
    later = lines(period=256809)
    later[0][4], later[0][6] = 900.25, 100
    return workbook([TITLES, *lines(), *later])


def falling() -> bytes:
    later = lines(changed(REVENUE, 0, 850), period=256809)
    return workbook([TITLES, *lines(), *later])


def unknown() -> bytes:
    return workbook([TITLES, *lines([*BOOKS, ("1999999999.101", 5, 0)])])


def less() -> bytes:
    return workbook([TITLES, *lines(), *lines([*BOOKS[:2], *BOOKS[3:]], period=256809)])


def twice() -> bytes:
    return workbook([TITLES, *lines(), *lines([BOOKS[0]])])


def another_database() -> bytes:
    return d_file([(1, "x")], "Quality", {"Id": INTEGER, "Words": WORDS})


BAD: list[tuple[Callable[[], bytes], str, str, str, bool]] = [
    (off_balance, "a.xlsx", "W380", "C2", True),
    (brought_otherwise, "a.xlsx", "W384", "C13", True),
    (falling, "a.xlsx", "W350", "C21", True),
    (unknown, "a.xlsx", "W383", "C13", True),
    (lambda: months(256801, 256802, 256804), "a.xlsx", "W378", "C24", True),
    (twice, "a.xlsx", "W382", "C13", True),
    (less, "a.xlsx", "W373", "C13", True),
    (another_database, "C1.mdb", "F022", "", False),
    (lambda: D_FILE[:-4096], "D1.mdb", "F020", "", False),
    (lambda: zipped(D1_mdb=D_FILE, D2_mdb=D_FILE), "D1.zip", "F021", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("made", "name", "code", "cell", "is_used"), BAD, ids=[b[2] for b in BAD])
def test_what_is_wrong_is_said_at_its_cell_and_the_rest_is_used(
    made: Callable[[], bytes], name: str, code: str, cell: str, is_used: bool, tmp_path: Path
) -> None:
    data = made()
    path = tmp_path / name
    path.write_bytes(data)
    ran = CliRunner().invoke(app, ["score", str(path), "--json"])
    document = json.loads(ran.stdout)
    told = next(one for one in document["messages"] if one["code"] == code)
    assert told["cell"] == cell
    assert cell in told["text"]["th"]
    assert "โปรด" in told["text"]["th"]
    on_page = next(one for one in examine(data, name).issues if one.code == code)
    assert on_page.text.th == told["text"]["th"]
    assert (document["form"] == "trial-balance") == is_used
    if is_used:
        assert all(row["way"] == "books" for row in document["rows"])
        assert document["rows"][0]["measures"]["finance.inventories"] == 200
    else:
        assert ran.exit_code == 1
