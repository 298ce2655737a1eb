"""Many dropped files are previewed together, confirmed once, and have a receipt each."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.services.importing.sent import sent_files
from core.services.stores import open_store
from tests.core.services.bulk.test_sources import archive
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, table
from tests.pages.conftest import Open, drop, text

FILES = (
    ("ก.csv", table(row("11201", SOUND), row("11202", BROKE))),
    ("ข.csv", table(row("11202", SOUND, month=8))),
    ("เสีย.xlsx", b"rubbish"),
)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    own = open_store("own")
    (tmp_path / "open.txt").write_text("own\n", encoding="utf-8")
    register(own, hospital("11201"), hospital("11202"))
    return own


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run(timeout=60)
    assert not app.exception
    return app


def test_nothing_is_stored_before_it_is_confirmed(engine: Engine, open_page: Open) -> None:
    app = drop(open_page("upload"), *FILES)
    press(app, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    assert "สิ่งที่จะเปลี่ยน" in text(app)
    assert not [one for one in app.button if one.label.startswith("ยืนยันและบันทึก")]
    assert sent_files(engine) == ()


def test_all_are_stored_at_once_with_a_receipt_each(engine: Engine, open_page: Open) -> None:
    app = drop(open_page("upload"), *FILES)
    app.text_input(key="storing.all.by").input("ผู้บันทึก").run()
    press(app, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    press(app, "ยืนยันและบันทึก 2 ไฟล์")
    sent = sent_files(engine)
    assert {(one.upload.file_name, one.upload.uploaded_by) for one in sent} == {
        ("ก.csv", "ผู้บันทึก"),
        ("ข.csv", "ผู้บันทึก"),
    }
    shown = text(app)
    for one in sent:
        assert one.upload.sha256 in shown
    again = drop(open_page("upload"), *FILES)
    press(again, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    assert "บันทึกไว้แล้ว" in text(again)
    assert len(sent_files(engine)) == 2


def test_one_that_fails_is_told_and_stops_no_other(engine: Engine, open_page: Open) -> None:
    header = table(row("11201", SOUND)).split(b"\n")[0]
    app = drop(open_page("upload"), ("ว่าง.csv", header), FILES[0])
    app.text_input(key="storing.all.by").input("ผู้บันทึก").run()
    press(app, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    assert "ยังไม่ได้บันทึก โปรดเปิดดูทีละไฟล์ด้านบน" in text(app)
    press(app, "ยืนยันและบันทึก 1 ไฟล์")
    assert [one.upload.file_name for one in sent_files(engine)] == ["ก.csv"]


def test_an_archive_is_its_files(engine: Engine, open_page: Open) -> None:
    app = drop(open_page("upload"), ("ส่งมา.zip", archive(dict(FILES))))
    assert "เสีย.xlsx" in text(app)
    app.text_input(key="storing.all.by").input("ผู้บันทึก").run()
    press(app, "ดูว่าทุกไฟล์จะเปลี่ยนอะไร")
    press(app, "ยืนยันและบันทึก 2 ไฟล์")
    assert {one.upload.file_name for one in sent_files(engine)} == {"ก.csv", "ข.csv"}


def test_an_archive_of_more_than_are_shown_one_by_one_is_checked_as_a_whole(
    engine: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[Path, int, str | None]] = []

    def begin(path: Path, count: int, by: str | None = None) -> None:
        assert path.stat().st_size
        begun.append((path, count, by))

    monkeypatch.setattr("components.uploads.archive.begin", begin)
    many = archive({f"{number}.csv": b"" for number in range(101)})
    app = drop(open_page("upload"), ("ส่งมา.zip", many))
    assert "ส่งมา.zip: 101 ไฟล์" in text(app)
    # Nothing but a look at it, and no file of it is read by the page itself.
    assert [(count, by) for _path, count, by in begun] == [(101, None)]
    assert sent_files(engine) == ()
