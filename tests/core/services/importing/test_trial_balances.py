"""Trial balances in the store: beside typed figures, restated, taken back. All invented."""

import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from core.forms.model.issues import CellIssue
from core.periods import parse_period
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import preview, restore, store, withdraw
from core.services.intake.examine import examine
from core.services.recompute.versions import Cause, recompute_all
from core.services.results.json_document import why_json
from core.services.results.terminal_text import why_lines
from core.services.results.why import explain
from core.services.scored.basis import Basis, bases
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.repository import StoredResult, results_about
from core.store.uploads.accounts import accounts_of
from tests.core.services.sending import row, send

MONTH = parse_period("2568-M08")
TITLES = ["hcode", "time_id", "account_code", "carried forward debit", "carried forward credit"]
BOOKS: dict[str, tuple[float, float]] = {
    "1101010101.101": (90, 0),
    "1102050101.103": (80, 0),
    "1105010103.102": (30, 0),
    "2101010102.133": (0, 100),
    "3101010101.101": (0, 90),
    "4301020105.202": (0, 110),
    "5104010104.101": (100, 0),
}
"""A hospital at level 0: current assets 200, cash 90, current liabilities 100, net income 10."""
TYPED = {
    "finance.cash": 90, "finance.current_assets": 500, "finance.inventories": 30,
    "finance.current_liabilities": 100, "finance.net_income": 10, "days.payables": 45,
}  # fmt: skip


def books(
    changes: dict[str, tuple[float, float]] | None = None, month: int = 256808, above: str = ""
) -> bytes:
    book = openpyxl.Workbook()
    if above:
        book.active.append([above])
    book.active.append(TITLES)
    for code, (debit, credit) in (BOOKS | (changes or {})).items():
        book.active.append(["11223", month, code, debit, credit])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send_books(engine: Engine, data: bytes, name: str = "books.xlsx") -> Receipt:
    return store(engine, examine(data, name), data, by="office")


def send_typed(engine: Engine, figures: dict[str, Any] | None = None) -> Receipt:
    return send(engine, row("11223", TYPED | (figures or {}), year=2568, month=8))


def level(engine: Engine) -> StoredResult:
    return about(engine)["crisis.level"]


def about(engine: Engine) -> dict[str, StoredResult]:
    with reading(engine) as session:
        return dict(results_about(session, "11223", MONTH))


def facts(engine: Engine) -> dict[str, Any]:
    why = explain(engine, level(engine).id)
    return {fact.measure: fact for fact in why.facts}


def issue(receipt: Receipt, code: str) -> CellIssue:
    return next(one for one in receipt.issues if one.code == code)


def test_a_trial_balance_is_stored_with_its_accounts_and_scored(engine: Engine) -> None:
    done = send_books(engine, books())
    assert (done.upload.form, level(engine).value) == ("trial-balance", 0)
    stored = level(engine).submission_id
    assert stored is not None
    with reading(engine) as session:
        accounts = accounts_of(session, [stored])[stored]
    assert [(one.code, one.carried, one.cell) for one in accounts][:2] == [
        ("1101010101.101", 90.0, "C2"), ("1102050101.103", 80.0, "C3"),
    ]  # fmt: skip
    fact = facts(engine)["finance.current_assets"]
    assert (fact.value, fact.way, fact.file, fact.cell) == (200, "books", "books.xlsx", "C2")


def test_a_preview_says_what_storing_would_and_stores_nothing(engine: Engine) -> None:
    data = books()
    shown = preview(engine, examine(data, "books.xlsx"), data)
    assert [one.value for one in shown.receipt.own if one.criterion == "crisis.level"] == [0]
    assert about(engine) == {}


def test_computed_figures_count_and_what_only_the_form_has_stays_typed(engine: Engine) -> None:
    send_typed(engine)
    done = send_books(engine, books())
    told = issue(done, "W430")
    assert (told.found, told.expected, told.cell) == ("200", "500", "C2")
    found = facts(engine)
    assets = found["finance.current_assets"]
    assert (assets.value, assets.way, assets.typed) == (200, "books", 500)
    assert (found["finance.cash"].way, found["finance.cash"].typed) == ("books", None)
    items = {f.measure: f for f in explain(engine, about(engine)["tps.score"].id).facts}
    assert (items["days.payables"].value, items["days.payables"].way) == (45, "typed")
    assert items["days.payables"].file == "finance.csv"


