"""What a lock means for files, and what a new version means for a verification under way."""

import pytest
from sqlalchemy import Engine

from core.errors import UsageError, WorkbookError
from core.periods import Period
from core.services.assessments.changes import Score, accept_agreeing, lock, reopen, verify
from core.services.assessments.listing import whole_assessment
from core.services.audit.trail import verified
from core.services.importing.files import Sender, import_file
from core.services.importing.store_intake import preview, restore, store, withdraw
from core.services.intake.examine import examine
from core.store.assessments.rows import Key, Stage
from tests.core.forms.table.theme_samples import DATA
from tests.core.services.sending import (
    STAR,
    STAR_HALF,
    examined,
    hospital,
    register,
    send_star,
)

ONE_DATABASE = True
KEY = Key("star-2561", "D6101", Period(2561))
REVENUE = Key("revenue-4s4c", "99901", Period(2566, "R", 1))


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("99901"), hospital("99902"))
    return engine


def locked(engine: Engine, key: Key) -> None:
    accept_agreeing(engine, key, by="สสจ.")
    lock(engine, key, by="สสจ.")


def test_a_later_file_is_refused_by_name_and_can_be_looked_at(engine: Engine) -> None:
    sent = send_star(engine).upload.id
    locked(engine, KEY)
    with pytest.raises(WorkbookError, match="F059") as refused:
        send_star(engine, STAR_HALF)
    assert refused.value.params["by"] == "สสจ."
    assert "D6101" in str(refused.value.params["places"])
    shown = preview(engine, examined(STAR_HALF), STAR_HALF.read_bytes(), subject="D6101").receipt
    assert shown.locked is not None
    assert "สสจ." in shown.locked.th
    assert shown.differences
    done = import_file(engine, STAR_HALF.read_bytes(), "ใหม่.xlsx", Sender("cup", subject="D6101"))
    assert (done.receipt, done.intake.issues[0].code) == (None, "F059")
    with pytest.raises(UsageError, match="S124"):
        withdraw(engine, sent, by="cup", reason="ผิด")
    assert whole_assessment(engine, KEY).listed.sent.upload_id == sent
    reopen(engine, KEY, by="สสจ.", why="ส่งผิดไฟล์")
    send_star(engine, STAR_HALF)
    assert verified(engine).broken is None


def test_restoring_an_earlier_version_is_refused_while_locked(engine: Engine) -> None:
    earlier = send_star(engine, STAR_HALF).upload.id
    send_star(engine)
    locked(engine, KEY)
    with pytest.raises(UsageError, match="S124"):
        restore(engine, earlier, by="cup", reason="ฉบับก่อนถูกต้อง")
    # Taking back a version that does not count changes no figure.
    withdraw(engine, earlier, by="cup", reason="ไม่ใช้แล้ว")


def test_other_hospitals_and_months_of_the_form_stay_open(engine: Engine) -> None:
    path = DATA / "revenue-4s4c" / "revenue-4s4c-good.xlsx"
    data = path.read_bytes()
    done = store(engine, examine(data, path.name), data, by="province")
    locked(engine, REVENUE)
    with pytest.raises(UsageError, match="S124") as refused:
        withdraw(engine, done.upload.id, by="province", reason="ผิด")
    assert "99902" not in str(refused.value.params["places"])
    assert whole_assessment(engine, REVENUE).listed.mark.stage is Stage.LOCKED
    other = Key(REVENUE.form, "99902", REVENUE.period)
    assert whole_assessment(engine, other).listed.mark.stage is Stage.SUBMITTED


def test_a_new_version_begins_anew_and_leaves_what_did_not_change(engine: Engine) -> None:
    send_star(engine, STAR_HALF)
    accept_agreeing(engine, KEY, by="สสจ.")
    before = whole_assessment(engine, KEY)
    done = send_star(engine, STAR)
    (resumed,) = done.resumed
    after = whole_assessment(engine, KEY)
    assert after.steps[-1].action == "resent"
    was = {one.item.measure: one.own for one in before.items if one.verified}
    same = [one for one in after.items if one.verified]
    assert all(was[one.item.measure] == one.own for one in same)
    assert resumed.verified == len(same) == after.listed.mark.verified
    assert resumed.items == sum(one.is_filled for one in after.items)
    assert resumed.dropped == len(was) - len(same)
    if after.left:
        assert after.listed.mark.stage is not Stage.VERIFIED


def test_taking_back_the_only_version_leaves_nothing_verified(engine: Engine) -> None:
    sent = send_star(engine).upload.id
    item = next(one for one in whole_assessment(engine, KEY).items if one.is_open)
    verify(engine, KEY, [Score(item.item.measure, item.own)], by="สสจ.")
    (resumed,) = withdraw(engine, sent, by="cup", reason="ผิด").resumed
    assert (resumed.verified, resumed.items, resumed.dropped) == (0, 0, 1)
    (back,) = restore(engine, sent, by="cup", reason="ถูกแล้ว").resumed
    assert back.verified == 1
    assert whole_assessment(engine, KEY).listed.mark.stage is Stage.UNDER_WAY
