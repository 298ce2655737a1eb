"""The map of accounts, checked against itself, the ministry's ratios and the stored books."""

from sqlalchemy import Engine

from core.services.books.check import check_accounts, report_json, report_lines
from core.services.importing.store_intake import withdraw
from tests.core.services.importing.test_trial_balances import books, send_books

CLOSED, NEW, UNKNOWN = "1101020501.102", "1105010103.999", "9999999999.101"


def test_the_map_counts_every_asset_income_and_expense_and_none_on_two_sides() -> None:
    report = check_accounts(None)
    assert report.accounts == 991
    # What stands in no figure is not current: long-term debts and equity.
    assert set(report.in_no_set) == {"2", "3"}
    assert report.on_both_sides == ()
    assert not report.has_problems


def test_accounts_the_ministry_counts_otherwise_are_named() -> None:
    report = check_accounts(None)
    assert report.counted_otherwise["finance.cash"] == ("1101020501.104", "1104010101.101")
    for measure in ("current_liabilities", "revenue", "expense", "operating_revenue"):
        assert f"finance.{measure}" not in report.counted_otherwise


def test_stored_books_are_searched_for_unknown_new_and_closed_accounts(engine: Engine) -> None:
    odd = {CLOSED: (5.0, 0.0), NEW: (7.0, 0.0), UNKNOWN: (0.0, 12.0)}
    done = send_books(engine, books(odd))
    send_books(engine, books(odd, month=256807))
    report = check_accounts(engine)
    assert report.has_problems
    (unknown,) = report.unknown
    assert (unknown.code, unknown.money, unknown.months) == (UNKNOWN, 24, 2)
    assert unknown.hcodes == ("11223",)
    assert [one.code for one in report.new] == [NEW]
    assert [one.code for one in report.closed] == [CLOSED]
    assert report_json(report)["unknown"][0]["money"] == 24
    assert any(UNKNOWN in line.en for line in report_lines(report))
    withdraw(engine, done.upload.id, by="office", reason="wrong")
    assert check_accounts(engine).unknown[0].months == 1


def test_an_account_without_a_balance_is_no_matter(engine: Engine) -> None:
    send_books(engine, books({UNKNOWN: (0.0, 0.0)}))
    assert not check_accounts(engine).has_problems
