"""Appending, replacing a month, withdrawing; what a crash leaves and what readers see meanwhile."""

import threading

import pytest

from core.claims import ledger as adding
from core.claims import renewal
from core.claims.ledger import Ledger
from core.claims.reading import FigureQuery, figures, visits
from core.errors import NotFoundError, StoreError
from core.periods import Period
from tests.core.claims.made import new, visit

OCTOBER = Period(2568, "M", 1)


def count(folder):
    found = figures(folder, FigureQuery([OCTOBER.ordinal]))
    return 0 if found is None else sum(found["visits"].to_pylist())


def test_a_visit_sent_again_counts_once_as_last_sent(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05"), visit("b", "2024-10-06")]))
    ledger.add(new([visit("b", "2024-10-06", claimed=5)]))
    rows = visits(
        tmp_path, FigureQuery([OCTOBER.ordinal]), "all", OCTOBER.ordinal, OCTOBER.last_day
    )
    assert [one["claimed"] for one in rows.to_pylist()] == [100_000, 5]


def test_replacing_a_month_drops_earlier_rows_of_that_hospital_alone(tmp_path):
    ledger = Ledger(tmp_path)
    other = visit("x", "2024-10-05", hcode="11239")
    ledger.add(new([visit("a", "2024-10-05"), visit("b", "2024-10-06"), other]))
    ledger.add(new([visit("c", "2024-10-07")], replaces=True))
    assert count(tmp_path) == 2
    ledger.withdraw(2, "wrong file")
    assert count(tmp_path) == 3


def test_withdrawing_takes_its_rows_out_and_what_was_before_counts_again(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05", claimed=1)]))
    second = ledger.add(new([visit("a", "2024-10-05", claimed=2)]))
    ledger.withdraw(second.upload, "typed wrong")
    rows = visits(
        tmp_path, FigureQuery([OCTOBER.ordinal]), "all", OCTOBER.ordinal, OCTOBER.last_day
    )
    assert rows["claimed"].to_pylist() == [1]
    with pytest.raises(NotFoundError):
        ledger.withdraw(second.upload, "again")
    ledger.withdraw(1, "all of it")
    assert count(tmp_path) == 0


def test_the_same_bytes_are_not_stored_twice(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05")], sha256="same"))
    with pytest.raises(StoreError, match="S083"):
        ledger.add(new([visit("a", "2024-10-05")], sha256="same"))


@pytest.mark.parametrize(("module", "step"), [(renewal, "merge"), (adding, "write")])
def test_after_a_crash_the_ledger_is_what_it_was(tmp_path, monkeypatch, module, step):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05")]))
    before = ledger.catalogue.generation()

    def fail(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, step, fail)
        with pytest.raises(KeyboardInterrupt):
            ledger.add(new([visit("b", "2024-10-06")]))
    assert (count(tmp_path), ledger.catalogue.generation()) == (1, before)
    assert len(ledger.catalogue.uploads()) == 1
    ledger.add(new([visit("b", "2024-10-06")]))
    assert count(tmp_path) == 2


def test_readers_see_the_ledger_before_or_after_a_change(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05")]))
    seen, done = set(), threading.Event()

    def read():
        while not done.is_set():
            seen.add(count(tmp_path))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(3):
        rows = [visit(f"{number}-{n}", "2024-10-06") for n in range(10)]
        ledger.add(new(rows))
    done.set()
    reader.join()
    assert seen <= {1, 11, 21, 31}
