"""Accounts added to the chart by a form: what they change, who names them, what is refused."""

import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from core.forms.blank_table.write import write_table_template
from core.forms.model.form import TableForm, form
from core.forms.trial_balance.accounts import account_sets, chart, weights
from core.forms.trial_balance.additions import Addition, Additions, map_form, patterns
from core.forms.trial_balance.ratios import ratio_tables
from core.periods import Period
from core.services.books.behind import books_of
from core.services.books.check import check_accounts, report_json, report_lines
from core.services.books.wording import behind_json
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import restore, store, withdraw
from core.services.intake.examine import examine
from core.services.stores import on_hand
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results
from core.store.uploads.observed_table import observed_table
from tests.core.services.importing.test_trial_balances import books, send_books

LOST = "1101019999.101"
MONTH = Period(2568, "M", 8)
TITLES = ["รหัสบัญชี", "กลุ่มที่ให้นับรวม", "ตั้งแต่ปีงบประมาณ", "เหตุผล"]
CASH = "เงินสดและรายการเทียบเท่าเงินสด"


def table(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in [TITLES, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def added(code: Any = LOST, group: str = CASH, year: int = 2568, why: str = "ว 12") -> list[Any]:
    return [code, group, year, why]


def send_map(engine: Engine, *rows: list[Any]) -> Receipt:
    data = table(*rows)
    return store(engine, examine(data, "map.xlsx"), data, by="admin")


def cash(engine: Engine) -> float:
    with reading(engine) as session:
        return float(observed_table(session, "trial-balance").columns["finance.cash"].values[0])


def level(engine: Engine) -> float:
    with reading(engine) as session:
        return float(results(session, "crisis.level", MONTH).value[0])


def codes(*rows: list[Any]) -> dict[str, str]:
    return {one.code: one.cell for one in examine(table(*rows), "map.xlsx").issues}


LACKING = {"1101010101.101": (10.0, 0.0), LOST: (900000.0, 0.0)}
"""Nearly all its cash is in an account the chart lacks."""


def test_stored_books_are_computed_anew_and_as_before_once_it_is_taken_back(
    engine: Engine,
) -> None:
    send_books(engine, books(LACKING))
    before, worse = cash(engine), level(engine)
    done = send_map(engine, added())
    assert cash(engine) == before + 900000
    better = level(engine)
    assert better < worse
    assert any(change.criterion == "crisis.level" for change in done.others)
    withdraw(engine, done.upload.id, by="admin", reason="wrong group")
    assert (cash(engine), level(engine)) == (before, worse)
    restore(engine, done.upload.id, by="admin", reason="right after all")
    assert (cash(engine), level(engine)) == (before + 900000, better)


def test_later_books_count_it_and_say_so(engine: Engine) -> None:
    send_map(engine, added())
    data = books(LACKING)
    intake = examine(data, "tb.xlsx", on_hand=on_hand(engine))
    assert {"W441"} <= {one.code for one in intake.issues}
    assert "W383" not in {one.code for one in intake.issues}
    # An import that does not know of it comes to the same in the store.
    send_books(engine, data)
    known = books_of(engine, "11223", MONTH)
    behind = known.behind("finance.cash") if known else None
    assert behind is not None
    assert behind.amount == pytest.approx(cash(engine))


def test_it_counts_from_its_year_on_and_no_earlier(engine: Engine) -> None:
    send_books(engine, books(LACKING))
    before = cash(engine)
    send_map(engine, added(year=2569))
    assert cash(engine) == before
    send_map(engine, added(year=2568))
    assert cash(engine) == before + 900000


def test_the_why_and_the_check_name_it(engine: Engine) -> None:
    send_books(engine, books(LACKING))
    assert [one.code for one in check_accounts(engine).unknown] == [LOST]
    send_map(engine, added("1101019999"))
    known = books_of(engine, "11223", MONTH)
    behind = known.behind("finance.cash", most=50) if known else None
    assert behind is not None
    move = next(one for one in behind.movements if one.code == LOST)
    assert move.added is not None
    assert (move.added.reason, move.added.file, move.added.cell) == ("ว 12", "map.xlsx", "B2")
    told = next(one for one in behind_json(behind)["accounts"] if one["code"] == LOST)
    assert told["added"]["group"]["th"] == CASH
    report = check_accounts(engine)
    assert report.unknown == ()
    ((addition, uses),) = report.added
    assert (addition.prefix, [one.code for one in uses]) == ("1101019999", [LOST])
    assert report_json(report)["added"][0]["uses"][0]["money"] == 900000
    assert any("ว 12" in line.th for line in report_lines(report))


def test_what_the_chart_speaks_against_is_refused_with_its_cell() -> None:
    assert codes(added("1101020501.102"))["W442"] == "A2"
    # A code of the chart that counts otherwise, and digits under which accounts do.
    assert codes(added("1105010103.102"))["W443"] == "A2"
    assert codes(added("1101"))["W443"] == "A2"
    assert codes(added("5104039999.101"))["W444"] == "B2"
    assert codes(added(group="กระปุกออมสิน"))["W329"] == "B2"
    assert codes(added("11A"))["W440"] == "A2"
    assert codes(added(1101019999.1))["W440"] == "A2"
    assert not codes(added()).keys() & {"W440", "W442", "W443", "W444", "W329"}
    assert codes(added("1101010101.101"))["W445"] == "A2"


def test_one_code_in_two_groups_is_neither(engine: Engine) -> None:
    send_books(engine, books(LACKING))
    before = cash(engine)
    rows = added(), added(group="ลูกหนี้")
    assert codes(*rows)["W315"] == "B3"
    send_map(engine, *rows)
    assert cash(engine) == before


def test_refused_rows_change_nothing_where_others_of_the_file_do(engine: Engine) -> None:
    send_books(engine, books(LACKING))
    before = cash(engine)
    send_map(engine, added("1105010103.102"), added())
    assert cash(engine) == before + 900000


def test_the_longer_digits_and_the_later_year_win() -> None:
    rows = (
        Addition("1101019999", "cash", 2567),
        Addition("1101019999.101", "receivables", 2567),
        Addition("1101019999.101", "other_assets", 2569),
    )
    additions = Additions(rows)
    wanted = {("1101019999.102", 2567): "cash", ("1101019999.10102", 2568): "receivables"}
    wanted |= {("1101019999.101", 2569): "other_assets"}
    for (code, year), group in wanted.items():
        found = additions.of(code, year)
        assert found is not None
        assert found.group == group
    assert additions.of("1101019999.101", 2566) is None
    # No code in whole is no account, whatever it begins with.
    assert additions.of("1101019999", 2568) is None
    assert codes(added("1101019999"), added("1101019999.101", "ลูกหนี้"))["W446"] == "A3"


def test_groups_are_those_of_the_form_and_their_patterns_move_no_days() -> None:
    choices = next(c.choices for c in map_form().columns if c.choices)
    assert {one.id for one in choices} == set(patterns())
    periods = [one for one in ratio_tables().ratios if one.how == "days"]
    items = [ratio_tables().items[name] for one in periods for name in (one.x, one.y)]
    for pattern in patterns().values():
        assert pattern in chart().codes
        assert not chart().is_closed(pattern)
        assert not any(item.weight(pattern) for item in items)
    # Each group counts in figures of its own.
    last = len(account_sets().editions) - 1
    counted = [(p[0], weights(last, p)) for p in patterns().values()]
    assert len(set(counted)) == len(counted)


def test_the_blank_form_offers_the_groups_and_is_read_as_itself() -> None:
    chosen = form("account-map")
    assert isinstance(chosen, TableForm)
    blank = write_table_template(chosen)
    intake = examine(blank, "blank.xlsx")
    assert intake.form is not None
    assert intake.form.id == "account-map"
