"""A meeting shows the results of its moment, whatever is stored, renamed or closed afterwards."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete

from core.errors import StoreError, UsageError
from core.reports.slide import Report
from core.services.meeting import meetings
from core.services.meeting.meetings import MOST_LETTERS, Entry, Meeting, hold_meeting, meeting
from core.services.meeting.report import NOTE, area_report, report_of, slide_of_entry
from core.services.meeting.slides import slide_of
from core.store.backup.files import back_up, restore
from core.store.engine.unit_of_work import unit_of_work
from core.store.meetings.repository import StoredEntry
from core.store.register.repository import enter_areas, enter_facilities
from core.store.register.row import AreaRow, FacilityRow
from core.store.schema.tables import RegisterPast
from core.text import Text
from tests.core.services.sending import BROKE, SOUND, hospital, row, send
from tests.country import BEFORE, NOW, small_country

ONE_DATABASE = True
PROVINCE = "P61"


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


def held(country: Engine) -> int:
    return hold_meeting(country, PROVINCE, NOW, by="ผู้จัด")


def shown(country: Engine, number: int) -> Report:
    return report_of(meeting(country, number))


def stored(shown: Meeting) -> list[StoredEntry]:
    return [
        StoredEntry(one.page, dict(one.parameters), one.title, one.note, one.left_out)
        for one in shown.entries
    ]


def test_a_proposed_agenda_begins_with_the_area_and_has_every_hospital_of_it(
    country: Engine,
) -> None:
    opened = meeting(country, held(country))
    assert opened.entries[0].page == "overview"
    facilities = {dict(one.parameters).get("facility") for one in opened.entries}
    assert facilities >= {"11201", "11202", "11203", "11204"}
    assert not facilities & {"11301", "11302"}


def test_a_later_file_changes_nothing_that_is_shown(country: Engine) -> None:
    number = held(country)
    before = shown(country, number)
    now = area_report(country, PROVINCE, NOW)
    assert before.slides == now.slides
    assert before.title == now.title, "in both languages"
    send(country, row("11203", BROKE), row("11202", SOUND))
    assert shown(country, number) == before
    assert area_report(country, PROVINCE, NOW).slides != before.slides
    assert meeting(country, number).is_behind


def test_every_page_with_a_slide_is_frozen(country: Engine) -> None:
    number = held(country)
    opened = meeting(country, number)
    before = [slide_of(country, one.page, dict(one.parameters)) for one in opened.entries]
    send(country, row("11203", BROKE), row("11202", SOUND), row("11301", BROKE))
    kept = meetings.frozen(country, number)
    assert [slide_of(kept, one.page, dict(one.parameters)) for one in opened.entries] == before
    assert [slide_of(country, one.page, dict(one.parameters)) for one in opened.entries] != before


def test_freezing_again_is_what_shows_the_results_of_now(country: Engine) -> None:
    number = held(country)
    send(country, row("11203", BROKE))
    meetings.freeze_again(country, meeting(country, number).about, by="ผู้จัด")
    assert shown(country, number).slides == area_report(country, PROVINCE, NOW).slides
    assert not meeting(country, number).is_behind


def test_a_meeting_comes_back_from_a_backup(country: Engine, tmp_path: Path) -> None:
    number = held(country)
    before = shown(country, number)
    back_up(country, tmp_path / "kept.db")
    send(country, row("11203", BROKE))
    meetings.freeze_again(country, meeting(country, number).about, by="ผู้จัด")
    restore(tmp_path / "kept.db", country)
    assert shown(country, number) == before


def changed_register(country: Engine, *rows: FacilityRow) -> None:
    with unit_of_work(country) as session:
        enter_areas(session, [AreaRow("P61", "จังหวัดใหม่", "New Province", "R03")])
        enter_facilities(session, rows)
        session.commit()


RENAMED = replace(
    hospital("11201"), name_th="โรงพยาบาลใหม่", name_en="New", closed_on=date(2023, 6, 30)
)


MOVED = replace(RENAMED, district="D6501", hgr="M2", beds=150)
"""To another province and into another group as well."""


def test_names_closing_days_districts_groups_and_who_is_there_are_frozen(country: Engine) -> None:
    number = held(country)
    before = shown(country, number)
    changed_register(country, MOVED, hospital("11299"))
    with unit_of_work(country) as session:
        enter_facilities(session, [hospital("11203", "D6501", hgr="F1")], since=BEFORE)
        session.commit()
    assert area_report(country, PROVINCE, NOW).slides != before.slides
    assert shown(country, number) == before
    entry = entry_of(country, number)
    # The agenda says what became of it, its slide shows the very words of then.
    assert entry.now_called == Text("โรงพยาบาลใหม่", "New")
    assert (entry.closed_on, entry.then_called, entry.then_closed) == (
        date(2023, 6, 30),
        None,
        None,
    )


def test_frozen_again_it_says_what_was_renamed_and_closed(country: Engine) -> None:
    number = held(country)
    changed_register(country, RENAMED)
    meetings.freeze_again(country, meeting(country, number).about, by="ผู้จัด")
    told = slide_of_entry(meeting(country, number), entry_of(country, number)).lines
    assert [line.status.en for line in told[:2]] == ["Renamed", "Closed"]
    assert "โรงพยาบาลใหม่" in told[0].text.th
    assert "its last day was 30 Jun 2566" in told[1].text.en
    assert len(told) <= 5


def test_a_snapshot_from_before_names_were_kept_still_opens(country: Engine) -> None:
    number = held(country)
    changed_register(country, RENAMED)
    with unit_of_work(country) as session:
        session.execute(delete(RegisterPast))
        session.commit()
    told = slide_of_entry(meeting(country, number), entry_of(country, number))
    assert "โรงพยาบาลใหม่" in told.lines[0].text.th
    assert told.figure


def entry_of(country: Engine, number: int) -> Entry:
    """The view of a hospital that is renamed and closed."""
    entries = meeting(country, number).entries
    return next(one for one in entries if dict(one.parameters).get("facility") == "11201")


def test_order_notes_and_what_is_left_out_are_kept(country: Engine) -> None:
    number = held(country)
    opened = meeting(country, number)
    first, second, *others = stored(opened)
    changed = [replace(second, note=" ถามเรื่อง\nหนี้ "), replace(first, left_out=True), *others]
    changed.append(StoredEntry(NOTE, {}, Text("สรุป", "สรุป")))
    meetings.change_agenda(country, opened.about, changed)
    again = meeting(country, number)
    assert again.entries[0].note == "ถามเรื่อง หนี้"
    assert [one.title for one in again.shown] == [
        second.title, *(one.title for one in others), Text("สรุป", "สรุป")
    ]  # fmt: skip
    assert report_of(again).slides[-1].title == Text("สรุป", "สรุป")


def test_whoever_changes_an_older_agenda_is_told_and_nothing_is_lost(country: Engine) -> None:
    number = held(country)
    opened = meeting(country, number)
    meetings.change_agenda(country, opened.about, stored(opened)[::-1])
    with pytest.raises(StoreError) as error:
        meetings.change_agenda(country, opened.about, [])
    assert error.value.code == "S018"
    assert len(meeting(country, number).entries) == len(opened.entries)


def test_open_questions_are_listed_in_the_report(country: Engine) -> None:
    number = held(country)
    meetings.ask(country, number, "  หนี้ค้างเท่าใด  ", view="รพ.ก", by="ก")
    meetings.ask(country, number, "   ", view="", by="ก")
    meetings.ask(country, number, "ตอบแล้ว", view="", by="ก")
    answered = meeting(country, number).questions[-1]
    meetings.close_question(country, answered.id)
    assert shown(country, number).questions == ("หนี้ค้างเท่าใด",)


def test_a_text_nobody_would_read_is_refused_whole(country: Engine) -> None:
    number = held(country)
    meetings.ask(country, number, "ก" * MOST_LETTERS, view="", by="ก")
    with pytest.raises(UsageError) as error:
        meetings.ask(country, number, "ก" * (MOST_LETTERS + 1), view="", by="ก")
    assert error.value.code == "U010"
    assert len(meeting(country, number).questions) == 1
