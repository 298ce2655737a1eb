"""A meeting keeps its agenda, its questions and the moment of its figures."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from core.errors import StoreError
from core.periods import parse_period
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.meetings import repository as stored
from core.store.meetings.repository import NewMeeting, StoredEntry, StoredMeeting
from core.store.results.versions import latest_version, open_version
from core.text import Text

PERIOD = parse_period("2566-M08")
ENTRIES = (
    StoredEntry("overview", {"area": "P61", "period": "2566-M08"}, Text("อุทัยธานี", "Uthai Thani")),
    StoredEntry("facility", {"facility": "11222"}, Text("รพ.ก", "Hospital A"), note="หนี้สิน"),
)


def enter(engine: Engine) -> int:
    with unit_of_work(engine) as session:
        new = NewMeeting(
            title="ประชุม", area="P61", period=PERIOD, rules="abc", made_by="ก", minutes=7
        )
        number = stored.enter_meeting(session, new, ENTRIES)
        session.commit()
    return number


def read(engine: Engine, number: int) -> StoredMeeting:
    with reading(engine) as session:
        return stored.meeting(session, number)


def test_a_meeting_comes_back_as_it_was_made(engine: Engine) -> None:
    number = enter(engine)
    shown = read(engine, number)
    with reading(engine) as session:
        assert stored.entries(session, number) == ENTRIES
        assert stored.meetings(session) == (shown,)
        assert shown.taken.version_id == latest_version(session)
    assert (shown.title, shown.area, shown.period, shown.minutes) == ("ประชุม", "P61", PERIOD, 7)


def test_two_meetings_of_one_moment_are_two(engine: Engine) -> None:
    first, second = enter(engine), enter(engine)
    assert first != second
    assert read(engine, first).taken.version_id == read(engine, second).taken.version_id


def test_a_later_version_changes_no_meeting_until_it_is_frozen_again(engine: Engine) -> None:
    number = enter(engine)
    before = read(engine, number)
    with unit_of_work(engine) as session:
        version = open_version(session, why="import", by="ข")
        session.commit()
    assert read(engine, number).taken == before.taken
    with unit_of_work(engine) as session:
        stored.freeze_again(session, before, rules="new", by="ข")
        session.commit()
    after = read(engine, number)
    assert (after.taken.version_id, after.rules) == (version, "new")
    assert after.revision == before.revision + 1


def test_of_two_changes_of_one_agenda_the_later_is_told(engine: Engine) -> None:
    number = enter(engine)
    known = read(engine, number)
    with unit_of_work(engine) as session:
        stored.change_agenda(session, known, [replace(ENTRIES[1], left_out=True)])
        session.commit()
    with unit_of_work(engine) as session, pytest.raises(StoreError) as error:
        stored.change_agenda(session, known, ENTRIES)
    assert error.value.code == "S018"
    with reading(engine) as session:
        assert stored.entries(session, number) == (replace(ENTRIES[1], left_out=True),)


def test_questions_are_open_until_they_are_closed(engine: Engine) -> None:
    number = enter(engine)
    with unit_of_work(engine) as session:
        first = stored.ask(session, number, "หนี้ค้างเกินปีเท่าใด", view="รพ.ก", by="ก")
        stored.ask(session, number, "แผนปีหน้า", view="", by="ข")
        stored.close_question(session, first)
        session.commit()
    with reading(engine) as session:
        asked = stored.questions(session, number)
    assert [(one.question, one.closed_at is None) for one in asked] == [
        ("หนี้ค้างเกินปีเท่าใด", False),
        ("แผนปีหน้า", True),
    ]


def test_a_meeting_that_is_not_there_is_named(engine: Engine) -> None:
    with pytest.raises(StoreError) as error:
        read(engine, 99)
    assert (error.value.code, error.value.params) == ("S017", {"meeting": 99})
