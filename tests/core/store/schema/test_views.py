"""Views for other programs: they say what counts now, and nobody writes through them."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from core.services.results.listing import results
from core.store.schema.views import VIEWS
from tests.core.store.filling import a_file, a_month, send
from tests.country import small_country


def rows(engine: Engine, view: str) -> list[dict[str, object]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {view}")).mappings()]


def test_every_view_answers_and_has_what_counts_now(engine: Engine) -> None:
    small_country(engine)
    told = {name: rows(engine, name) for name in VIEWS}
    assert len(told["view_facilities"]) == 6
    assert {one["province"] for one in told["view_facilities"]} == {"P61", "P65"}
    listed = {one.id: one for one in results(engine)}
    assert {one["result_id"] for one in told["view_results"]} == set(listed)
    one = next(row for row in told["view_results"] if row["subject"] == "11201")
    ours = listed[one["result_id"]]  # type: ignore[index]
    assert (one["verdict"], one["state"], one["value"]) == (ours.verdict, ours.state, ours.value)
    assert one["subject_th"] == "โรงพยาบาล 11201"
    for row in told["view_results"]:
        basis = listed[row["result_id"]].basis  # type: ignore[index]
        assert (row["way"] or "", (row["in_doubt"] or "").split()) == (
            basis.way,
            [*basis.doubts],
        )
    assert len(told["view_uploads"]) == 1


def test_figures_that_were_replaced_are_not_among_them(engine: Engine) -> None:
    small_country(engine)
    before = len(rows(engine, "view_figures"))
    send(engine, a_file(b"2", subject="TH"), a_month("11301", cash=7.0))
    figures = [one for one in rows(engine, "view_figures") if one["subject"] == "11301"]
    assert len(rows(engine, "view_figures")) <= before
    assert {one["value"] for one in figures if one["measure"] == "finance.cash"} >= {7.0}


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_writes_through_a_view_of_several_tables(engine: Engine, view: str) -> None:
    small_country(engine)
    if view == "view_uploads" and engine.dialect.name == "postgresql":
        pytest.skip("a view of one table; the reader has no right to write")
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {view}"))