def test_it_is_the_same_whichever_comes_first(engine: Engine) -> None:
    send_books(engine, books())
    done = send_typed(engine)
    told = issue(done, "W431")
    assert (told.found, told.expected) == ("500", "200")
    assert facts(engine)["finance.current_assets"].value == 200
    both = level(engine)
    assert both.submission_id is not None
    assert both.books_id is not None
    assert both.submission_id > both.books_id


def test_figures_typed_in_whole_baht_are_no_difference(engine: Engine) -> None:
    send_books(engine, books({"1101010101.101": (90.4, 0), "3101010101.101": (0, 90.4)}))
    done = send_typed(engine, {"finance.current_assets": 200})
    assert [one.code for one in done.issues if one.code == "W431"] == []


DEPOSITS: dict[str, tuple[float, float]] = {
    "1101030102.104": (40, 0), "1106010103.103": (7, 0), "3101010101.101": (0, 137),
}  # fmt: skip
"""Deposits of sub-units are in the bank and do not count: of class 1101 there are 130, cash is 90.
Of class 11 less inventories there are 177 and 217, quick assets are 170."""


@pytest.mark.parametrize(
    ("typed", "alike", "said"),
    [
        ({"finance.cash": 130}, 1, "all accounts 1101…, also"),
        ({"finance.cash": 131}, 1, "all accounts 1101…, also"),
        ({"finance.cash": 132}, 1, "more than all accounts 1101… hold (130.00)"),
        ({"finance.cash": 91}, 0, ""),
        ({"finance.cash": 95}, 0, ""),
        ({"finance.quick_assets": 177}, 1, "current assets less inventories"),
        ({"finance.quick_assets": 217}, 1, "current assets less inventories"),
        ({"finance.cash": 130, "finance.current_assets": 247}, 2, "was typed as"),
    ],
)
def test_typed_figures_that_look_like_whole_classes_are_told(
    engine: Engine, typed: dict[str, float], alike: int, said: str
) -> None:
    same = {"finance.cash": 90, "finance.current_assets": 207}
    first, last = send_typed(engine, same | typed), send_books(engine, books(DEPOSITS))
    assert not [one for one in first.issues if one.code == "W377"], "no books are known yet"
    again = send_typed(engine, same | typed | {"days.payables": 46})
    for receipt in (last, again):
        told = [one for one in receipt.issues if one.code == "W377"]
        assert [one.params["count"] for one in told] == [alike] * bool(alike)
        assert all(said in one.text.en for one in told)
    assert facts(engine)["finance.cash"].value == 90


def test_taking_one_back_leaves_the_other(engine: Engine) -> None:
    typed = send_typed(engine, {"finance.current_assets": 50, "finance.cash": 10})
    computed = send_books(engine, books())
    assert level(engine).value == 0
    withdraw(engine, computed.upload.id, by="office", reason="wrong file")
    alone = level(engine)
    assert (alone.books_id, alone.value == 0) == (None, False)
    assert facts(engine)["finance.current_assets"].value == 50
    send_books(engine, books({"1101010101.101": (91, 0), "3101010101.101": (0, 91)}))
    withdraw(engine, typed.upload.id, by="office", reason="never true")
    assert (level(engine).value, facts(engine)["finance.current_assets"].value) == (0, 201)
    score = explain(engine, about(engine)["tps.score"].id)
    assert "days.payables" not in {fact.measure for fact in score.facts}


def test_a_month_sent_again_says_what_changed_and_what_it_does_to_the_level(
    engine: Engine,
) -> None:
    send_books(engine, books())
    done = send_books(engine, books({"2101010102.133": (0, 250), "3101010101.101": (60, 0)}))
    told = issue(done, "W432")
    assert told.params["count"] == 2
    assert "100.00" not in told.text.en.split("most of all")[0]
    assert "\u2212100.00 \u2192 \u2212250.00" in told.text.en
    assert f"from 0 to {level(engine).value:g}." in told.text.en
    assert level(engine).value > 0


