"""Changing a plan: every change is a version; two at once are both kept, and both are told."""

import pytest
from sqlalchemy import Engine

from core.errors import UsageError, WorkbookError
from core.forms.document.filled import filled
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake
from core.services.strategy.editing import (
    HEAD,
    Added,
    Revision,
    changed,
    changes_of,
    next_number,
    store_changes,
)
from core.services.strategy.stored import stored_plan
from core.services.strategy.wording import conflict_text
from core.store.engine.unit_of_work import unit_of_work
from tests.core.services.strategy.planning import a_plan, send
from tests.core.store.filling import a_register

ONE_DATABASE = True
FRESH = {"plan.number": "1.2.2", "plan.title": "ก", "plan.quarter_2": "ม.ค."}
DONE = {"1.2.1": {"plan.done_on": "31/07/2566"}}


@pytest.fixture
def engine(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        a_register(session)
        session.commit()
    send(engine, a_plan())
    return engine


def test_a_change_is_a_new_version_and_nothing_else_changes(engine: Engine) -> None:
    before = stored_plan(engine, "P61", 2566)
    done = store_changes(engine, before, Revision(DONE), by="หัวหน้ากลุ่มงาน")
    assert (done.receipt.action, done.receipt.upload.version) == ("stored", 2)
    after = stored_plan(engine, "P61", 2566)
    was, now = (
        {item.id: dict(item.row.values) for item in one.plan.items} for one in (before, after)
    )
    assert now.pop("1.2.1") == {
        **was.pop("1.2.1"),
        "plan.done_on": after.plan.by_id["1.2.1"].done_on,
    }
    assert now == was
    assert [one.current for one in after.versions] == [True, False]
    assert after.conflict is None
    withdraw(engine, after.info.upload_id, by="หัวหน้ากลุ่มงาน", reason="ผิดวัน")
    assert stored_plan(engine, "P61", 2566).plan.by_id["1.2.1"].done_on is None


def test_two_people_at_once_keep_both_versions_and_are_told(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    first = store_changes(engine, seen, Revision(DONE), by="เจ้าหน้าที่ P2")
    second = store_changes(engine, seen, Revision({"1.1.3": {"plan.note": "ก"}}), by="เจ้าหน้าที่ P3")
    assert "S050" not in {issue.code for issue in first.intake.issues}
    told = [issue for issue in second.intake.issues if issue.code == "S050"]
    assert len(told) == 1
    assert "เจ้าหน้าที่ P2" in told[0].text.th
    now = stored_plan(engine, "P61", 2566)
    # The later one counts; what the earlier one did is in its own version.
    assert now.plan.by_id["1.2.1"].done_on is None
    assert now.plan.by_id["1.1.3"].note == "ก"
    assert len(now.versions) == 3
    assert now.conflict
    assert {now.conflict.earlier.uploaded_by, now.conflict.later.uploaded_by} == {
        "เจ้าหน้าที่ P2", "เจ้าหน้าที่ P3"
    }  # fmt: skip
    assert "เจ้าหน้าที่ P2" in conflict_text(now.conflict).en
    # Whoever begins from what counts now has settled it.
    store_changes(engine, now, Revision(DONE), by="เจ้าหน้าที่ P2")
    assert stored_plan(engine, "P61", 2566).conflict is None


def test_a_file_begun_from_an_older_version_is_told_as_well(engine: Engine) -> None:
    base = float(stored_plan(engine, "P61", 2566).info.upload_id)
    assert send(engine, a_plan(made_from=base)).issues == ()
    late = send(engine, a_plan(made_from=base, items={("activity", "1.2.1"): {"note": "ข"}}))
    assert [issue.code for issue in late.issues] == ["S050"]


def test_what_cannot_be_read_is_kept_as_typed(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    done = store_changes(engine, seen, Revision({"1.2.1": {"plan.done_on": "ปลายปี"}}), by="P2")
    assert isinstance(done.intake, DocumentIntake)
    assert ("W450", "ปลายปี") in {(issue.code, issue.found) for issue in done.intake.issues}
    item = stored_plan(engine, "P61", 2566).plan.by_id["1.2.1"]
    assert (item.done_on, item.row.text("plan.done_on")) == (None, "ปลายปี")


def test_only_what_may_be_changed_is(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    assert changes_of(seen, "2.1.1/3", ["done_on=1/2/2566", "note="]) == {
        "2.1.1/3": {"plan.done_on": "1/2/2566", "plan.note": ""}
    }
    for item, pair in (("9.9", "note=x"), ("1.2.1", "level=step")):
        with pytest.raises(UsageError, match="U051"):
            changes_of(seen, item, [pair])
    same = changed(seen, Revision({"1.2.1": {"plan.level": "step"}}))
    assert [row.text("plan.level") for row in same.rows] == [
        row.text("plan.level") for row in seen.plan.document.rows
    ]


def test_a_plan_of_nobody_is_not_stored(engine: Engine) -> None:
    data = filled(a_plan(area="เมืองลับแล"))
    with pytest.raises(WorkbookError, match="F026"):
        store(engine, examine(data, "plan.xlsx"), data, by="P2")


def test_every_level_is_changed_and_the_head_and_kpis_too(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    typed = {
        HEAD: {"plan.approved_on": "01/10/2565", "plan.group": "กลุ่มงานใหม่"},
        "objective.4.4": {"plan.title": "เป้าประสงค์ใหม่"},
        "1": {"plan.goal": "ทุกคนมีสิทธิ", "plan.problem": ""},
        "3.2": {"plan.owners": "เจ้าหน้าที่ P9 / เจ้าหน้าที่ P4", "plan.quarter_1": "ต.ค., พ.ย."},
        "kpi-2": {"plan.target": "99.5", "plan.operator": "at_least"},
    }
    store_changes(engine, seen, Revision(typed, reason="ที่ประชุมให้แก้"), by="P1")
    now = stored_plan(engine, "P61", 2566)
    plan = now.plan
    assert plan.head.text("plan.group") == "กลุ่มงานใหม่"
    assert str(plan.head.day("plan.approved_on")) == "2022-10-01"
    assert plan.by_id["objective.4.4"].title == "เป้าประสงค์ใหม่"
    assert (plan.by_id["1"].goal, plan.by_id["1"].problem) == ("ทุกคนมีสิทธิ", "")
    assert plan.by_id["3.2"].owners == ("เจ้าหน้าที่ P9", "เจ้าหน้าที่ P4")
    assert plan.by_id["3.2"].months == (1, 2)
    assert (plan.kpis[1].target, plan.kpis[1].op) == (99.5, "at_least")
    assert now.reasons == {now.info.upload_id: "ที่ประชุมให้แก้"}
    # The reason belongs to its version alone.
    store_changes(engine, now, Revision(DONE), by="P1")
    assert stored_plan(engine, "P61", 2566).reasons == now.reasons


def test_what_is_added_stands_behind_what_is_below_the_same_item(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    assert next_number(seen.plan, "1.2", "activity") == "1.2.2"
    assert next_number(seen.plan, "2.1.1", "step") == "4"
    added = (
        Added("1.2", "activity", FRESH),
        Added("2.1.1", "step", {"plan.number": "4", "plan.title": "ข"}),
        Added("3", "sub_strategy", {"plan.number": "3.4", "plan.title": "ค"}),
        Added("keyword", "strategy", {"plan.number": "4", "plan.title": "ง"}),
        Added("1.2", None, {"plan.kpi_of": "1.2", "plan.kpi": "จ", "plan.target": "80"}),
    )  # fmt: skip
    done = store_changes(engine, seen, Revision(added=added), by="P1")
    assert {one.code for one in done.intake.issues} == {one.code for one in seen.issues}
    now = stored_plan(engine, "P61", 2566).plan
    above = {key: now.by_id[key].parent for key in ("1.2.2", "2.1.1/4", "3.4")}
    assert above == {"1.2.2": "1.2", "2.1.1/4": "2.1.1", "3.4": "3"}
    assert now.by_id["1.2.2"].months == (4,)
    assert [one.number for one in now.of("strategy")] == ["1", "2", "3", "4"]
    assert (now.kpis[-1].of, now.kpis[-1].target) == ("1.2", 80)
    assert len(now.items) == len(seen.plan.items) + 4


def test_a_removal_takes_what_is_below_and_asks_for_its_reason(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    with pytest.raises(UsageError, match="U007"):
        store_changes(engine, seen, Revision(removed=("3.2",), reason=" "), by="P1")
    with pytest.raises(UsageError, match="U051"):
        store_changes(engine, seen, Revision(removed=("9",), reason="ก"), by="P1")
    gone = Revision(removed=("3.2", "kpi-3"), reason="ยกเลิกตามมติ")
    store_changes(engine, seen, gone, by="P1")
    now = stored_plan(engine, "P61", 2566)
    under = {"3.2", *(item.id for item in seen.plan.under("3.2"))}
    assert set(seen.plan.by_id) - set(now.plan.by_id) == under
    was = [kpi.text for kpi in seen.plan.kpis]
    lost = [seen.plan.kpis[2].text, *(kpi.text for kpi in seen.plan.kpis if kpi.of == "3.2")]
    assert [kpi.text for kpi in now.plan.kpis] == [text for text in was if text not in lost]
    # The earlier version holds everything, and can count again.
    withdraw(engine, now.info.upload_id, by="P1", reason="มติใหม่")
    assert set(stored_plan(engine, "P61", 2566).plan.by_id) == set(seen.plan.by_id)


def test_an_addition_and_a_removal_at_once_are_both_kept_and_told(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    more = Added("1.2", "activity", {"plan.number": "1.2.2", "plan.title": "ก"})
    store_changes(engine, seen, Revision(added=(more,)), by="P2")
    second = store_changes(engine, seen, Revision(removed=("1.1",), reason="ซ้ำ"), by="P3")
    assert [one.code for one in second.intake.issues if one.code == "S050"] == ["S050"]
    now = stored_plan(engine, "P61", 2566)
    assert "1.2.2" not in now.plan.by_id
    assert "1.1" not in now.plan.by_id
    assert now.conflict
    assert len(now.versions) == 3
