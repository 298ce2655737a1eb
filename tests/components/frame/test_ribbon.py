"""The ribbon says how far the demonstration is filled, and when that has stopped."""

import subprocess
import sys

import pytest

from components.frame import filling, ribbon
from core.demo.progress import Filled


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
