"""A file is stored whole or not at all, and everybody is told. Every figure is invented."""

import csv
import io
import math
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from core.errors import StoreError, TruatError, UsageError, WorkbookError
from core.periods import Period, parse_period
from core.scoring.base.states import State
from core.services.importing import receipts
from core.services.importing.receipt_json import receipt_json
from core.services.importing.store_intake import (
    compare,
    preview,
    receipt_of,
    restore,
    store,
    versions,
    withdraw,
)
from core.services.intake.examine import examine
from core.services.stores import on_hand
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results_about
from core.store.results.versions import latest_version
from core.store.uploads.observations import observations
from core.store.uploads.repository import content, uploads
from core.store.uploads.submissions import submissions
from tests.core.services.sending import (
    BROKE,
    FINANCE_BAD,
    SOUND,
    STAR,
    STAR_HALF,
    examined,
    hospital,
    register,
    row,
    send,
    send_star,
    table,
)

MONTH = parse_period("2566-M09")


def level(engine: Engine, hcode: str = "10001") -> float | None:
    with reading(engine) as session:
        found = results_about(session, hcode, MONTH).get("crisis.level")
    return None if found is None else found.value


def is_empty(engine: Engine) -> bool:
    with reading(engine) as session:
        return not uploads(session) and latest_version(session) == 0


# What is stored


def test_bytes_figures_and_cells_are_stored(engine: Engine) -> None:
    data = table(row("10001", SOUND))
    receipt = store(engine, examine(data, "เงิน.csv"), data, by="Somchai")
    with reading(engine) as session:
        assert content(session, receipt.upload.id) == data
        (found,) = submissions(session, subject="10001")
        cash = observations(session, found.id)["finance.cash"]
    assert (cash.value, cash.state, cash.cell) == (90, State.REPORTED, "D2")
    assert (receipt.upload.uploaded_by, receipt.upload.file_name) == ("Somchai", "เงิน.csv")
    assert (receipt.action, receipt.counts, receipt.keys) == ("stored", True, (("10001", MONTH),))
    assert receipt.upload.filled == receipt.upload.inputs == 7


def test_errors_stop_only_their_cells(engine: Engine) -> None:
    send(engine, row("10001", SOUND | {"finance.cash": "many"}), row("10002", SOUND))
    with reading(engine) as session:
        (found,) = submissions(session, subject="10001")
        told = observations(session, found.id)
    assert math.isnan(told["finance.cash"].value)
    assert (told["finance.cash"].state, told["finance.cash"].cell) == (State.ERROR, "D2")
    assert told["finance.current_assets"].value == 200
    assert level(engine, "10002") == 0


def test_rows_that_belong_to_nobody_are_left_out(engine: Engine) -> None:
    data = FINANCE_BAD.read_bytes()
    receipt = store(engine, examined(FINANCE_BAD), data, by="x")
    assert all(subject and period.part == "M" for subject, period in receipt.keys)
    assert 0 < len(receipt.keys) < 10


def test_long_codes_are_looked_up_in_the_register(engine: Engine) -> None:
    register(engine, hospital("10001"))
    assert on_hand(engine).known is not None
    data = table(row("10001", SOUND), row("99999", SOUND))
    intake = examine(data, "f.csv", on_hand=on_hand(engine))
    assert [issue.code for issue in intake.issues if issue.code == "W307"] == ["W307"]


def test_an_assessment_belongs_to_the_cup_it_names(engine: Engine) -> None:
    receipt = send_star(engine, cup="6101")
    assert (receipt.upload.subject, receipt.upload.fiscal_year) == ("D6101", 2561)
    assert receipt.keys == (("D6101", Period(2561)),)


# What is not stored


@pytest.mark.parametrize(
    ("data", "subject", "code"),
    [
        (b"rubbish", None, "F006"),
        (b"", None, "F001"),
        (STAR.read_bytes(), None, "F014"),
        (STAR.read_bytes(), "P61", "F014"),
        (STAR.read_bytes(), "no such", "F014"),
        (STAR.read_bytes(), "D6199", "F015"),
        (table(row("x", SOUND)), None, "F013"),
    ],
)
def test_what_cannot_be_stored_says_why(
    engine: Engine, data: bytes, subject: str | None, code: str
) -> None:
    register(engine)
    intake = examine(data, "f.csv" if b"hcode" in data else "f.xlsx")
    for attempt in (store, preview):
        with pytest.raises(WorkbookError) as raised:
            attempt(engine, intake, data, by="x", subject=subject)
        assert raised.value.code == code
    assert is_empty(engine)


def test_a_failure_half_way_stores_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    send(engine, row("10001", SOUND))

    def fail(*_: Any, **__: Any) -> None:
        raise StoreError("S014", store="x", reason="power cut")

    for step in ("recompute", "result_changes"):
        with monkeypatch.context() as patched:
            patched.setattr(receipts, step, fail)
            with pytest.raises(TruatError):
                send(engine, row("10001", BROKE))
    with reading(engine) as session:
        assert len(uploads(session)) == 1
        assert len(submissions(session, subject="10001")) == 1
        assert latest_version(session) == 1
    assert level(engine) == 0


