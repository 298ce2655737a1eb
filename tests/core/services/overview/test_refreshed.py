"""A file stored by anybody, of this process or another, is in every viewer's next view, once read.

Counted in questions to the store: the view after a change reads anew, the ones after it do not.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from core.services.overview.view import overview
from core.services.search.index import entries
from core.store.engine.unit_of_work import reading
from tests.core.services.sending import SOUND, row, table
from tests.country import BEFORE, NOW, small_store

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    return small_store(tmp_path, "own")


@pytest.fixture
def questions(store: Engine) -> list[str]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(store, "before_cursor_execute", note)
    return asked


def risen(store: Engine) -> int:
    """How many hospitals of the country are worse than the month before."""
    return overview(store, NOW, "TH", "crisis").rose


def send(folder: Path, hcode: str) -> None:
    """Store a file of a hospital's newest month by a process of its own."""
    file = folder / f"{hcode}.csv"
    file.write_bytes(table(row(hcode, SOUND)))
    command = [sys.executable, "-m", "core", "import", str(file)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def test_a_file_stored_by_another_process_is_in_the_next_view_and_read_once(
    store: Engine, questions: list[str], tmp_path: Path
) -> None:
    assert risen(store) == 1
    facilities = len(entries(store))
    questions.clear()
    risen(store)
    entries(store)
    at_rest = len(questions)
    send(tmp_path, "11202")
    questions.clear()
    assert risen(store) == 0
    assert len(questions) > at_rest
    assert len(entries(store)) == facilities
    questions.clear()
    # Every other viewer finds what the first one read.
    for _ in range(5):
        assert risen(store) == 0
        entries(store)
    assert len(questions) <= 5 * at_rest
    with reading(store) as session:
        of_before = session.execute(
            text("SELECT count(*) FROM result WHERE period_id = :p AND until IS NOT NULL"),
            {"p": BEFORE.fiscal_year * 100 + BEFORE.number},
        ).scalar_one()
    assert of_before == 0  # No result of another month was computed anew.