def test_the_same_books_once_more_are_no_restatement(engine: Engine) -> None:
    send_books(engine, books())
    again = send_books(engine, books(), "copy.xlsx")
    assert again.issues == ()


# Which version is newer, by the files' own word

WORSE: dict[str, tuple[float, float]] = {"2101010102.133": (0, 250), "3101010101.101": (60, 0)}
OLD, NEW = "พิมพ์เมื่อ 10 มิ.ย. 2568 16:19 น.", "พิมพ์เมื่อ 9 ก.ค. 2568"


def test_older_books_sent_later_leave_the_newer_in_force_and_say_so(engine: Engine) -> None:
    send_books(engine, books(above=NEW), "new.xlsx")
    data = books(WORSE, above=OLD)
    shown = preview(engine, examine(data, "old.xlsx"), data).receipt
    for receipt in (shown, send_books(engine, data, "old.xlsx")):
        told = issue(receipt, "W493")
        assert "10 มิ.ย. 2568 16:19" in told.text.th
        assert "9 ก.ค. 2568" in told.text.th
        assert [one.code for one in receipt.issues if one.code == "W432"] == []
        assert (receipt.differences, receipt.own, receipt.new_keys) == ((), (), ())
    assert (level(engine).value, facts(engine)["finance.cash"].file) == (0, "new.xlsx")


def test_newer_books_sent_later_are_a_restatement(engine: Engine) -> None:
    send_books(engine, books(above=OLD))
    done = send_books(engine, books(WORSE, above=NEW))
    assert {one.code for one in done.issues} & {"W432", "W493"} == {"W432"}
    assert level(engine).value > 0


@pytest.mark.parametrize(
    ("first", "then"),
    [("", OLD), (NEW, ""), (NEW, NEW), (OLD, "พิมพ์เมื่อ 10/06/2568"),
     (NEW, "อ้างถึงหนังสือ ส่งวันที่ 1 ม.ค. 2568")],
)  # fmt: skip
def test_what_is_not_older_for_certain_counts_and_is_a_restatement(
    engine: Engine, first: str, then: str
) -> None:
    send_books(engine, books(above=first))
    done = send_books(engine, books(WORSE, above=then))
    assert {one.code for one in done.issues} & {"W432", "W493"} == {"W432"}
    assert level(engine).value > 0


def test_older_books_count_where_somebody_says_so_or_the_newer_are_taken_back(
    engine: Engine,
) -> None:
    new = send_books(engine, books(above=NEW)).upload.id
    old = send_books(engine, books(WORSE, above=OLD)).upload.id
    restore(engine, old, by="office", reason="the newer is of another office")
    assert level(engine).value > 0
    withdraw(engine, old, by="office", reason="no")
    assert level(engine).value == 0
    restore(engine, old, by="office", reason="yes")
    withdraw(engine, new, by="office", reason="wrong")
    assert level(engine).value > 0


def months_apart(month: int, brought: int, carried: int) -> bytes:
    """Books of one month: cash as it was brought forward, and as it is."""
    titles = "hcode,time_id,account_code,brought forward debit,brought forward credit,"
    titles += "carried forward debit,carried forward credit"
    rows = [("1101010101.101", brought, 0, carried, 0), ("3101010101.101", 0, brought, 0, carried)]
    return "\n".join(
        [titles, *(f"11223,2568{month:02},{','.join(map(str, r))}" for r in rows)]
    ).encode()


@pytest.mark.parametrize("first", [7, 8])
def test_books_that_do_not_go_on_from_what_is_stored_beside_them_are_in_doubt(
    engine: Engine, first: int
) -> None:
    right = {7: months_apart(7, 10, 20), 8: months_apart(8, 20, 30)}
    send_books(engine, right[first], "first.csv")
    fitting = send_books(engine, right[15 - first], "right.csv")
    assert "W495" not in {one.code for one in fitting.issues}
    withdraw(engine, fitting.upload.id, by="office", reason="once more")
    other = months_apart(8, 77, 30) if first == 7 else months_apart(7, 10, 77)
    told = issue(send_books(engine, other, "other.csv"), "W495")
    assert (told.params["lines"], told.params["all"]) == (1, 1)
    period = parse_period(f"2568-M{15 - first:02}")
    with reading(engine) as session:
        assert "W495" in bases(session, [period])[period]["11223"].doubts


