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
from core.store.uploads.bulk import NumberedFile, insert_numbered
from core.store.uploads.observations import NewSubmission, Observed
from core.store.uploads.repository import NewUpload, store_upload, uploads

File = tuple[NewUpload, Sequence[NewSubmission]]
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
    file(3, ("99003", "2566-M03", 5.0)),
    file(4, ("99003", "2566-M04", 6.0), subject="99003"),
    file(5),
)
VERSIONS = (1, 2, 3, 1, 4)


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


def stored_at_once(engine: Engine, parts: Sequence[Sequence[int]]) -> None:
    """Files by their places, in parts; each under the number it has in the order of all."""
    firsts = [1 + sum(len(said) for _, said in FILES[:place]) for place in range(len(FILES))]
    with unit_of_work(engine) as session:
        for part in parts:
            insert_numbered(
                session,
                [NumberedFile(n + 1, VERSIONS[n], firsts[n], *FILES[n]) for n in part],
            )
        session.commit()


@pytest.mark.parametrize(
    "parts",
    [[range(5)], [[n] for n in range(5)], [[3, 4], [0, 1, 2]]],
    ids=["at once", "one by one", "the last first"],
)
def test_the_same_is_stored(stores: tuple[Engine, Engine], parts: Sequence[Sequence[int]]) -> None:
    one, many = stores
    stored_one_by_one(one)
    stored_at_once(many, parts)
    with reading(one) as left, reading(many) as right:
        told, told_at_once = ({**checksums(session)} for session in (left, right))
        # A period is numbered when it is first met.
        for numbered in ("period", "submission"):
            assert told.pop(numbered).split(":")[0] == told_at_once.pop(numbered).split(":")[0]
        assert told == told_at_once
        states = [upload.state for upload in uploads(right)]
        assert states == ["superseded", *["active"] * 4], "one file holds nothing"
