"""The page of files that were sent: the list, one of them, and taking it back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.periods import parse_period
from core.services.deadlines.lateness import every_lateness
from core.services.importing.sent import sent_file
from core.services.stores import open_store
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send
from tests.pages.conftest import Open, text


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    own = open_store("own")
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    register(own, hospital("11201"))
    send(own, row("11201", SOUND), by="ผู้ส่ง")
    send(own, row("11201", BROKE), by="ผู้ส่ง")
    return own


def test_files_and_how_many_count_are_listed(engine: Engine, open_page: Open) -> None:
    shown = text(open_page("uploads"))
    assert "ส่งแล้ว 2 ไฟล์ นับอยู่ 1 ไฟล์" in shown
    assert sent_file(engine, 1)[0].upload.sha256 not in shown


def test_the_list_follows_the_area_and_says_which(engine: Engine, open_page: Open) -> None:
    assert "อุทัยธานี: ส่งแล้ว 2 ไฟล์" in text(open_page("uploads", area="P61"))
    assert "finance.csv" not in text(open_page("uploads", area="P65"))
    assert engine is not None


def test_a_file_is_taken_back_with_who_and_why(engine: Engine, open_page: Open) -> None:
    page = open_page("uploads", upload="2")
    assert sent_file(engine, 2)[0].upload.sha256 in text(page)
    button = next(one for one in page.button if one.label == "ถอนฉบับนี้")
    button.click().run()
    assert page.error[0].value.startswith("พิมพ์ชื่อผู้ดำเนินการ")
    assert sent_file(engine, 2)[0].upload.state == "active"
    page.text_input(key="uploads.by.withdraw.2").input("ผู้ดูแล")
    page.text_input(key="uploads.reason.withdraw.2").input("ส่งผิดเดือน")
    next(one for one in page.button if one.label == "ถอนฉบับนี้").click().run()
    assert not page.exception
    assert sent_file(engine, 2)[0].upload.state == "withdrawn"
    assert "ส่งผิดเดือน" in text(page)


def test_a_file_that_is_not_there_is_said(engine: Engine, open_page: Open) -> None:
    shown = text(open_page("uploads", upload="77"))
    assert "77" in shown
    assert "ส่งแล้ว 2 ไฟล์" in shown
    assert engine is not None


def test_a_last_day_is_set_and_who_is_late_is_listed(engine: Engine, open_page: Open) -> None:
    page = open_page("uploads")
    assert "ยังไม่ได้ตั้งกำหนดส่ง" in " ".join(one.value for one in page.markdown)
    page.selectbox(key="deadlines.form").select("finance")
    page.text_input(key="deadlines.period").input("2566-M09")
    page.text_input(key="deadlines.day").input("15 ก.ค.")
    page.text_input(key="deadlines.by").input("ผู้ดูแล")
    press(page, "ตั้งกำหนด")
    assert "ไม่ใช่วันที่" in page.error[0].value
    page.text_input(key="deadlines.day").input("2566-07-15")
    press(page, "ตั้งกำหนด")
    assert not page.error
    (one,) = every_lateness(engine, area="TH")
    assert (one.period, one.counts["late"], len(one.places)) == (parse_period("2566-M09"), 1, 1)
    shown = text(open_page("uploads", late="finance 2566-M09"))
    assert "15 ก.ค. 2566" in shown
    assert shown.index("ส่งช้ากว่ากำหนด") < shown.index("finance.csv"), "what was asked for first"
    assert "โรงพยาบาล 11201" in shown


def test_a_form_and_period_nobody_knows_is_said(engine: Engine, open_page: Open) -> None:
    assert "nothing 2566" in text(open_page("uploads", late="nothing 2566"))
    assert engine is not None


def press(page: AppTest, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()
    assert not page.exception