def test_letters_no_store_takes_are_stored_as_lost_ones(engine: Engine) -> None:
    book = openpyxl.Workbook()
    for line in csv.reader(io.StringIO(table(row("10001", SOUND)).decode())):
        book.active.append(line)
    book.active.title = "a_xD83D_"
    book.active["D2"] = "_xD83D_ _x0000_"
    file = io.BytesIO()
    book.save(file)
    intake = examine(file.getvalue(), "a\udcff\x00.xlsx")
    receipt = store(engine, intake, file.getvalue(), by="office")
    assert receipt.upload.file_name == "a\ufffd\ufffd.xlsx"
    assert [issue.found for issue in intake.issues if issue.code == "W103"] == ["\ufffd \ufffd"]


def test_a_text_that_cannot_be_stored_leaves_nothing_behind(
    engine: Engine,
) -> None:
    data = table(row("10001", SOUND))
    spoilt = replace(examine(data, "f.csv"), file="a\ud83d.csv")
    with pytest.raises((UnicodeError, TruatError)):
        store(engine, spoilt, data, by="office")
    assert is_empty(engine)


# Previews


def test_a_preview_is_what_storing_gives_and_stores_nothing(engine: Engine) -> None:
    send(engine, row("10001", SOUND))
    data = table(row("10001", BROKE), row("10002", SOUND))
    intake = examine(data, "f.csv")
    shown = preview(engine, intake, data, by="x").receipt
    assert level(engine) == 0
    with reading(engine) as session:
        assert len(uploads(session)) == 1
    done = store(engine, intake, data, by="x")
    assert shown.keys == done.keys
    assert shown.differences == done.differences
    assert [(c.criterion, c.subject, c.value) for c in shown.own] == [
        (c.criterion, c.subject, c.value) for c in done.own
    ]
    assert level(engine) == 7


def test_what_changed_is_told_figure_by_figure_with_its_cell(engine: Engine) -> None:
    send(engine, row("10001", SOUND))
    receipt = send(engine, row("10001", SOUND | {"finance.cash": 80}), row("10002", SOUND))
    (difference,) = receipt.differences
    assert (difference.measure, difference.subject) == ("finance.cash", "10001")
    assert difference.before is not None
    assert difference.after is not None
    assert (difference.before.value, difference.after.value) == (90, 80)
    assert difference.after.cell == "D2"
    assert receipt.new_keys == (("10002", MONTH),)


def test_a_first_upload_differs_from_nothing(engine: Engine) -> None:
    receipt = send(engine, row("10001", SOUND))
    assert receipt.differences == ()
    assert receipt.new_keys == receipt.keys


def test_a_figure_left_out_is_a_difference(engine: Engine) -> None:
    send(engine, row("10001", SOUND | {"days.uc": 40}))
    receipt = send(engine, row("10001", SOUND | {"days.uc": "-"}))
    assert [(d.measure, d.after) for d in receipt.differences] == [("days.uc", None)]


# The same again


def test_the_same_bytes_are_one_upload(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND))
    again = send(engine, row("10001", SOUND), by="another")
    assert (again.action, again.upload.id) == ("same", first.upload.id)
    data = table(row("10001", SOUND))
    shown = preview(engine, examine(data, "f.csv"), data)
    assert shown.same is not None
    assert shown.same.uploaded_by == "office"
    with reading(engine) as session:
        assert len(uploads(session)) == 1
        assert latest_version(session) == 1


def test_the_same_table_is_one_upload_whatever_the_register_says_since(engine: Engine) -> None:
    send(engine, row("10001", SOUND), row("10002", SOUND))
    register(engine, hospital("10001"), hospital("10002"))
    assert send(engine, row("10001", SOUND), row("10002", SOUND)).action == "same"


def test_one_workbook_may_be_sent_for_two_cups(engine: Engine) -> None:
    assert send_star(engine, cup="D6101").action == "stored"
    assert send_star(engine, cup="D6102").action == "stored"
    assert send_star(engine, cup="D6102").action == "same"


# Versions


def test_the_later_one_counts_and_both_receipts_say_so(engine: Engine) -> None:
    first = send_star(engine, STAR_HALF)
    second = send_star(engine, STAR)
    assert (first.upload.version, second.upload.version) == (1, 2)
    assert [one.id for one in second.earlier] == [first.upload.id]
    told = receipt_of(engine, first.upload.id)
    assert not told.counts
    assert [one.id for one in told.later] == [second.upload.id]
    assert receipt_of(engine, second.upload.id).counts
    listed = versions(engine, form="star-2561", subject="D6101", fiscal_year=2561)
    assert [(one.version, one.state) for one in listed] == [(2, "active"), (1, "superseded")]


