"""Account codes: matched on ten and three digits, mended only where one account can be meant."""

import re

import pytest

from core.criteria.catalog import measures
from core.forms.cells.workbook import Cell
from core.forms.trial_balance.accounts import account_sets, chart
from core.forms.trial_balance.codes import code_of_account

CASH = "1101010101.101"


@pytest.mark.parametrize(
    ("written", "account", "is_mended"),
    [
        ("1101030102.103", "1101030102.103", False),
        ("1101030102.10301", "1101030102.103", False),
        (" 1101030102 .103 ", "1101030102.103", False),
        ("๑๑๐๑๐๓๐๑๐๒.๑๐๓", "1101030102.103", False),
        ("1101030102-103", "1101030102.103", False),
        ("1101030102103", "1101030102.103", True),
        ("110103010210301", "1101030102.103", True),
        (1101030102.103, "1101030102.103", False),
        (1101030102103.0, "1101030102.103", True),
        # A number loses the zeros it ends in.
        ("4301020104.11", "4301020104.110", True),
        # Ten digits that only one account has.
        ("1101010101", CASH, True),
        # Ten digits that several accounts have, and codes cut short by Excel.
        ("1101030102", None, False),
        ("5.21201E+09", None, False),
        # An ending that would decide whether the account is in or out.
        ("1101030102.999", None, False),
        ("9999999999.999", None, False),
        ("", None, False),
    ],
)
def test_a_code_is_matched_or_mended_or_left_open(
    written: str | float, account: str | None, is_mended: bool
) -> None:
    code = code_of_account(Cell(written))
    assert (code.account, code.is_mended) == (account, is_mended)


def test_sub_accounts_are_told_apart_by_their_full_code() -> None:
    codes = [code_of_account(Cell(f"1101030102.103{sub}")) for sub in ("01", "02")]
    assert [code.full for code in codes] == ["1101030102.10301", "1101030102.10302"]


def test_a_new_ending_goes_with_its_group_where_all_of_it_goes_together() -> None:
    code = code_of_account(Cell("5212010199.1"))
    assert (code.account, code.is_new) == ("5212010199.100", True)
    assert "5212010199.100" not in chart().codes
    assert not code_of_account(Cell(CASH)).is_new


def test_codes_of_the_chart_are_ten_and_three_digits_of_five_classes() -> None:
    assert all(re.fullmatch(r"[1-5]\d{9}\.\d{3}", code) for code in chart().codes)


def test_sets_are_measures_of_the_catalogue_and_exceptions_are_accounts_of_the_set() -> None:
    for edition in account_sets().editions:
        assert edition.measures.keys() <= measures().keys()
        for composition in edition.measures.values():
            for one in filter(None, (composition.plus, composition.minus)):
                assert all(code.startswith(one.prefixes) for code in one.without)
                assert {*one.without} <= chart().codes


@pytest.mark.parametrize(("year", "distance"), [(2566, 1), (2567, 0), (2569, 0), (2571, 2)])
def test_a_year_without_an_edition_takes_the_nearest(year: int, distance: int) -> None:
    assert account_sets().edition(year).distance(year) == distance


@pytest.mark.parametrize(
    ("measure", "account", "weight"),
    [
        ("finance.cash", CASH, 1),
        ("finance.cash", "1101020501.102", 0),
        ("finance.current_assets", "1105010103.102", 1),
        ("finance.quick_assets", "1105010103.102", 0),
        ("finance.current_liabilities", "2101010102.133", -1),
        ("finance.current_liabilities", "2101020199.151", 0),
        ("finance.net_income", "4301020105.202", -1),
        ("finance.net_income", "5104010104.101", -1),
        ("finance.expense", "5104010104.101", 1),
        ("finance.ebitda", "5105010101.101", 0),
    ],
)
def test_debit_less_credit_goes_into_a_measure_with_its_natural_side(
    measure: str, account: str, weight: int
) -> None:
    sets = account_sets()
    composition = sets.edition(2568).measures[measure]
    assert sets.weight(composition, account) == weight