def test_a_month_remembers_what_puts_it_in_doubt(engine: Engine) -> None:
    # Debits are not credits.
    send_books(engine, books({"1101010101.101": (95, 0)}))
    with reading(engine) as session:
        found = bases(session, [MONTH])
    assert found[MONTH]["11223"] == Basis("books", ("W380", "W409"))


def test_recomputing_everything_changes_nothing(engine: Engine) -> None:
    send_typed(engine)
    send_books(engine, books())
    with unit_of_work(engine) as session:
        done = recompute_all(session, Cause("rules", "test"))
    assert (done.new, done.replaced, done.removed) == (0, 0, 0)


def test_terminal_and_json_name_the_file_of_each_figure(engine: Engine) -> None:
    send_typed(engine)
    send_books(engine, books())
    why = explain(engine, level(engine).id)
    document = why_json(why)
    assert document["workbook"] is not None
    assert document["books"] is not None
    assert document["workbook"]["file_name"] == "finance.csv"
    assert document["books"]["file_name"] == "books.xlsx"
    printed = "\n".join(line.en for line in why_lines(why))
    assert "computed from the books, “books.xlsx”; typed: 500" in printed


# Periods in days, which are of several months

DRUGS = "2101010102.133"
MOVED = ["hcode", "time_id", "account_code", "month debit", "month credit"]
MOVED += ["carried forward debit", "carried forward credit"]


def month_alone(number: int, owed: float, bought: float, year: int = 2568) -> bytes:
    """One month's books in a file of its own: what is owed, and what was bought on credit."""
    accounts = [("1101010101.101", 0, 0, owed, 0), (DRUGS, 0, bought, 0, owed)]
    accounts += [("4301020105.202", 0, 5, 0, 10), ("5104010104.101", 5, 0, 10, 0)]
    lines = [",".join(MOVED)]
    lines += [f"11223,{year}{number:02},{','.join(map(str, one))}" for one in accounts]
    return "\n".join(lines).encode()


def days(engine: Engine, month: int) -> float | None:
    period = parse_period(f"2568-M{month:02}")
    with reading(engine) as session:
        found = results_about(session, "11223", period)["tps.score"]
    facts_found = {fact.measure: fact for fact in explain(engine, found.id).facts}
    fact = facts_found.get("days.payables")
    return fact.value if fact else None


def test_months_sent_one_by_one_give_the_same_periods_as_in_one_file(engine: Engine) -> None:
    send_books(engine, month_alone(12, 100, 0, year=2567), "m12.csv")
    send_books(engine, month_alone(1, 200, 40), "m01.csv")
    send_books(engine, month_alone(2, 300, 60), "m02.csv")
    assert days(engine, 1) == 150 / 40 * 30
    assert days(engine, 2) == 200 / 100 * 60


def test_a_month_that_comes_late_gives_later_ones_their_periods(engine: Engine) -> None:
    send_books(engine, month_alone(12, 100, 0, year=2567), "m12.csv")
    send_books(engine, month_alone(2, 300, 60), "m02.csv")
    assert days(engine, 2) is None
    done = send_books(engine, month_alone(1, 200, 40), "m01.csv")
    assert days(engine, 2) == 120
    assert MONTH_2 in {one.period for one in done.own}
    withdraw(engine, done.upload.id, by="office", reason="wrong")
    assert days(engine, 2) is None


def test_last_years_end_restated_moves_this_years_averages(engine: Engine) -> None:
    send_books(engine, month_alone(12, 100, 0, year=2567), "m12.csv")
    send_books(engine, month_alone(1, 200, 40), "m01.csv")
    send_books(engine, month_alone(12, 400, 0, year=2567), "m12-again.csv")
    assert days(engine, 1) == 300 / 40 * 30


MONTH_2 = parse_period("2568-M02")
