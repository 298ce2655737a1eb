"""The page on which self-assessments are verified: who may, one item, the rest, a lock, a file."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.access import actors
from core.access.actors import Actor, Grant
from core.access.roles import Role
from core.periods import Period
from core.services.assessments.changes import accept_agreeing, lock
from core.services.assessments.listing import WholeAssessment, whole_assessment
from core.services.meeting.slides import slide_of
from core.services.stores import open_store
from core.store.assessments.rows import Key, Stage
from tests.core.services.sending import hospital, register, send_star
from tests.pages.conftest import Open, text

KEY = Key("star-2561", "D6101", Period(2561))
NAME = f"assessments.{{}}.{KEY}"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    own = open_store("own")
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    register(own, hospital("11201"))
    send_star(own, by="ผู้ส่ง")
    return own


def seen(engine: Engine) -> WholeAssessment:
    return whole_assessment(engine, KEY)


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def test_one_item_is_verified_with_a_reason_then_all_that_are_left(
    engine: Engine, open_page: Open
) -> None:
    page = open_page("verify", assessment=str(KEY))
    assert "ยังไม่ตรวจ" in text(page)
    first = seen(engine).in_order[0]
    name = f"{first.item.measure}.0"
    page.number_input(key=NAME.format(f"score.{name}")).set_value(first.item.low)
    page.text_input(key=NAME.format("verify.by")).input("สสจ.")
    if first.own != first.item.low:
        press(page, "บันทึกคะแนนที่ตรวจ")
        assert "เหตุผล" in page.error[0].value
    page.text_input(key=NAME.format(f"why.{name}")).input("ไม่พบหลักฐาน")
    press(page, "บันทึกคะแนนที่ตรวจ")
    assert not page.exception
    assert seen(engine).listed.mark.verified == 1
    page.text_input(key=NAME.format("accept.by")).input("สสจ.")
    press(page, "รับรอง")
    assert page.error[0].value.startswith("โปรดทำเครื่องหมาย")
    page.checkbox(key=NAME.format("accept.meant")).check()
    press(page, "รับรอง")
    assert seen(engine).listed.mark.stage is Stage.VERIFIED
    page.text_input(key=NAME.format("lock.by")).input("สสจ.")
    page.checkbox(key=NAME.format("lock.meant")).check()
    press(page, "ล็อก")
    assert seen(engine).listed.mark.stage is Stage.LOCKED
    assert "ล็อกแล้ว" in text(page)
    assert "ข้อที่ยังไม่ตรวจขึ้นก่อน" not in text(page)


def test_a_locked_one_says_so_wherever_it_is_shown(engine: Engine, open_page: Open) -> None:
    accept_agreeing(engine, KEY, by="สสจ.")
    lock(engine, KEY, by="สสจ.")
    for page, address in (("star", {"area": "D6101"}), ("uploads", {"upload": "1"})):
        assert "ล็อกแล้ว" in text(open_page(page, **address))
    slide = slide_of(engine, "star", {"area": "D6101"})
    assert any("ตรวจแล้ว 1 จาก 1" in one.th for one in slide.sources)
    page = open_page("uploads", upload="1")
    page.text_input(key="uploads.by.withdraw.1").input("คปสอ.")
    page.text_input(key="uploads.reason.withdraw.1").input("ส่งผิด")
    press(page, "ถอนฉบับนี้")
    assert "ล็อกแล้วโดย สสจ." in page.error[0].value


def test_a_network_sees_the_scores_and_cannot_verify(
    engine: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUAT_SIGN_IN", "local")
    network = Actor("local", "cup", "คปสอ.", (Grant(Role.CUP, "D6101"),))
    monkeypatch.setattr(actors, "_FINDERS", [lambda: network])
    page = open_page("verify", assessment=str(KEY))
    monkeypatch.delenv("TRUAT_SIGN_IN")
    assert "ผู้ตรวจได้" in " ".join(one.value for one in page.markdown)
    assert "บันทึกคะแนนที่ตรวจ" not in {one.label for one in page.button}
    assert not seen(engine).steps


def test_what_is_not_there_is_said(engine: Engine, open_page: Open) -> None:
    assert engine is not None
    for named in ("x", "star-2561:D6501:2561", "star-2561:D6101:x"):
        assert named in text(open_page("verify", assessment=named))
