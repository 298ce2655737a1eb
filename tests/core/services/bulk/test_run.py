"""Many files are stored as one after the other would be, and none of them twice."""

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from core.access.actors import TERMINAL, Actor, Grant, acting
from core.access.roles import Role
from core.access.settings import VARIABLE
from core.errors import AccessError
from core.forms.model.form import form_that_holds
from core.periods import parse_period
from core.services.bulk import check, run
from core.services.bulk import readers as reading_processes
from core.services.bulk.outcomes import Outcome, Summary
from core.services.bulk.readers import Readers, ReadingOptions
from core.services.bulk.sources import Source
from core.services.importing.files import Sender
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.store.engine.unit_of_work import reading
from core.store.results.repository import results
from core.store.uploads.repository import uploads
from tests.core.services.sending import BROKE, SOUND, STAR, hospital, register, row, table

MONTH = parse_period("2566-M09")
SENDER = Sender("office")

needs_copies = pytest.mark.skipif(sys.platform != "linux", reason="processes are no copies here")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(1) as reading_:
        yield reading_


def files(*contents: bytes) -> list[Source]:
    return [
        Source(f"{place}.csv", lambda data=data: data)  # type: ignore[misc]
        for place, data in enumerate(contents)
    ]


def month(hcode: str, figures: dict[str, Any], number: int = 9) -> bytes:
    return table(row(hcode, figures, month=number))


def imported(
    engine: Engine, sources: Iterable[Source], readers: Readers, sender: Sender = SENDER
) -> list[Outcome]:
    return list(run.import_sources(engine, sources, sender, readers))


def levels(engine: Engine) -> dict[str, float]:
    with reading(engine) as session:
        standing = results(session, "crisis.level", MONTH)
    return dict(zip(standing.subjects, standing.value.tolist(), strict=True))


