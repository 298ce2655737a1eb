"""Replies, statements and admissions find their claim in whatever month and order they come."""

import itertools
import sqlite3

import pytest

from core.claims.engine import Engine
from core.claims.ledger import Ledger
from core.claims.reading import FigureQuery, figures, months, visits
from core.claims.renewal import Renewal
from core.periods import Period
from tests.core.claims.made import new, visit

OCTOBER, NOVEMBER, DECEMBER, MARCH = (Period(2568, "M", n) for n in (1, 2, 3, 6))
IP = {"patient": "ip"}


def sums(folder, month, *names):
    found = figures(folder, FigureQuery([month.ordinal]))
    return tuple(0 if found is None else sum(found[name].to_pylist()) for name in names)


def whole(folder):
    """All visits and all figures, but for the numbers of files and rows."""
    every = months(folder)
    rows = visits(folder, FigureQuery(every), "all", every[-1], month_end(every[-1]))
    counted = figures(folder, FigureQuery(every))
    return text(rows.drop_columns(["upload", "line"])), text(counted)


def month_end(ordinal):
    return Period(ordinal // 12, "M", ordinal % 12 + 1).last_day


def text(table):
    return sorted(map(str, table.to_pylist()))


def stay(**more):
    """A stay from the end of October to November, its claim by the day of discharge."""
    return visit("a", "2024-11-04", **IP, **more)


def test_a_statement_dated_by_the_admission_finds_the_claim_of_the_next_month(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([stay(sent_on="2024-11-20"), visit("b", "2024-10-06", sent_on="2024-10-20")]))
    ledger.add(new([stay(compensated=90_000, failed=False)], "replies"))
    done = ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    assert sums(tmp_path, OCTOBER, "unclaimed_statements", "paid", "stated") == (0, 0, 0)
    assert sums(tmp_path, NOVEMBER, "visits", "paid", "stated") == (1, 60_000, 1)
    assert sums(tmp_path, NOVEMBER, "owed", "unstated") == (30_000, 0)
    assert done.keys == {("11223", OCTOBER.ordinal), ("11223", NOVEMBER.ordinal)}


def test_withdrawing_the_claim_sends_the_statement_back_to_its_own_month(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    assert sums(tmp_path, OCTOBER, "unclaimed_statements") == (1,)
    claim = ledger.add(new([stay()]))
    assert sums(tmp_path, OCTOBER, "unclaimed_statements") == (0,)
    ledger.withdraw(claim.upload, "typed wrong")
    assert sums(tmp_path, OCTOBER, "unclaimed_statements", "paid") == (1, 60_000)
    assert months(tmp_path) == [OCTOBER.ordinal]


def test_a_withdrawn_statement_leaves_the_month_it_was_moved_to(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([stay()]))
    sheet = ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    ledger.withdraw(sheet.upload, "wrong file")
    assert sums(tmp_path, NOVEMBER, "visits", "paid", "stated") == (1, 0, 0)


def test_replacing_statements_of_a_month_takes_those_out_that_were_moved_from_it(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([stay()]))
    ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    again = ledger.add(new([visit("c", "2024-10-05", paid=1, **IP)], "statements", replaces=True))
    assert sums(tmp_path, NOVEMBER, "paid", "stated") == (0, 0)
    ledger.withdraw(again.upload, "wrong file")
    assert sums(tmp_path, NOVEMBER, "paid", "stated") == (60_000, 1)


def test_replacing_claims_sends_rows_home_whose_claim_is_gone(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([stay()]))
    ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    ledger.add(new([visit("z", "2024-11-09", **IP)], replaces=True))
    assert sums(tmp_path, OCTOBER, "unclaimed_statements") == (1,)
    assert sums(tmp_path, NOVEMBER, "visits", "paid") == (1, 0)


def test_the_claim_of_its_own_month_counts_before_one_of_the_same_number_elsewhere(tmp_path):
    ledger = Ledger(tmp_path)
    rows = [visit("a", "2024-10-05"), visit("a", "2024-11-05"), visit("a", "2025-03-05")]
    ledger.add(new(rows))
    ledger.add(new([visit("a", "2024-11-06", paid=5, document="1")], "statements"))
    ledger.add(new([visit("a", "2024-12-06", paid=7, document="2")], "statements"))
    assert sums(tmp_path, NOVEMBER, "paid") == (12,)
    ledger.add(new([visit("a", "2025-02-06", paid=9)], "statements"))
    assert sums(tmp_path, MARCH, "paid") == (9,)


def test_an_out_patients_row_finds_by_patient_and_day_what_ended_in_the_next_month(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-11-01", link="one")]))
    ledger.add(new([visit(None, "2024-10-31", link="one", paid=5)], "statements"))
    assert sums(tmp_path, NOVEMBER, "paid", "visits") == (5, 1)
    ledger.add(new([visit("b", "2024-11-02", link="one")]))
    # Two visits of that patient and day now: none is matched.
    assert sums(tmp_path, NOVEMBER, "paid", "visits") == (0, 2)
    assert sums(tmp_path, OCTOBER, "unclaimed_statements") == (1,)


FILES = [
    ("claims", [stay(sent_on=""), visit("b", "2024-12-05", sent_on="")]),
    ("admissions", [visit("a", "2024-10-28", **IP), visit("c", "2024-11-30", **IP)]),
    ("replies", [visit("a", "2024-10-28", compensated=9, failed=False, **IP)]),
    (
        "statements",
        [
            visit("a", "2024-09-28", paid=3, **IP),
            visit("b", "2025-03-28", paid=4),
            visit("c", "2024-10-30", paid=5, **IP),
        ],
    ),
]


def test_the_ledger_is_the_same_in_whatever_order_files_come(tmp_path):
    ledgers = set()
    for n, order in enumerate([*itertools.permutations(FILES)][::7]):
        ledger = Ledger(tmp_path / f"{n}")
        for kind, rows in order:
            ledger.add(new(rows, kind))
        ledgers.add(str(whole(ledger.folder)))
    assert len(ledgers) == 1
    assert sums(ledger.folder, NOVEMBER, "visits", "paid", "unclaimed_statements") == (1, 8, 1)
    assert sums(ledger.folder, DECEMBER, "visits", "paid") == (1, 4)


@pytest.mark.parametrize("place", [0, 1])
def test_withdrawing_any_file_comes_to_what_the_others_alone_are(tmp_path, place):
    ledger, others = Ledger(tmp_path / "all"), Ledger(tmp_path / "others")
    for n, (kind, rows) in enumerate(FILES):
        ledger.add(new(rows, kind))
        if n != place:
            others.add(new(rows, kind))
    ledger.withdraw(place + 1, "for a try")
    assert whole(ledger.folder) == whole(others.folder)


def test_months_farther_away_are_read_for_what_was_not_found_nearer_alone(tmp_path, monkeypatch):
    ledger = Ledger(tmp_path)
    for month in range(1, 10):
        ledger.add(new([visit(f"v{month}", f"2025-{month:02}-05", hcode="11223")]))
    read = []
    execute = Engine.execute

    def watched(self, statements):
        if "INTO claim" in statements:
            read.append(sorted({one.split("/")[0] for one in statements.split("parts/")[1:]}))
        execute(self, statements)

    monkeypatch.setattr(Engine, "execute", watched)
    ledger.add(new([visit("v5", "2025-05-09", paid=1)], "statements"))
    assert [len(one) for one in read] == [1]
    read.clear()
    ledger.add(new([visit("v5", "2025-04-09", paid=1)], "statements"))
    assert [len(one) for one in read] == [1, 2]
    read.clear()
    ledger.add(new([visit("x", "2025-05-12")]))
    assert not read  # Nothing waits for a claim there.


def test_a_ledger_of_an_older_program_is_settled_with_its_next_change(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([stay()]))
    ledger.add(new([visit("a", "2024-10-28", paid=60_000, **IP)], "statements"))
    right = whole(tmp_path)
    as_before(ledger)
    assert sums(tmp_path, OCTOBER, "unclaimed_statements") == (1,)
    ledger.add(new([visit("q", "2025-03-01", hcode="11239")]))
    ledger.withdraw(3, "for a try")
    assert whole(tmp_path) == right


def as_before(ledger):
    """Put the ledger back to how an older program left it: each row in its own month."""
    with sqlite3.connect(ledger.folder / "claims.db") as database:
        spoken = set(database.execute("SELECT hcode, month FROM spoken"))
        database.execute("UPDATE file SET month = own_month WHERE role = 'part'")
        database.execute("DELETE FROM loose")
    with ledger.catalogue.changing() as connection, Engine(ledger.folder / "spill") as engine:
        Renewal(ledger.folder, connection, engine).renew(spoken)
    with sqlite3.connect(ledger.folder / "claims.db") as database:
        database.execute("ALTER TABLE file DROP COLUMN own_month")
        database.execute("PRAGMA user_version = 0")
