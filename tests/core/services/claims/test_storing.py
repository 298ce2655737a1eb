"""Claims stored: figures of an area, the 4S4C defects they feed, visits by page, and privacy."""

import itertools
import re
import sqlite3
from datetime import date
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from core.periods import parse_period
from core.scoring.base.states import Verdict
from core.services.claims.feed import SENDER
from core.services.claims.storing import (
    claim_uploads,
    examine_for,
    folder_of,
    store_claims,
    withdraw_claims,
)
from core.services.claims.view import claims_view, compensated, selection, visits_of
from core.services.claims.wording import silent_funds
from core.services.strategy.sources import Scope, fed
from core.store.engine.unit_of_work import reading
from core.store.uploads.observed_table import observed_table
from core.store.uploads.repository import uploads
from tests.country import small_country

ONE_DATABASE = True

TODAY = date(2023, 7, 10)
HEAD = "hcode,fund,patient,SEQ,AN,HN,CID,ชื่อ-สกุล,end,closed_on,booked_on,sent_on,status,code,claimed"
CITIZEN = "1101700230708"


def line(
    number, end="2023-06-05", sent="2023-06-20", status="A", hcode="11201", fund="UCS", **more
):
    closed = more.get("closed", end)
    code = more.get("code", "")
    return (
        f"{hcode},{fund},OP,{number},,77{number},{CITIZEN},สมชาย ใจดี,{end},{closed},{end},"
        f"{sent},{status},{code},100.50"
    )


def send(engine, *lines, name="claims.csv", **more):
    data = "\n".join([HEAD, *lines]).encode()
    intake = examine_for(engine, {name: data}, today=TODAY)
    return store_claims(engine, intake, by="tester", **more)


@pytest.fixture
def country(engine):
    return small_country(engine)


@pytest.fixture
def stored(country):
    """Ten visits of a hospital: one not closed, one late, one that failed; two of another."""
    rows = [line(n) for n in range(7)]
    rows += [
        line("7", closed=""),
        line("8", end="2023-03-01", sent="", status=""),
        line("9", status="C", code="C305"),
        line("10", fund="OFC"),
    ]
    send(country, *rows, line("11", hcode="11202"), line("12", hcode="11202"))
    return country


JUNE = parse_period("2566-M09")


def test_the_defects_of_the_ledger_are_those_that_monthly_counts_give(stored):
    shown = claims_view(stored, selection(stored, period="2566-M09", area="11201"))
    own = shown.hospitals[0]
    assert own.judged.verdicts["missing"] is Verdict.FAIL
    assert own.judged.verdicts["delayed"] is Verdict.FAIL
    assert own.judged.verdicts["expired"] is Verdict.PASS
    assert own.judged.verdicts["audit"] is Verdict.NOT_JUDGED
    assert own.judged.verdicts["error"] is Verdict.FAIL
    with reading(stored) as session:
        fed = observed_table(session, "revenue-4s4c", periods={JUNE}, subjects={"11201"})
        told = {m: column.values.tolist()[0] for m, column in fed.columns.items()}
        senders = {one.uploaded_by for one in uploads(session, form="revenue-4s4c")}
    assert senders == {SENDER}
    assert told["claims.uc_visits"] == 9
    assert (told["claims.uc_missing"], told["claims.uc_delayed"]) == (1, 1)
    assert (told["claims.uc_sent"], told["claims.uc_error"]) == (9, 1)
    assert (told["claims.csmbs_visits"], told["claims.csmbs_missing"]) == (1, 0)


def test_an_area_adds_its_hospitals_up_and_filters_leave_others_out(stored):
    whole = claims_view(stored, selection(stored))
    assert whole.query.period == JUNE
    assert whole.whole.count("visits") == 12
    district = claims_view(stored, selection(stored, area="D6102"))
    assert district.whole.count("visits") == 0
    officials = claims_view(stored, selection(stored, fund="csmbs"))
    # UC is silent beside them and could fail: nothing is judged.
    assert (officials.whole.count("visits"), officials.failing("missing")) == (1, (0, 0))
    assert whole.whole.at_risk == 2 * 100.5
    assert [(one.code, one.count) for one in whole.denials] == [("C305", 1)]


def test_a_hospital_with_one_fund_alone_stays_open_and_words_say_why(stored):
    shown = claims_view(stored, selection(stored, area="D6101"))
    assert shown.alone == {"uc": 1}  # 11202; 11201 has both.
    judged = {one.place.code: one.judged.verdicts["missing"] for one in shown.hospitals}
    assert judged == {"11201": Verdict.FAIL, "11202": Verdict.NOT_JUDGED}
    lines = [one.en for one in silent_funds(shown)]
    assert "Universal coverage (UC) alone in this month: 1" in lines[0]
    assert "with 0 for that fund" in lines[1]
    assert silent_funds(claims_view(stored, selection(stored, area="11201"))) == ()
    chosen = claims_view(stored, selection(stored, fund="uc"))
    assert "With one fund chosen" in silent_funds(chosen)[0].en


