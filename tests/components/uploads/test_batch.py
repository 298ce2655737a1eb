"""An archive worked on beside the server."""

from pathlib import Path
from typing import Any

import pytest

from components.uploads import batch
from components.uploads.batch import Batch, begin, problems_first
from core.services.importing.sent import sent_files
from core.services.stores import open_store
from core.store.engine.unit_of_work import close_engines
from tests.core.services.bulk.test_sources import archive
from tests.core.services.sending import SOUND, row, table
from tests.waiting import wait_until

FILES = {f"{code}.csv": table(row(str(code), SOUND)) for code in range(11201, 11204)}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    monkeypatch.setattr(batch, "_at_work", [])
    yield tmp_path
    close_engines()


def ended(one: Batch) -> Batch:
    wait_until(lambda: not one.is_running, or_else=lambda: f"{len(one.rows)} rows so far")
    return one


def test_an_archive_is_checked_stored_and_not_stored_twice(place: Path) -> None:
    file = place / "a.zip"
    file.write_bytes(archive({**FILES, "z.xlsx": b"rubbish"}))
    checked = begin(file, 4)
    assert checked is not None
    # One at a time: all cores are at work for it.
    assert begin(file, 4) is None
    outcomes = [row_["outcome"] for row_ in problems_first(ended(checked).rows)]
    assert outcomes == ["refused", "ready", "ready", "ready"]
    assert sent_files(open_store("own")) == ()
    for outcome in ("stored", "same"):
        stored = begin(file, 4, "ผู้ส่ง")
        assert stored is not None
        assert not ended(stored).has_stopped
        assert [row_["outcome"] for row_ in stored.rows] == [*[outcome] * 3, "refused"]
    sent = sent_files(open_store("own"))
    assert {one.upload.uploaded_by for one in sent} == {"ผู้ส่ง"}
    assert len(sent) == 3


def test_one_that_is_stopped_says_so(place: Path) -> None:
    file = place / "a.zip"
    file.write_bytes(archive(FILES))
    one = Batch(file, 3)
    one.stop()
    assert ended(one).has_stopped
