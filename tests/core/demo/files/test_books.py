"""Invented trial balances come to the very figures the same hospitals report."""

import numpy as np
import pytest

from core.demo.accounts.books import books_of, books_parameters
from core.demo.accounts.finance import demo_finance
from core.demo.files.books import book_files
from core.demo.files.csv_files import DemoFile
from core.forms.trial_balance.accounts import account_sets, chart
from core.services.intake.examine import examine
from core.services.intake.kinds import TrialBalanceIntake

FILES = list(book_files())


def read(file: DemoFile) -> TrialBalanceIntake:
    intake = examine(file.content, file.name)
    assert isinstance(intake, TrialBalanceIntake)
    return intake


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.area)
def test_the_accounts_come_to_what_the_hospital_reports(file: DemoFile) -> None:
    finance, reading = demo_finance(), read(file).reading
    hospital = [one.hcode for one in finance.hospitals].index(file.area)
    months = [finance.months.index(line.period) for line in reading.lines if line.period]
    assert len(months) == books_parameters().months
    for measure in account_sets().editions[-1].measures:
        if measure in finance.columns:
            wanted = finance.columns[measure][hospital, months]
            np.testing.assert_allclose(reading.columns[measure].values, wanted, atol=0.005)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.area)
def test_every_account_is_known_and_debits_are_credits(file: DemoFile) -> None:
    intake = read(file)
    assert {one.share_of_money for one in intake.mapped} == {1.0}
    assert {issue.code for issue in intake.issues} == {"W324", "W395"}
    # The sets are of later fiscal years than the demonstration: said once, not for every month.
    assert [issue.code for issue in intake.issues].count("W395") == 1


def test_the_books_are_of_accounts_in_use_and_move() -> None:
    for shares in books_parameters().figures.values():
        assert sum(shares.values()) == pytest.approx(1)
        assert all(code in chart().codes and not chart().is_closed(code) for code in shares)
    balances = books_of(0).balances
    for name in ("cash", "receivables", "inventories", "current_liabilities", "labour"):
        for account in books_parameters().figures[name]:
            assert len(set(balances[account].tolist())) == books_parameters().months


def test_they_are_marked_as_invented() -> None:
    assert len(FILES) == 3
    assert all("demo" in file.name and "(สาธิต)" in file.sent_by for file in FILES)
