"""The ribbon says how far the demonstration is filled, and when that has stopped."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.frame import filling, ribbon
from components.present.screen import moment_shown
from components.reader.store import find_by_view
from core.demo.progress import Filled
from core.store.engine import settings
from core.store.engine.unit_of_work import close_engines
from tests.components.drawn import draw, html_of
from tests.country import small_store


@pytest.mark.parametrize(
    ("is_running", "months", "said"),
    [
        (True, 0, "เริ่มจากเดือนล่าสุด"),
        (True, 6, "เสร็จแล้ว 6 จาก 24 เดือน"),
        (True, 24, "ครบทั้ง 24 เดือน"),
        (False, 0, "ไม่สำเร็จ"),
        (False, 6, "หยุดอยู่ที่ 6 จาก 24 เดือน"),
    ],
)
def test_it_tells_filling_from_a_filling_that_stopped(
    monkeypatch: pytest.MonkeyPatch, *, is_running: bool, months: int, said: str
) -> None:
    monkeypatch.setattr(filling, "is_running", lambda: is_running)
    assert said in ribbon._progress_text(Filled(1, 9, months, 24))


@pytest.mark.parametrize(("status", "failed"), [(0, False), (3, True)])
def test_a_filling_that_ended_with_a_fault_is_known(
    monkeypatch: pytest.MonkeyPatch, status: int, *, failed: bool
) -> None:
    process = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({status})"])
    process.wait()
    monkeypatch.setattr(filling, "_processes", [process])
    assert filling.has_failed() is failed


def page() -> None:
    from components.frame.ribbon import ribbon

    ribbon()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    monkeypatch.setattr(settings, "_FINDERS", [])
    monkeypatch.setattr(settings, "_BEGUN_AT_START", {})
    find_by_view()
    yield tmp_path
    close_engines()


@pytest.fixture
def fresh(empty: Path) -> None:
    small_store(empty)


@pytest.mark.usefixtures("empty")
def test_nothing_is_called_invented_where_nothing_is() -> None:
    one = draw(page)
    assert "สมมติขึ้น" not in html_of(one)
    assert not moment_shown(datetime.now(UTC)).is_demonstration
    assert "ข้อมูลสาธิตยังว่างอยู่" in html_of(one)
    one.button(key="begin").click().run()
    assert one.query_params["store"] == "own"


def test_a_demonstration_is_marked_from_the_first_look_after_it_was_filled(empty: Path) -> None:
    one = draw(page)
    close_engines()
    (empty / "demo.db").unlink()
    small_store(empty)
    assert "สมมติขึ้น" in html_of(one.run())
    assert moment_shown(datetime.now(UTC)).is_demonstration


@pytest.mark.usefixtures("fresh")
def test_leaving_the_demonstration_is_for_one_viewer_alone() -> None:
    one, other = draw(page), draw(page)
    one.button(key="begin").click().run()
    assert one.query_params["store"] == "own"
    assert "ผู้อื่นยังเริ่มต้นที่ข้อมูลสาธิต" in html_of(one)
    assert "สมมติขึ้น" in html_of(other.run())
    assert settings.for_everybody() == "demo"


@pytest.mark.usefixtures("fresh")
def test_an_administrator_shows_own_data_to_everybody_and_the_demonstration_stays_a_choice() -> (
    None
):
    one = draw(page, store="own")
    one.button(key="for_all").click().run()
    assert settings.for_everybody() == "own"
    assert "store" not in one.query_params
    assert "สมมติขึ้น" in html_of(draw(page, store="demo"))
    back = draw(page, store="demo")
    back.button(key="begin").click().run()
    assert html_of(back) == ""
