"""The page of the audit trail: what was done is found, and the trail is checked."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.services.stores import open_store
from tests.core.services.sending import SOUND, hospital, register, row, send
from tests.pages.conftest import Open, text


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    own = open_store("own")
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    return own


def test_an_empty_trail_is_said(engine: Engine, open_page: Open) -> None:
    assert "ไม่มีรายการที่ตรงกับที่ค้นหา" in text(open_page("audit"))
    assert engine is not None


def test_deeds_are_found_and_the_trail_is_checked(engine: Engine, open_page: Open) -> None:
    register(engine, hospital("11201"))
    send(engine, row("11201", SOUND), by="ผู้ส่ง")
    page = open_page("audit", action="upload_stored")
    shown = text(page)
    assert "เก็บไว้ 1 รายการ" in shown
    assert "บันทึกไฟล์" in shown
    next(one for one in page.button if one.label == "ตรวจว่าไม่มีใครแก้ร่องรอย").click().run()
    assert not page.exception
    assert page.success[0].value.startswith("ร่องรอยครบถ้วน")
    assert "ไม่มีรายการ" in text(open_page("audit", q="ไม่มีคำนี้"))
