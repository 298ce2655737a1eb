"""Changing a plan: every change is a version; two at once are both kept, and both are told."""

import pytest
from sqlalchemy import Engine

from core.errors import UsageError, WorkbookError
from core.forms.document.filled import filled
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.intake.kinds import DocumentIntake
from core.services.strategy.editing import changed, changes_of, store_changes
from core.services.strategy.stored import stored_plan
from core.services.strategy.wording import conflict_text
from core.store.engine.unit_of_work import unit_of_work
from tests.core.services.strategy.planning import a_plan, send
from tests.core.store.filling import a_register

ONE_DATABASE = True
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
    done = store_changes(engine, before, DONE, by="หัวหน้ากลุ่มงาน")
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
    first = store_changes(engine, seen, DONE, by="เจ้าหน้าที่ P2")
    second = store_changes(engine, seen, {"1.1.3": {"plan.note": "ก"}}, by="เจ้าหน้าที่ P3")
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
    store_changes(engine, now, DONE, by="เจ้าหน้าที่ P2")
    assert stored_plan(engine, "P61", 2566).conflict is None


def test_a_file_begun_from_an_older_version_is_told_as_well(engine: Engine) -> None:
    base = float(stored_plan(engine, "P61", 2566).info.upload_id)
    assert send(engine, a_plan(made_from=base)).issues == ()
    late = send(engine, a_plan(made_from=base, items={("activity", "1.2.1"): {"note": "ข"}}))
    assert [issue.code for issue in late.issues] == ["S050"]


def test_what_cannot_be_read_is_kept_as_typed(engine: Engine) -> None:
    seen = stored_plan(engine, "P61", 2566)
    done = store_changes(engine, seen, {"1.2.1": {"plan.done_on": "ปลายปี"}}, by="P2")
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
    same = changed(seen, {"1.2.1": {"plan.level": "step"}})
    assert [row.text("plan.level") for row in same.rows] == [
        row.text("plan.level") for row in seen.plan.document.rows
    ]


def test_a_plan_of_nobody_is_not_stored(engine: Engine) -> None:
    data = filled(a_plan(area="เมืองลับแล"))
    with pytest.raises(WorkbookError, match="F026"):
        store(engine, examine(data, "plan.xlsx"), data, by="P2")
