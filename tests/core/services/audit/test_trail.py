"""What services do to the store stands in the trail, with who, before and after."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.periods import parse_period
from core.services.audit.origin import coming_from
from core.services.audit.trail import day_begins, deed_json, deeds, deeds_csv, verified
from core.services.evidence.deeds import Actor
from core.services.findings.by_hand import open_by_hand
from core.services.findings.changes import withdraw as withdraw_finding
from core.services.importing.files import Sender, import_file
from core.services.importing.store_intake import withdraw
from core.services.meeting.meetings import about, ask, change_meeting, hold_meeting
from core.store.audit.listing import KeptDeed, Wanted
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import BROKE, row, table
from tests.country import small_store


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    yield small_store(tmp_path)
    close_engines()


def newest(engine: Engine) -> KeptDeed:
    return deeds(engine, Wanted())[0]


def test_files_sent_and_taken_back_are_told_once_each_however_many_figures(
    engine: Engine,
) -> None:
    before = len(deeds(engine, Wanted()))
    data = table(row("11201", BROKE), row("11202", BROKE))
    with coming_from("terminal"):
        done = import_file(engine, data, "เดือน.csv", Sender("สมหญิง")).receipt
        assert done is not None
        import_file(engine, data, "เดือน.csv", Sender("สมหญิง"))
        withdraw(engine, done.upload.id, by="สมชาย", reason="ผิดไฟล์")
    taken, stored = deeds(engine, Wanted())[: len(deeds(engine, Wanted())) - before]
    assert (stored.action, stored.who, stored.via) == ("upload_stored", "สมหญิง", "terminal")
    assert deed_json(stored)["after"]["sha256"] == done.upload.sha256
    told = deed_json(taken)
    assert (taken.action, taken.who, taken.reason) == ("upload_withdrawn", "สมชาย", "ผิดไฟล์")
    assert (told["before"]["state"], told["after"]["state"]) == ("active", "withdrawn")


def test_findings_and_meetings_are_told_with_both_states(engine: Engine) -> None:
    officer = Actor("สมหญิง", "province")
    period = parse_period("2566-M09")
    opened = open_by_hand(engine, "11201", "crisis.level", period, actor=officer, why="ดูแล้ว")
    assert newest(engine).action == "finding_opened"
    withdraw_finding(engine, opened.finding.id, actor=officer, why="ผิดแห่ง")
    told = deed_json(newest(engine))
    assert (told["action"], told["role"]) == ("finding_withdrawn", "province")
    assert told["before"]["stage"] != told["after"]["stage"]
    number = hold_meeting(engine, "P61", period, by="ประธาน", title="ประชุม")
    assert newest(engine).area == "P61"
    change_meeting(engine, about(engine, number), title="ประชุมใหม่", minutes=5)
    told = deed_json(newest(engine))
    assert (told["before"]["title"], told["after"]["title"]) == ("ประชุม", "ประชุมใหม่")
    ask(engine, number, "หนี้ค้าง", view="", by="ผู้ถาม")
    assert newest(engine).action == "question_asked"
    assert verified(engine).broken is None


def test_no_service_leaves_a_deed_without_a_name(engine: Engine) -> None:
    import_file(engine, table(row("11201", BROKE)), "x.csv", Sender("สมหญิง"))
    before = [one.action for one in deeds(engine, Wanted())]
    assert before[0] != "unnamed"


def test_a_table_of_deeds_never_runs_as_a_formula(engine: Engine) -> None:
    import_file(engine, table(row("11201", BROKE)), "x.csv", Sender("=cmd|' /C calc'!A0"))
    lines = deeds_csv(deeds(engine, Wanted()), "en").decode("utf-8-sig")
    cells = next(csv.reader(io.StringIO(lines.splitlines()[1])))
    assert cells[2].startswith("'=cmd")


@pytest.mark.parametrize("typed", ["2027-02-30", "เมื่อวาน"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(UsageError, match="U060"):
        day_begins(typed)


def test_days_are_those_of_thailand() -> None:
    begun = day_begins("31/1/2570")
    assert begun is not None
    assert begun.isoformat() == "2027-01-31T00:00:00+07:00"
    assert day_begins("") is None