def test_visits_behind_a_figure_say_their_file_and_row(stored):
    asked = selection(stored, area="11201")
    page = visits_of(stored, asked, "delayed", 1)
    assert (page.count, page.rows[0]["line"]) == (1, 10)
    assert page.files[page.rows[0]["upload"]] == "claims.csv"
    assert visits_of(stored, asked, "failed", 9).page == 1
    everything = visits_of(stored, asked, "all", 1)
    assert everything.count == 10  # The late one is of March.


def test_what_no_file_says_is_unknown_and_no_zero(country):
    data = b"hcode,fund,SEQ,end,claimed\n11201,UCS,1,2023-06-05,100"
    store_claims(country, examine_for(country, {"a.csv": data}, today=TODAY), by="tester")
    shown = claims_view(country, selection(country))
    assert (shown.whole.at_risk, shown.whole.owed, shown.whole.unsent("0")) == (None, None, None)
    own = shown.hospitals[0].judged
    assert {own.verdicts[part] for part in own.verdicts} == {Verdict.NOT_JUDGED}


def test_compensation_feeds_the_strategy_plan(country):
    head = "hcode,fund,AN,end,claimed,compensated"
    data = f"{head}\n11201,UCS,1,2023-06-05,100,90\n11202,UCS,2,2023-06-05,100,".encode()
    store_claims(country, examine_for(country, {"a.csv": data}, today=TODAY), by="tester")
    assert compensated(country, "P61", [JUNE], patient="ip") == (90.0, 100.0)
    assert compensated(country, "P65", [JUNE], patient="ip") == (0.0, 0.0)
    kpi = SimpleNamespace(measured_by="ip_compensation", quarters=(), within=None)
    (share,) = fed(country, Scope("P61", JUNE, kpi)).course
    assert (share.period, share.percent) == (JUNE, 90.0)


def test_withdrawing_takes_the_defects_back_as_well(stored):
    withdraw_claims(stored, 1, by="tester", reason="wrong month")
    assert selection(stored) is None
    with reading(stored) as session:
        fed = observed_table(session, "revenue-4s4c", periods={JUNE}, subjects={"11201"})
    assert not fed.subjects
    assert [one.state for one in claim_uploads(stored)] == ["withdrawn"]
    again = send(stored, line("1"))
    assert again.upload == 2


def test_the_same_file_again_changes_nothing_and_says_so(country):
    first = send(country, line("1"))
    again = send(country, line("1"))
    assert (first.upload, again.upload) == (1, None)
    assert [one.code for one in again.intake.issues] == ["S083"]


def is_citizen(digits):
    total = sum(int(d) * w for d, w in zip(digits[:12], range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10 == int(digits[12])


def texts_of(folder):
    """Every text and number that the files and the database of a ledger hold."""
    for path in folder.rglob("*.parquet"):
        table = pq.read_table(path, partitioning=None)
        yield from (str(value) for column in table.columns for value in column.to_pylist())
    with sqlite3.connect(folder / "claims.db") as database:
        for (table_name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            rows = database.execute(f"SELECT * FROM {table_name}").fetchall()
            yield from map(str, itertools.chain.from_iterable(rows))


def test_no_citizen_number_and_no_name_is_anywhere_in_the_store(stored, tmp_path):
    assert is_citizen(CITIZEN)
    send(stored, line("20", code=CITIZEN), name=f"{CITIZEN}.csv")
    folder = folder_of(stored)
    everything = list(texts_of(folder))
    assert len(everything) > 100
    windows = (
        run[n : n + 13]
        for text in everything
        for run in re.findall(r"\d{13,}", text)
        for n in range(len(run) - 12)
    )
    assert not [one for one in windows if is_citizen(one)]
    whole = "\n".join(everything)
    assert "สมชาย" not in whole
    assert "ใจดี" not in whole
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert CITIZEN.encode() not in raw
    assert "สมชาย".encode() not in raw


def test_the_secret_is_for_its_owner_alone_and_makes_other_keys_in_another_store(stored):
    secret = folder_of(stored) / "visit-key.secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    key = visits_of(stored, selection(stored), "all", 1).rows[0]["visit"]
    assert not any(letter.isdigit() for letter in key)
