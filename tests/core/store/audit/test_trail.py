"""The trail of deeds: a deed for every commit, chained, never changed; tampering is found."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from core.store.audit.chain import BEGINNING, DEED
from core.store.audit.leaving import UNNAMED, NewDeed, leave, no_deed
from core.store.audit.listing import Wanted, deeds
from core.store.audit.origin import coming_from
from core.store.audit.verifying import verify
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.schema.about import enter, note_of

COLUMNS = ", ".join(DEED.columns.keys()[1:])


def do(engine: Engine, *actions: str) -> None:
    """Change something and leave a deed of it, each in a transaction of its own."""
    for action in actions:
        with unit_of_work(engine) as session:
            enter(session, "thing", action)
            told = {"before": {"state": "ว่าง"}, "after": {"state": action, "share": 0.1}}
            leave(session, NewDeed(action, "thing:1", "สมหญิง", area="P61", **told))
            session.commit()


def tamper(engine: Engine, *statements: str) -> None:
    """Change the trail past its guards, as somebody with the file or the server may."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for what in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER deed_refuses_{what}"))
        else:
            connection.execute(text("ALTER TABLE deed DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))


def found(engine: Engine, known: str = "") -> tuple[int, str] | None:
    with reading(engine) as session:
        broken = verify(session, known).broken
    return broken and (broken.deed, broken.fault)


def test_deeds_are_kept_with_who_when_from_where_and_both_states(engine: Engine) -> None:
    with coming_from("page", "203.0.113.7"):
        do(engine, "made")
    with reading(engine) as session:
        (deed,) = deeds(session, Wanted())
    assert (deed.id, deed.who, deed.via, deed.place) == (1, "สมหญิง", "page", "203.0.113.7")
    assert (deed.before, deed.after) == ('{"state":"ว่าง"}', '{"share":0.1,"state":"made"}')
    assert (deed.previous, len(deed.hash)) == (BEGINNING, 64)


def test_a_commit_without_a_word_leaves_a_deed_all_the_same(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        enter(session, "thing", "x")
        session.commit()
    with reading(engine) as session:
        assert [one.action for one in deeds(session, Wanted())] == [UNNAMED]


def test_what_is_rolled_back_excused_or_empty_leaves_none(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        enter(session, "thing", "x")
        leave(session, NewDeed("never"))
    with unit_of_work(engine) as session:
        enter(session, "thing", "x")
        no_deed(session, "a test says so")
        session.commit()
    with unit_of_work(engine) as session:
        note_of(session, "thing")
        session.commit()
    with reading(engine) as session:
        assert deeds(session, Wanted()) == ()
        assert verify(session).broken is None


def test_a_part_that_is_taken_back_leaves_the_others(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        with session.begin_nested():
            enter(session, "thing", "x")
            leave(session, NewDeed("first"))
        with session.begin_nested() as nested:
            enter(session, "thing", "y")
            nested.rollback()
        session.commit()
    with reading(engine) as session:
        assert [one.action for one in deeds(session, Wanted())] == ["first"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE deed SET who = 'x'", "DELETE FROM deed", "DELETE FROM deed WHERE id = 2"],
)
def test_the_database_itself_refuses_to_change_or_delete(engine: Engine, statement: str) -> None:
    do(engine, "a", "b", "c")
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(text(statement))
    assert found(engine) is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE deed SET who = 'x' WHERE id = 2", (2, "altered")),
        ("UPDATE deed SET after = replace(after, '0.1', '0.2') WHERE id = 1", (1, "altered")),
        ("UPDATE deed SET hash = repeat('0', 64) WHERE id = 2", (2, "altered")),
        ("DELETE FROM deed WHERE id = 2", (3, "missing")),
        ("DELETE FROM deed WHERE id = 1", (2, "missing")),
        ("DELETE FROM deed WHERE id = 3", (2, "cut_off")),
        (f"INSERT INTO deed SELECT 4, {COLUMNS} FROM deed WHERE id = 3", (4, "unchained")),
    ],
)  # fmt: skip
def test_one_row_altered_removed_or_inserted_is_found(
    engine: Engine, statement: str, broken: tuple[int, str]
) -> None:
    do(engine, "a", "b", "c")
    if engine.dialect.name == "sqlite":
        statement = statement.replace("repeat('0', 64)", "hex(zeroblob(32))")
    tamper(engine, statement)
    assert found(engine) == broken


def test_a_trail_written_anew_from_the_beginning_lacks_a_hash_that_was_noted(
    engine: Engine,
) -> None:
    do(engine, "a", "b")
    with reading(engine) as session:
        noted = verify(session).end
    do(engine, "c")
    assert found(engine, noted) is None
    tamper(
        engine, "DELETE FROM deed", f"UPDATE about SET value = '0:{BEGINNING}' WHERE key = 'deeds'"
    )
    do(engine, "a", "b", "c")
    assert found(engine) is None
    assert found(engine, noted) == (3, "other_trail")


def test_deeds_are_found_by_any_of_their_words(engine: Engine) -> None:
    do(engine, "a", "b")
    with reading(engine) as session:
        assert [one.id for one in deeds(session, Wanted(action="b"))] == [2]
        assert [one.id for one in deeds(session, Wanted(words="ว่าง"))] == [2, 1]
        assert [one.id for one in deeds(session, Wanted(words="P61", upto=1))] == [1]
        assert deeds(session, Wanted(words="100%")) == ()
        assert deeds(session, Wanted(who="สมชาย")) == ()
