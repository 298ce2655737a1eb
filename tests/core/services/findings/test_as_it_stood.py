"""Findings, closings and files as they stood at a moment, whatever was done to them since."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from core.errors import NotFoundError
from core.periods import parse_period
from core.services.evidence.deeds import Actor
from core.services.evidence.handed_in import HandedIn
from core.services.findings.changes import Plan, accept, plan, report, withdraw
from core.services.findings.closing import close_period
from core.services.findings.listing import (
    Filter,
    all_closings,
    listed_findings,
    today,
    whole_finding,
)
from core.services.importing.store_intake import restore as put_back
from core.services.importing.store_intake import withdraw as take_back
from core.store.engine.unit_of_work import reading
from core.store.findings.repository import stamp
from core.store.findings.rows import StoredFinding
from core.store.results.moment import held_at
from core.store.uploads.observed_table import observed_table
from core.store.uploads.submissions import current_submissions
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

ONE_DATABASE = True
PROVINCE, CUP = Actor("ก", "province"), Actor("ข", "cup")
PLAN = Plan("income", "มาตรการ", "director", "รพ.", "2030-01-31")


def now() -> datetime:
    return datetime.now(UTC)


def close(engine: Engine, month: int) -> None:
    close_period(engine, parse_period(f"2566-M{month:02}"), actor=PROVINCE, area="TH", at=now())


def stood(engine: Engine, number: int) -> StoredFinding:
    """A finding without what is only looked at: the last light that was judged."""
    one = whole_finding(engine, number).listed.stored
    return replace(one, light=0, seen_in=parse_period("2566-M01"))


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("11201"))
    send(engine, row("11201", BROKE, month=8))
    return engine


def test_each_state_of_a_finding_is_found_again_at_its_moment(engine: Engine) -> None:
    close(engine, 8)
    (first, *_others) = listed_findings(engine, Filter(state="all"))
    number = first.stored.id
    told: list[tuple[datetime, StoredFinding]] = []

    def remember() -> None:
        told.append((now(), stood(engine, number)))

    def sent(month: int, figures: dict[str, float]) -> None:
        send(engine, row("11201", figures, month=month))
        close(engine, month)

    remember()
    for step in (
        lambda: plan(engine, number, PLAN, actor=CUP),
        lambda: report(engine, number, HandedIn("https://example.org/a"), actor=CUP),
        lambda: plan(engine, number, replace(PLAN, measure="อื่น"), actor=CUP),
        lambda: sent(9, SOUND),
        lambda: accept(engine, number, actor=PROVINCE),
        lambda: sent(10, BROKE),
        lambda: plan(engine, number, PLAN, actor=CUP),
        lambda: withdraw(engine, number, actor=PROVINCE, why="ผิด"),
    ):
        step()
        remember()
    assert len({one.stage for _at, one in told}) >= 4
    for at, one in told:
        assert stood(held_at(engine, 1, at), number) == one


def test_what_was_opened_or_closed_later_is_not_there_yet(engine: Engine) -> None:
    before = held_at(engine, 1, now())
    close(engine, 8)
    assert listed_findings(engine, Filter(state="all"))
    assert listed_findings(before, Filter(state="all")) == ()
    assert (len(all_closings(engine)), len(all_closings(before))) == (1, 0)
    with pytest.raises(NotFoundError):
        whole_finding(before, 1)


def test_whoever_writes_changes_what_stands_now(engine: Engine) -> None:
    close(engine, 8)
    then = held_at(engine, 1, now())
    plan(engine, 1, PLAN, actor=CUP)
    report(then, 1, HandedIn("https://example.org/a"), actor=CUP)
    assert whole_finding(engine, 1).listed.stored.measure == PLAN.measure
    assert whole_finding(then, 1).listed.stored.measure == ""


def test_due_dates_are_held_against_the_day_of_the_moment(engine: Engine) -> None:
    then = datetime(2031, 5, 1, tzinfo=UTC)
    with reading(engine) as session:
        known = stamp(session)
    assert today(held_at(engine, 1, then), known) == then.date()


def test_files_count_as_they_did(engine: Engine) -> None:
    moments = [now()]
    sent = send(engine, row("11201", SOUND, month=8)).upload.id
    moments.append(now())
    take_back(engine, sent, by="ก", reason="ผิด")
    moments.append(now())
    put_back(engine, sent, by="ก", reason="ถูกแล้ว")
    figures = [cash(engine, at) for at in (*moments, now())]
    assert figures == [BROKE["finance.cash"], SOUND["finance.cash"]] * 2
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    with reading(held_at(engine, 1, long_ago)) as session:
        assert current_submissions(session, "finance") == ()


def cash(engine: Engine, at: datetime) -> float:
    """The cash that counted at a moment."""
    with reading(held_at(engine, 1, at)) as session:
        (told,) = current_submissions(session, "finance")
        table = observed_table(session, "finance")
    assert table.submissions.tolist() == [told.id]
    return float(table.columns["finance.cash"].values[0])
