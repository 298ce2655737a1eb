"""Why to the account: what lies behind a figure of the books, and what moved it. All invented."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.services.books.behind import NET_INCOME, behind, books_of, wrong
from core.services.books.wording import behind_json, behind_lines, change_text
from core.services.importing.store_intake import withdraw
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results_about
from tests.core.services.importing.test_trial_balances import books, send_books, send_typed

NOW, BEFORE, EARLIER = (parse_period(f"2568-M{month:02}") for month in (8, 7, 6))
DRUGS, MONEY = "2101010102.133", "1101010101.101"
OWED = {DRUGS: (0.0, 3_300_100.0), "3101010101.101": (3_299_910.0, 0.0)}


def why(engine: Engine, criterion: str = "crisis.level") -> StoredExplanation:
    with reading(engine) as session:
        number = results_about(session, "11223", NOW)[criterion].id
    return explain(engine, number)


def test_a_test_that_went_wrong_opens_to_the_account_that_moved_it(engine: Engine) -> None:
    send_books(engine, books(month=256807))
    send_books(engine, books(OWED))
    found = {one.measure: one for one in behind(engine, why(engine))}
    debts = found["finance.current_liabilities"]
    assert (debts.amount, debts.before, debts.against) == (3_300_100, 100, BEFORE)
    (drugs,) = debts.movements
    assert (drugs.code, drugs.amount, drugs.change, drugs.cell) == (
        DRUGS,
        3_300_100,
        3_300_000,
        "C5",
    )
    assert drugs.title != DRUGS
    assert debts.file == "books.xlsx"
    assert next(iter(found)) in {f.measure for part in wrong(why(engine)) for f in part.facts}
    said = "\n".join(line.en for line in behind_lines([debts]))
    assert f"{drugs.title}: 3,300,100.00 (+3.3 million baht)" in said


def test_without_the_month_before_the_largest_accounts_are_named(engine: Engine) -> None:
    send_books(engine, books())
    found = {one.measure: one for one in behind(engine, why(engine))}
    assets = found["finance.current_assets"]
    assert (assets.against, assets.before, assets.change) == (None, None, None)
    assert [(move.amount, move.change) for move in assets.movements] == [
        (90, None), (80, None), (30, None),
    ]  # fmt: skip


def test_accounts_beyond_the_named_ones_are_one_line(engine: Engine) -> None:
    send_books(engine, books())
    (assets,) = [
        one
        for one in behind(engine, why(engine), most=1)
        if one.measure == "finance.current_assets"
    ]
    assert len(assets.movements) == 1
    assert (assets.others, assets.others_amount, assets.amount) == (2, 110, 200)
    assert behind_json(assets)["others"] == {"accounts": 2, "amount": 110, "change": None}


def test_net_income_is_bridged_between_two_months_expense_counting_against(
    engine: Engine,
) -> None:
    send_books(engine, books(month=256806))
    more = {"4301020105.202": (0.0, 150.0), "5104010104.101": (130.0, 0.0)}
    send_books(engine, books(more))
    beside = books_of(engine, "11223", NOW, against=EARLIER)
    assert beside is not None
    found = beside.behind(NET_INCOME)
    assert found is not None
    assert (found.before, found.amount, found.change) == (10, 20, 10)
    assert [(one.code[0], one.change) for one in found.movements] == [("4", 40), ("5", -30)]


def test_in_october_income_begins_anew_and_balances_go_on(engine: Engine) -> None:
    send_books(engine, books(month=256712))
    send_books(engine, books({MONEY: (95.0, 0.0), "3101010101.101": (0.0, 95.0)}, 256801))
    beside = books_of(engine, "11223", parse_period("2568-M01"))
    assert beside is not None
    income, cash = beside.behind(NET_INCOME), beside.behind("finance.cash")
    assert income is not None
    assert (income.amount, income.against, income.change) == (10, None, None)
    assert [one.change for one in income.movements] == [None, None]
    assert cash is not None
    assert (cash.against, cash.change) == (parse_period("2567-M12"), 5)
    assert [one.code for one in beside.movers()] == [MONEY]


def test_an_account_that_is_gone_moved_by_all_it_held(engine: Engine) -> None:
    send_books(engine, books(month=256807))
    send_books(engine, books({MONEY: (0.0, 0.0), "3101010101.101": (0.0, 0.0)}))
    beside = books_of(engine, "11223", NOW)
    assert beside is not None
    (most, *_others) = beside.movers()
    assert (most.code, most.amount, most.change) == (MONEY, 0, -90)


def test_typed_figures_have_no_accounts(engine: Engine) -> None:
    send_typed(engine)
    assert behind(engine, why(engine)) == ()
    assert books_of(engine, "11223", NOW) is None


def test_books_taken_back_are_compared_with_no_more(engine: Engine) -> None:
    done = send_books(engine, books(month=256807))
    send_books(engine, books())
    withdraw(engine, done.upload.id, by="office", reason="wrong")
    beside = books_of(engine, "11223", NOW)
    assert beside is not None
    found = beside.behind(NET_INCOME)
    assert found is not None
    assert found.against is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (3_200_000, "+3.2 million baht"),
        (-3_200_000, "−3.2 million baht"),
        (50_000, "+0.1 million baht"),
        (49_999, "+49,999.00 baht"),
        (0, "+0.00 baht"),
    ],
)
def test_changes_are_said_in_millions_where_one_decimal_says_something(
    change: float, said: str
) -> None:
    assert change_text(change).en == said
