"""Many files looked at before any of them is stored."""

from pathlib import Path

from sqlalchemy import Engine

from core.services.bulk.check import check_sources
from core.services.bulk.outcomes import Summary
from core.services.bulk.readers import Readers
from core.services.bulk.run import import_sources
from core.services.bulk.sources import sources_in
from core.services.importing.files import Sender
from core.services.importing.sent import sent_files
from tests.core.services.sending import SOUND, hospital, register, row, table


def test_it_tells_what_storing_would_come_to_and_stores_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    register(engine, hospital("11201"), hospital("11202"))
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "a.csv").write_bytes(table(row("11201", SOUND)))
    (folder / "b.csv").write_bytes(table(row("11202", SOUND | {"finance.cash": "x"})))
    (folder / "c.xlsx").write_bytes(b"rubbish")
    (folder / "d.csv").write_bytes(table(row("11201", SOUND)).split(b"\n")[0])
    sources = sources_in(folder) or ()
    with Readers(1) as readers:
        looked = list(check_sources(engine, sources, Sender("a"), readers))
        assert [one.kind for one in looked] == ["ready", "ready", "refused", "refused"]
        assert [one.errors > 0 for one in looked] == [False, True, True, True]
        assert sent_files(engine) == ()
        stored = list(import_sources(engine, sources, Sender("a"), readers))
        assert [one.kind for one in stored] == ["stored", "stored", "refused", "refused"]
        again = list(check_sources(engine, sources, Sender("a"), readers))
    assert [one.kind for one in again] == ["same", "same", "refused", "refused"]
    rows = [one.as_row() for one in again]
    assert rows[0]["sha256"]
    assert rows[2]["reason"]["th"]
    summary = Summary()
    for one in looked:
        summary.add(one)
    assert summary.as_dict() | {"forms": {}} == {
        "files": 4, "stored": 0, "same": 0, "refused": 2, "ready": 2, "with_errors": 1, "forms": {},
    }  # fmt: skip
    assert "ยังไม่ได้จัดเก็บ" in next(summary.lines()).th
