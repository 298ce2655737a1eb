"""Rows of a plan at another place: what goes with them, what follows, and where they cannot go."""

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.forms.document.plan import Item, Plan
from core.services.strategy.editing import Added, Revision, next_number, store_changes
from core.services.strategy.moving import (
    Relocation,
    number_there,
    places_for,
    relocation_of,
    store_relocation,
)
from core.services.strategy.stored import stored_plan
from core.store.engine.unit_of_work import unit_of_work
from tests.core.services.strategy.planning import a_plan, send
from tests.core.store.filling import a_register

ONE_DATABASE = True


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        a_register(session)
        session.commit()
    done = {("step", "1"): {"done_on": "15/12/2565"}, ("activity", "1.2.1"): {"note": "ก"}}
    send(engine, a_plan(items=done, kpis={"thai_coverage": {"served_by": "1.2.1 1.1.3"}}))
    return engine


def placed(engine: Engine, item: str, below: str, number: str | None = None) -> Plan:
    seen = stored_plan(engine, "P61", 2566)
    wanted = relocation_of(seen.plan, item, below, number)
    store_relocation(engine, seen, wanted, "ตามมติที่ประชุม", by="P2")
    return stored_plan(engine, "P61", 2566).plan


def same_but_for_place(was: Item, now: Item) -> bool:
    """Whether a row says what it said, but for its level, its number and what it belongs to."""
    place = {"plan.level", "plan.number", "plan.parent"}
    before, after = (
        {name: value for name, value in one.row.values.items() if name not in place}
        for one in (was, now)
    )
    return before == after and was.months == now.months and was.done_on == now.done_on


def test_an_item_goes_with_all_below_it_and_keeps_what_it_says(engine: Engine) -> None:
    was = stored_plan(engine, "P61", 2566)
    now = placed(engine, "1.2", "3")
    assert now.by_id["3.4"].parent == "3"
    assert now.by_id["3.4.1"].parent == "3.4"
    pairs = {"1.2": "3.4", "1.2.1": "3.4.1"}
    under = {one.id for one in was.plan.under("1.2")}
    assert under == {"1.2.1"}
    for before, after in pairs.items():
        assert same_but_for_place(was.plan.by_id[before], now.by_id[after]), before
    # Everything else stands where it stood, and says what it said.
    others = set(was.plan.by_id) - set(pairs)
    assert set(now.by_id) == others | set(pairs.values())
    assert all(now.by_id[key].parent == was.plan.by_id[key].parent for key in others)
    assert [item.number for item in now.under("3") if item.level == "sub_strategy"] == [
        "3.1", "3.2", "3.3", "3.4"
    ]  # fmt: skip
    # A KPI that names an activity names it by its new number.
    assert [kpi.served_by for kpi in now.kpis if kpi.measured_by == "thai_coverage"] == [
        ("3.4.1", "1.1.3")
    ]
    stored = stored_plan(engine, "P61", 2566)
    assert (stored.info.version, stored.reasons[stored.info.upload_id]) == (2, "ตามมติที่ประชุม")
    assert {issue.code for issue in stored.issues} == {issue.code for issue in was.issues}


def test_kpis_go_with_their_item_and_results_stay(engine: Engine) -> None:
    was = stored_plan(engine, "P61", 2566).plan
    own = [kpi.text for kpi in was.kpis if kpi.of == "3.2"]
    assert own
    now = placed(engine, "3.2", "1")
    assert [kpi.text for kpi in now.kpis if kpi.of == "1.3"] == own
    before, after = (
        [{k: v for k, v in kpi.row.values.items() if k != "plan.kpi_of"} for kpi in one.kpis]
        for one in (was, now)
    )
    assert before == after


def test_another_level_follows_from_where_an_item_stands(engine: Engine) -> None:
    was = stored_plan(engine, "P61", 2566).plan
    # An activity below a strategy is a sub-strategy, and its steps are activities.
    now = placed(engine, "2.1.1", "3")
    assert now.by_id["3.4"].level == "sub_strategy"
    activities = list(now.under("3.4"))
    assert [(one.level, one.number) for one in activities] == [
        ("activity", "3.4.1"), ("activity", "3.4.2"), ("activity", "3.4.3")
    ]  # fmt: skip
    for before, after in zip(was.under("2.1.1"), activities, strict=True):
        assert same_but_for_place(before, after), before.id
    # A step goes to another activity, with the day it was done on.
    step = placed(engine, "1.1.1/1", "1.2.1").by_id["1.2.1/1"]
    assert same_but_for_place(was.by_id["1.1.1/1"], step)
    assert str(step.done_on) == "2022-12-15"


def test_rows_cannot_go_where_they_would_be_lost(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    plan = seen.plan
    ids = {one.id for one in places_for(plan, plan.by_id["1.1"])}
    assert not ids & {"1", "1.1", "1.1.1", "1.1.1/1"}
    # Its activities have steps, so it cannot become an activity itself.
    assert "2.1" not in ids
    assert {"2", "3"} <= ids
    refused = {
        "U051": Relocation("9.9", "1", "1.3"),
        "U052": Relocation("1.1", "1.1.1", "1.1.1.1"),
        "U053": Relocation("1.2", "3", "3.1"),
        # The KPI of a row that becomes a step would not know what it is of.
        "U054": Relocation("3.2", "1", ""),
    }
    for code, wanted in refused.items():
        with pytest.raises(UsageError, match=code):
            store_relocation(engine, seen, wanted, "ก", by="P2")
    with pytest.raises(UsageError, match="U007"):
        store_relocation(engine, seen, Relocation("1.2", "3", "3.4"), " ", by="P2")
    assert stored_plan(engine, "P61", 2566).info.version == 1


def test_a_number_that_does_not_name_its_parent_is_kept(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    second = Added("objective.4.4", "keyword", {"plan.title": "ข", "plan.number": "2"})
    store_changes(engine, seen, Revision(added=(second,)), by="P1")
    plan = stored_plan(engine, "P61", 2566).plan
    assert next_number(plan, "keyword.2", "strategy") == "4", "1 to 3 are taken"
    there = next(one for one in places_for(plan, plan.by_id["2"]) if one.id == "keyword.2")
    assert number_there(plan, plan.by_id["2"], there) == "2"
    now = placed(engine, "2", "keyword.2")
    assert now.by_id["2"].parent == "keyword.2"
    assert now.by_id["2.1"].parent == "2"
    assert [one.number for one in now.of("strategy")] == ["1", "3", "2"]
