"""Which readings results follow is kept with the versions that brought them."""

from sqlalchemy import Engine

from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.results.reading_changes import enter_reading_changes, reading_changes, readings_at
from core.store.results.versions import open_version, version


def switch(engine: Engine, before: str, after: str, why: str = "an office's letter") -> int:
    with unit_of_work(engine) as session:
        number = open_version(session, why="readings", by="administrator", reason=why)
        enter_reading_changes(session, number, {"crisis.level": before}, {"crisis.level": after})
        session.commit()
    return number


def test_what_was_chosen_last_holds_and_earlier_versions_keep_theirs(engine: Engine) -> None:
    first = switch(engine, "ni", "ebitda")
    second = switch(engine, "ebitda", "ni")
    with reading(engine) as session:
        assert readings_at(session, first - 1) == {}
        assert readings_at(session, first) == {"crisis.level": "ebitda"}
        assert readings_at(session, second) == {"crisis.level": "ni"}
        assert readings_at(session) == {"crisis.level": "ni"}


def test_changes_are_told_newest_first_with_who_and_why(engine: Engine) -> None:
    switch(engine, "ni", "ebitda")
    switch(engine, "ebitda", "ni", why="taken back")
    with reading(engine) as session:
        newest, oldest = reading_changes(session)
        assert version(session, newest.version.id) == newest.version
    assert (newest.before, newest.after, newest.version.reason) == ("ebitda", "ni", "taken back")
    assert (oldest.switch, oldest.version.made_by) == ("crisis.level", "administrator")


def test_nothing_was_ever_chosen_in_a_new_store(engine: Engine) -> None:
    with reading(engine) as session:
        assert readings_at(session) == {}
        assert reading_changes(session) == ()
