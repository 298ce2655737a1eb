"""The page of meetings: one is made, its agenda changed, its questions answered."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.services.meeting import meetings
from core.services.meeting.meetings import Meeting, hold_meeting, meeting
from core.services.meeting.report import NOTE
from core.services.stores import open_store
from tests.core.services.sending import BROKE, row, send
from tests.country import NOW
from tests.pages.conftest import Open, text


@pytest.fixture
def engine(country: Path) -> Engine:
    assert country.exists()
    return open_store("demo")


@pytest.fixture
def number(engine: Engine) -> int:
    return hold_meeting(engine, "P61", NOW, by="ผู้จัด")


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run(timeout=60)
    assert not app.exception
    return app


def agenda(engine: Engine, number: int) -> list[str]:
    return [one.title.th for one in meeting(engine, number).entries]


def known(engine: Engine, number: int) -> Meeting:
    return meeting(engine, number)


def test_a_meeting_is_made_by_somebody_and_begins_with_its_agenda(
    engine: Engine, open_page: Open
) -> None:
    app = open_page("meeting", area="P61", period="2566-M09")
    assert next(one for one in app.button if one.label == "สร้างการประชุม").disabled
    app.text_input(key="meeting.by").input("ผู้จัด").run()
    press(app, "สร้างการประชุม")
    (made,) = meetings.all_meetings(engine)
    assert (made.area, made.period, made.made_by) == ("P61", NOW, "ผู้จัด")
    assert made.title in text(app)
    assert "เริ่มนำเสนอ" in text(app)


def test_a_view_is_moved_left_out_and_annotated(
    engine: Engine, number: int, open_page: Open
) -> None:
    before = agenda(engine, number)
    app = open_page("meeting", meeting=str(number), edit="2")
    press(app, "เลื่อนขึ้น")
    assert agenda(engine, number)[:2] == before[1::-1]
    press(app, "ข้ามหน้านี้")
    assert known(engine, number).entries[0].left_out
    app.text_area(key="meeting.note.1").input("ถามเรื่องหนี้")
    press(app, "เก็บบันทึกนี้")
    assert known(engine, number).entries[0].note == "ถามเรื่องหนี้"
    press(app, "ลบออกจากวาระ")
    assert agenda(engine, number) == [before[0], *before[2:]]


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("http://127.0.0.1:8501/crisis?area=P61&lang=en&why=x", "crisis"),
        ("https://truat.example/base/?area=R03", "overview"),
        ("ข้อสรุปของการตรวจราชการ", NOTE),
    ],
)
def test_a_link_or_a_heading_is_added_at_the_end(
    engine: Engine, number: int, open_page: Open, typed: str, page: str
) -> None:
    app = open_page("meeting", meeting=str(number))
    app.text_input(key="meeting.typed").input(typed)
    press(app, "เพิ่มไว้ท้ายวาระ")
    last = known(engine, number).entries[-1]
    assert last.page == page
    assert not {"lang", "why"} & set(dict(last.parameters))


@pytest.mark.parametrize("typed", ["http://127.0.0.1:8501/upload", "https://example.org/other"])
def test_a_link_to_no_results_is_refused(
    engine: Engine, number: int, open_page: Open, typed: str
) -> None:
    before = agenda(engine, number)
    app = open_page("meeting", meeting=str(number))
    app.text_input(key="meeting.typed").input(typed)
    press(app, "เพิ่มไว้ท้ายวาระ")
    assert "ลิงก์นี้ไม่ใช่หน้าที่แสดงผล" in app.error[0].value
    assert agenda(engine, number) == before


def test_results_stored_since_are_told_and_shown_only_when_somebody_asks(
    engine: Engine, number: int, open_page: Open
) -> None:
    taken = known(engine, number).about.taken
    send(engine, row("11203", BROKE))
    app = open_page("meeting", meeting=str(number))
    assert "ยังแสดงผล ณ เวลาที่ตรึงไว้" in text(app)
    assert known(engine, number).about.taken == taken
    app.text_input(key="meeting.who").input("ผู้จัด").run()
    press(app, "แสดงผล ณ ขณะนี้")
    assert known(engine, number).about.taken.version_id > taken.version_id
    assert "ยังแสดงผล ณ เวลาที่ตรึงไว้" not in text(app)


def test_questions_are_answered_and_stay(engine: Engine, number: int, open_page: Open) -> None:
    meetings.ask(engine, number, "หนี้ค้างเท่าใด", view="รพ.ก", by="ก")
    app = open_page("meeting", meeting=str(number))
    press(app, "ตอบแล้ว")
    assert known(engine, number).open_questions == ()
    assert "หนี้ค้างเท่าใด" in text(app)


def test_a_page_of_a_meeting_shows_its_moment_and_says_so(
    engine: Engine, number: int, open_page: Open
) -> None:
    before = text(open_page("crisis", area="P61", period="2566-M09"))
    send(engine, row("11203", BROKE))
    now = text(open_page("crisis", area="P61", period="2566-M09"))
    assert now != before
    frozen = text(open_page("crisis", area="P61", period="2566-M09", meeting=str(number)))
    assert frozen.split("ข้อมูล ณ")[0] == before.split("ข้อมูล ณ")[0]
    lost = text(open_page("crisis", area="P61", period="2566-M09", meeting="99"))
    assert "99" in lost