def test_two_at_once_are_both_kept(engine: Engine) -> None:
    """Two people send for one CUP in the same moment."""
    done: list[Any] = []
    start = threading.Barrier(2)

    def one(send_it: Callable[[], Any]) -> None:
        start.wait()
        done.append(send_it())

    jobs = [lambda: send_star(engine, STAR), lambda: send_star(engine, STAR_HALF)]
    threads = [threading.Thread(target=one, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {receipt.upload.version for receipt in done} == {1, 2}
    listed = versions(engine, form="star-2561", subject="D6101")
    assert [one.state for one in listed] == ["active", "superseded"]
    late = max(done, key=lambda receipt: receipt.upload.version)
    assert len(late.earlier) == 1


def test_part_of_a_file_may_be_superseded(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND), row("10002", SOUND))
    send(engine, row("10001", BROKE))
    told = receipt_of(engine, first.upload.id)
    assert (told.upload.state, told.upload.current, told.upload.submissions) == ("active", 1, 2)


def test_taking_back_lets_the_earlier_one_count(engine: Engine) -> None:
    send(engine, row("10001", SOUND))
    second = send(engine, row("10001", BROKE))
    assert level(engine) == 7
    receipt = withdraw(engine, second.upload.id, by="officer", reason=" wrong file ")
    assert level(engine) == 0
    assert (receipt.action, receipt.upload.state) == ("withdrawn", "withdrawn")
    last = receipt.history[-1]
    assert (last.action, last.changed_by, last.reason) == ("withdrawn", "officer", "wrong file")
    again = withdraw(engine, second.upload.id, by="officer", reason="twice")
    assert again.action == "unchanged"
    assert len(again.history) == len(receipt.history)


def test_an_earlier_version_can_be_brought_back(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND))
    second = send(engine, row("10001", BROKE))
    receipt = restore(engine, first.upload.id, by="officer", reason="it was right")
    assert (level(engine), receipt.action, receipt.counts) == (0, "restored", True)
    assert receipt_of(engine, second.upload.id).upload.state == "superseded"
    assert restore(engine, first.upload.id, by="x", reason="again").action == "unchanged"


def test_a_superseded_one_can_be_withdrawn_and_changes_no_result(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND))
    send(engine, row("10001", BROKE))
    receipt = withdraw(engine, first.upload.id, by="x", reason="no longer needed")
    assert (receipt.action, receipt.recomputed) == ("withdrawn", None)
    assert receipt_of(engine, first.upload.id).upload.state == "withdrawn"
    assert level(engine) == 7


@pytest.mark.parametrize("change", [withdraw, restore])
def test_a_change_needs_a_reason_and_an_upload(engine: Engine, change: Any) -> None:
    receipt = send(engine, row("10001", SOUND))
    with pytest.raises(UsageError, match="U007"):
        change(engine, receipt.upload.id, by="x", reason="  ")
    with pytest.raises(StoreError, match="S010"):
        change(engine, 99, by="x", reason="why not")
    assert level(engine) == 0


def test_two_uploads_side_by_side(engine: Engine) -> None:
    first, second = send_star(engine, STAR_HALF), send_star(engine, STAR)
    both = compare(engine, first.upload.id, second.upload.id)
    assert (both.before.version, both.after.version) == (1, 2)
    told = {difference.measure for difference in both.differences}
    assert told
    assert told == {difference.measure for difference in second.differences}
    assert compare(engine, first.upload.id, first.upload.id).differences == ()


def test_a_receipt_for_programs_holds_no_number_json_does_not_know(engine: Engine) -> None:
    send(engine, row("10001", SOUND))
    document = receipt_json(send(engine, row("10001", BROKE | {"finance.cash": "x"})))
    assert document["differences"][0]["after"]["value"] is None
    assert document["upload"]["version"] == 2
    changed = {(one["indicator"], one["of"]): one for one in document["changed"]}
    assert changed["crisis.level", "own"]["before"]["value"] == 0
    assert changed["crisis.level", "own"]["after"]["value"] is None


@pytest.mark.parametrize(
    ("scale", "is_odd"), [(1e-3, True), (1e-6, True), (1, False), (0.1, False)]
)
def test_a_month_much_smaller_than_the_stored_ones_is_warned_of(
    engine: Engine, scale: float, is_odd: bool
) -> None:
    register(engine, hospital("10001"))
    amounts = {measure: value * 1e6 for measure, value in SOUND.items()}
    send(engine, row("10001", amounts))
    later = row("10001", {measure: value * scale for measure, value in amounts.items()}, month=10)
    data = table(later)
    shown = preview(engine, examine(data, "finance.csv"), data)
    codes = [issue.code for issue in shown.intake.issues if issue.code == "W351"]
    assert codes == (["W351"] if is_odd else [])