def sent(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [one.file_name for one in uploads(session)]


def test_every_file_has_an_outcome_in_order(engine: Engine, readers: Readers) -> None:
    register(engine, hospital("10001"), hospital("10002"))
    bad = month("10002", SOUND | {"finance.cash": "many"})
    sources = files(month("10001", SOUND), b"%PDF-1.4", bad, month("10001", SOUND), b"")
    done = imported(engine, sources, readers)
    assert [one.file for one in done] == ["0.csv", "1.csv", "2.csv", "3.csv", "4.csv"]
    assert [one.kind for one in done] == ["stored", "refused", "stored", "same", "refused"]
    assert [one.errors for one in done] == [0, 1, 1, 0, 1]
    summary = Summary()
    for one in done:
        summary.add(one)
    assert summary.as_dict() == {
        "files": 5, "stored": 2, "same": 1, "refused": 2, "ready": 0, "with_errors": 1,
        "forms": {"finance": 3},
    }  # fmt: skip
    assert levels(engine)["10001"] == 0


def test_together_they_come_to_what_they_come_to_one_by_one(
    engine: Engine, other: Engine, readers: Readers
) -> None:
    contents = [month(f"{10000 + n}", BROKE if n % 3 else SOUND) for n in range(7)]
    for place in (engine, other):
        register(place, *(hospital(f"{10000 + n}") for n in range(7)))
    done = imported(engine, files(*contents), readers)
    for number, data in enumerate(contents):
        store(other, examine(data, f"{number}.csv"), data, by="office")
    assert levels(engine) == levels(other)
    assert set(levels(engine).values()) == {0, 7}
    assert [len(one.receipt.own) > 0 for one in done if one.receipt] == [True] * 7


def test_of_two_files_about_the_same_the_later_one_counts(engine: Engine, readers: Readers) -> None:
    first, second = imported(engine, files(month("10001", SOUND), month("10001", BROKE)), readers)
    assert levels(engine) == {"10001": 7}
    assert first.receipt
    assert second.receipt
    assert [one.id for one in first.receipt.later] == [second.receipt.upload.id]
    assert {one.measure for one in second.receipt.differences} >= {"finance.cash"}


def test_an_import_that_was_interrupted_goes_on_where_it_ended(
    engine: Engine, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "TOGETHER", 2)
    sources = files(*(month(f"{10000 + n}", SOUND) for n in range(5)))
    begun = run.import_sources(engine, sources, SENDER, readers)
    assert [next(begun).kind for _ in range(3)] == ["stored"] * 3
    begun.close()
    stored = len(sent(engine))
    assert stored in (2, 4)
    again = imported(engine, sources, readers)
    assert [one.kind for one in again] == ["same"] * stored + ["stored"] * (5 - stored)
    assert sorted(sent(engine)) == [f"{n}.csv" for n in range(5)]


def test_what_was_stored_before_is_not_read_again(engine: Engine, readers: Readers) -> None:
    sources = files(month("10001", SOUND))
    imported(engine, sources, readers)

    class Blind(Readers):
        def __init__(self) -> None: ...

    (again,) = imported(engine, sources, Blind())
    assert (again.kind, again.form) == ("same", "finance")


def test_a_register_holds_for_all_files_wherever_it_stands(
    engine: Engine, readers: Readers
) -> None:
    register(engine, hospital("10001"))
    new = {
        "hcode": "10002", "facility.hcode9": "001000200", "facility.name_th": "โรงพยาบาลสมมติ",
        "facility.kind": "โรงพยาบาลชุมชน", "facility.district": "ทัพทัน",
    }  # fmt: skip
    by_long_code = table(row("001000200", BROKE)), table(row("001000200", SOUND, month=8))
    contents = by_long_code[0], table(new), by_long_code[1], table(row("10003", SOUND))
    done = imported(engine, files(*contents), readers)
    assert [(one.file, one.kind) for one in done] == [
        ("1.csv", "stored"), ("2.csv", "stored"), ("0.csv", "stored"), ("3.csv", "stored"),
    ]  # fmt: skip
    assert done[0].form == form_that_holds("register").id
    assert levels(engine) == {"10002": 7, "10003": 0}


def test_one_that_cannot_be_stored_leaves_no_trace_and_stops_no_other(
    engine: Engine, readers: Readers
) -> None:
    register(engine, hospital("10001"))
    star = Source("star.xlsx", STAR.read_bytes)
    done = imported(engine, [*files(month("10001", SOUND)), star], readers)
    assert [one.kind for one in done] == ["stored", "refused"]
    assert done[1].issues[0].code == "F014"
    assert sent(engine) == ["0.csv"]


def test_a_file_about_somebody_one_may_not_send_for_is_refused_by_name(
    engine: Engine, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(engine, hospital("11201"), hospital("11202", "D6102"), hospital("11301", "D6501"))
    of_a_province = month("11201", SOUND), month("11301", SOUND), month("11202", BROKE)
    both = table(row("11201", SOUND, month=8), row("11301", SOUND, month=8))
    sources = files(*of_a_province, both)
    monkeypatch.setenv(VARIABLE, "local")
    with acting(Actor("here", "pho", "สสจ.", (Grant(Role.PROVINCE, "P61"),))):
        ready = [*check.check_sources(engine, sources, SENDER, readers)]
        done = imported(engine, sources, readers)
    assert [one.kind for one in ready] == ["ready", "refused", "ready", "refused"]
    assert [one.kind for one in done] == ["stored", "refused", "stored", "refused"]
    assert [one.issues[0].code for one in (done[1], done[3])] == ["A002", "A002"]
    assert done[1].line().th.startswith("1.csv")
    with acting(TERMINAL):
        assert levels(engine) == {"11201": 0, "11202": 7}
        imported(engine, files(of_a_province[1]), readers)
    with acting(Actor("here", "cup", "คปสอ.", (Grant(Role.CUP, "D6101"),))):
        again = imported(engine, files(*of_a_province), readers)
    assert [one.kind for one in again] == ["same", "refused", "refused"]
    assert all(one.receipt is None for one in again[1:]), "not even those that were stored before"
    boss = Actor("here", "boss", "ผู้ตรวจ", (Grant(Role.EXECUTIVE, "TH"),))
    with acting(boss), pytest.raises(AccessError):
        imported(engine, sources, readers)


def test_a_district_named_beside_files_makes_each_a_file_of_it(
    engine: Engine, readers: Readers
) -> None:
    star = [Source("star.xlsx", STAR.read_bytes)]
    places = [
        imported(engine, star, readers, Sender("office", subject=cup))[0]
        for cup in ("6101", "6102", "6101")
    ]
    assert [one.kind for one in places] == ["stored", "stored", "same"]


@needs_copies
def test_a_file_that_ends_its_reader_is_refused_alone(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(data: bytes, name: str, **how: Any) -> Any:
        return os._exit(1) if data == b"deadly" else examine(data, name, **how)

    monkeypatch.setattr(reading_processes, "examine", deadly)
    sources = files(month("10001", SOUND), b"deadly", month("10002", SOUND))
    with Readers(1) as reading_:
        done = imported(engine, sources, reading_)
    assert [one.kind for one in done] == ["stored", "refused", "stored"]
    assert done[1].issues[0].code == "F004"


def test_readers_need_no_store(readers: Readers) -> None:
    intake = readers.begin(month("10001", SOUND), "a.csv", ReadingOptions())()
    assert intake.form
    assert intake.form.id == "finance"
