"""Support between units: what books say was received and given, beside levels. All invented."""

from sqlalchemy import Engine

from core.forms.trial_balance.accounts import chart
from core.periods import Period
from core.services.books.support import Support, standings, support, transfers
from core.services.books.support_text import support_json, support_lines
from core.services.importing.store_intake import withdraw
from core.text import Text
from tests.core.services.importing.test_trial_balances import books, send_books

ONE_DATABASE = True

MONTH = Period(2568, "M", 8)
RECEIVED, MORE, GIVEN = "4313010199.117", "4313010199.114", "5212010199.106"
HELPED = {RECEIVED: (0.0, 500.0), MORE: (0.0, 20.5), GIVEN: (100.0, 0.0)}


def latest(engine: Engine, hcode: str = "11223") -> Support:
    return support(engine, [hcode], MONTH)[hcode][-1]


def test_every_account_of_transfers_is_in_use_and_of_its_side() -> None:
    for accounts, side in ((transfers().received, "4"), (transfers().given, "5")):
        assert accounts
        for account in accounts:
            assert account in chart().codes
            assert not chart().is_closed(account)
            assert account[0] == side


def test_received_and_given_are_added_up_and_stand_beside_the_level(engine: Engine) -> None:
    send_books(engine, books(HELPED))
    found = latest(engine)
    assert (found.received, found.given, found.net) == (520.5, 100, 420.5)
    assert found.level == 0


def test_books_without_such_accounts_say_zero_and_months_without_books_nothing(
    engine: Engine,
) -> None:
    send_books(engine, books())
    months = support(engine, ["11223", "99999"], MONTH)
    assert [one.period.number for one in months["11223"]] == list(range(1, 9))
    *before, now = months["11223"]
    assert (now.received, now.given, now.net) == (0, 0, 0)
    assert {(one.received, one.given, one.net, one.level) for one in before} == {(None,) * 4}
    assert {one.net for one in months["99999"]} == {None}


def test_a_correction_on_the_other_side_takes_away(engine: Engine) -> None:
    send_books(engine, books({RECEIVED: (30.0, 0.0)}))
    assert latest(engine).received == -30


def test_closed_books_do_not_say_that_nothing_was_received(engine: Engine) -> None:
    closed = {"4301020105.202": (0.0, 0.0), "5104010104.101": (0.0, 0.0)}
    send_books(engine, books(closed, month=256812))
    last = Period(2568, "M", 12)
    assert support(engine, ["11223"], last)["11223"][-1].received is None


def test_books_taken_back_say_nothing_more(engine: Engine) -> None:
    done = send_books(engine, books(HELPED))
    withdraw(engine, done.upload.id, by="office", reason="wrong")
    assert latest(engine).received is None


def test_those_who_received_most_come_first_and_those_without_books_last(engine: Engine) -> None:
    send_books(engine, books(HELPED))
    found = dict(support(engine, ["99999", "11223"], MONTH))
    found["11224"] = (Support("11224", MONTH, 0.0, 70.0, None),)
    told = standings(found)
    assert [one.latest.hcode for one in told] == ["11223", "11224", "99999"]
    assert [one.latest.net for one in told] == [420.5, -70, None]
    assert told[0].first_level == 0


def test_support_is_told_in_lines_and_as_data(engine: Engine) -> None:
    send_books(engine, books({GIVEN: (70.0, 0.0)}))
    rows = standings(support(engine, ["11223", "99999"], MONTH))
    names = {code: Text(f"รพ. {code}", f"Hospital {code}") for code in ("11223", "99999")}
    area = Text("ตาก", "Tak")
    title, first, silent, about = [line.en for line in support_lines(area, MONTH, rows, names)]
    assert title == "Received and given: Tak, May 2568"
    assert "Hospital 11223: received 0.00, given 70.00, net −70.00 baht" in first
    assert silent.endswith("1")
    assert "not zero" in about
    data = support_json("P63", MONTH, rows, names)
    assert [one["net"] for one in data["hospitals"]] == [-70, None]
