"""The page of files that were sent: the list, one of them, and taking it back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

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


def test_a_file_is_taken_back_with_who_and_why(engine: Engine, open_page: Open) -> None:
    page = open_page("uploads", upload="2")
    assert sent_file(engine, 2)[0].upload.sha256 in text(page)
    button = next(one for one in page.button if one.label == "ถอนฉบับนี้")
    button.click().run()
    assert page.error[0].value.startswith("พิมพ์ชื่อผู้ดำเนินการ")
    assert sent_file(engine, 2)[0].upload.state == "active"
    page.text_input(key="uploads.by.2").input("ผู้ดูแล")
    page.text_input(key="uploads.reason.2").input("ส่งผิดเดือน")
    next(one for one in page.button if one.label == "ถอนฉบับนี้").click().run()
    assert not page.exception
    assert sent_file(engine, 2)[0].upload.state == "withdrawn"
    assert "ส่งผิดเดือน" in text(page)


def test_a_file_that_is_not_there_is_said(engine: Engine, open_page: Open) -> None:
    shown = text(open_page("uploads", upload="77"))
    assert "77" in shown
    assert "ส่งแล้ว 2 ไฟล์" in shown
    assert engine is not None
