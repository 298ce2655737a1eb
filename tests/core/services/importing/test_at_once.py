"""Twenty who store at once, and somebody who looks meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from core.periods import parse_period
from core.services.importing.store_intake import preview, store
from core.services.intake.examine import examine
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.repository import results
from core.store.uploads.repository import uploads
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send, table

MONTH = parse_period("2566-M09")
PEOPLE = 20


def test_twenty_who_store_at_once_all_have_their_receipt(engine: Engine) -> None:
    hospitals = [f"{10000 + number}" for number in range(PEOPLE)]
    register(engine, *map(hospital, hospitals))
    all_are_there = threading.Barrier(PEOPLE)

    def one(hcode: str) -> str:
        data = table(row(hcode, SOUND))
        intake = examine(data, f"{hcode}.csv")
        all_are_there.wait()
        preview(engine, intake, data)
        return store(engine, intake, data, by=hcode).action

    with ThreadPoolExecutor(PEOPLE) as people:
        assert list(people.map(one, hospitals)) == ["stored"] * PEOPLE
    with reading(engine) as session:
        assert len(uploads(session)) == PEOPLE
        assert sorted(results(session, "crisis.level", MONTH).subjects) == hospitals


def test_a_preview_waits_for_nobody_and_tells_the_figures(engine: Engine) -> None:
    register(engine, hospital("10001"))
    send(engine, row("10001", SOUND))
    data = table(row("10001", BROKE))
    intake = examine(data, "new.csv")
    with unit_of_work(engine):
        meanwhile = preview(engine, intake, data).receipt
    alone = preview(engine, intake, data).receipt
    assert meanwhile.recomputed is None
    assert alone.recomputed
    assert meanwhile.differences == alone.differences
    assert (meanwhile.new_keys, meanwhile.keys) == (alone.new_keys, alone.keys)
    assert meanwhile.issues == alone.issues


def test_a_preview_knows_bytes_that_are_stored_while_somebody_stores(engine: Engine) -> None:
    register(engine, hospital("10001"))
    stored = send(engine, row("10001", SOUND)).upload
    data = table(row("10001", SOUND))
    with unit_of_work(engine):
        assert preview(engine, examine(data, "again.csv"), data).same == stored
