"""Many files at once are what they are one by one."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.scoring.base.states import State
from core.store.backup.copying import checksums
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading, unit_of_work
from core.store.uploads.bulk import BulkUploads, File
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import NewUpload, store_upload, uploads

MOMENT = datetime(2023, 9, 1, 5, tzinfo=UTC)


def file(number: int, *told: tuple[str, str, float], subject: str = "P61") -> File:
    """The n-th file: of each facility, month and cash."""
    submissions = [
        NewSubmission(
            hcode,
            parse_period(period),
            [
                Observed("finance.cash", cash, State.REPORTED, "CSV", f"D{line}"),
                Observed("facility.hgr", float("nan"), State.REPORTED, "CSV", f"E{line}", "F2"),
            ],
        )
        for line, (hcode, period, cash) in enumerate(told, 2)
    ]
    upload = NewUpload(
        form="finance", form_version="1", subject=subject, fiscal_year=2566,
        file_name=f"{number}.csv", content=f"{number}".encode(), uploaded_by="P61 (demo)",
        filled=len(told), inputs=len(told), uploaded_at=MOMENT + timedelta(days=number),
    )  # fmt: skip
    return upload, submissions


FILES = (
    file(1, ("99001", "2566-M01", 1.5), ("99002", "2566-M01", 2.5)),
    file(2, ("99001", "2566-M02", 3.0)),
    file(1, ("99001", "2566-M01", 1.5), ("99002", "2566-M01", 2.5)),
    file(3, ("99002", "2566-M01", 4.0), ("99003", "2566-M03", 5.0)),
    file(4, ("99003", "2566-M03", 6.0), subject="99003"),
    file(5),
)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    one, many = (
        open_database(f"sqlite:///{tmp_path / name}.db", "demo") for name in ("one", "many")
    )
    yield one, many
    close_engines()


def stored_one_by_one(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        for upload, said in FILES:
            store_upload(session, upload, said)
        session.commit()


def stored_at_once(engine: Engine, parts: Sequence[slice]) -> None:
    with unit_of_work(engine) as session:
        filling = BulkUploads(session)
        for part in parts:
            filling.add(FILES[part])
        session.commit()


@pytest.mark.parametrize(
    "parts",
    [[slice(None)], [slice(n, n + 1) for n in range(len(FILES))], [slice(0, 3), slice(3, None)]],
    ids=["at once", "one by one", "in two parts"],
)
def test_the_same_is_stored(stores: tuple[Engine, Engine], parts: list[slice]) -> None:
    one, many = stores
    stored_one_by_one(one)
    stored_at_once(many, parts)
    with reading(one) as left, reading(many) as right:
        assert checksums(left) == checksums(right)
        assert [upload.state for upload in uploads(right)] == [
            "superseded", "active", "active", "active", "active",
        ]  # fmt: skip


def test_a_store_in_use_is_refused(stores: tuple[Engine, Engine]) -> None:
    one, _ = stores
    stored_one_by_one(one)
    with unit_of_work(one) as session, pytest.raises(ValueError, match="uploads already"):
        BulkUploads(session)
