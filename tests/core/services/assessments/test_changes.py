"""Verifying a self-assessment: item by item, locked, reopened; who may, and two at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from core.access.actors import Actor, Grant, acting
from core.access.roles import Role
from core.errors import AccessError, TruatError
from core.forms.model.issues import issue_of
from core.periods import Period
from core.services.assessments.changes import Score, accept_agreeing, lock, reopen, verify
from core.services.assessments.listing import (
    WholeAssessment,
    evidence_of,
    listed_assessments,
    whole_assessment,
)
from core.services.audit.trail import verified
from core.services.evidence.handed_in import HandedIn
from core.services.results.listing import results
from core.services.rules.verified.marks import area_marks
from core.store.assessments.rows import Key, Stage
from tests.core.services.sending import hospital, register, send_star

ONE_DATABASE = True
KEY = Key("star-2561", "D6101", Period(2561))
OFFICER = "สสจ."


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("11201"), hospital("11301", "D6501"))
    send_star(engine)
    return engine


def seen(engine: Engine) -> WholeAssessment:
    return whole_assessment(engine, KEY)


def first(engine: Engine) -> tuple[str, float]:
    """An item with full marks."""
    chosen = next(one for one in seen(engine).items if one.own == one.item.high)
    return chosen.item.measure, chosen.own


def code_of(work: Callable[[], object]) -> str:
    """The code of an error, whose sentence is whole in both languages."""
    with pytest.raises(TruatError) as refused:
        work()
    words = issue_of(refused.value).text
    assert "{" not in words.th + words.en
    return refused.value.code


def test_from_submitted_to_locked_and_reopened(engine: Engine) -> None:
    assert seen(engine).listed.mark.stage is Stage.SUBMITTED
    measure, own = first(engine)
    left = seen(engine).left
    done = verify(engine, KEY, [Score(measure, own)], by=OFFICER)
    assert (done.step.stage, done.step.verified) == (Stage.UNDER_WAY, 1)
    assert code_of(lambda: lock(engine, KEY, by=OFFICER)) == "S122"
    assert code_of(lambda: reopen(engine, KEY, by=OFFICER, why="ผิด")) == "S123"
    done = accept_agreeing(engine, KEY, by=OFFICER)
    assert (done.step.stage, done.step.verified, done.step.differing) == (Stage.VERIFIED, left, 0)
    assert code_of(lambda: accept_agreeing(engine, KEY, by=OFFICER)) == "U123"
    assert lock(engine, KEY, by=OFFICER).step.stage is Stage.LOCKED
    for work in (
        lambda: verify(engine, KEY, [Score(measure, own)], by=OFFICER),
        lambda: accept_agreeing(engine, KEY, by=OFFICER),
        lambda: lock(engine, KEY, by=OFFICER),
    ):
        assert code_of(work) == "S121"
    assert code_of(lambda: reopen(engine, KEY, by=OFFICER, why="  ")) == "U007"
    reopened = reopen(engine, KEY, by=OFFICER, why="มีหลักฐานใหม่").step
    assert (reopened.stage, reopened.why) == (Stage.VERIFIED, "มีหลักฐานใหม่")
    assert seen(engine).listed.mark.is_reopened
    assert [one.action for one in seen(engine).steps] == [
        "verified", "accepted", "locked", "reopened",
    ]  # fmt: skip
    assert verified(engine).broken is None


def test_a_score_that_differs_needs_a_reason_and_moves_the_verified_total_alone(
    engine: Engine,
) -> None:
    measure, own = first(engine)
    published = [(one.indicator, one.value) for one in results(engine)]
    lower = Score(measure, 0.0)
    assert code_of(lambda: verify(engine, KEY, [lower], by=OFFICER)) == "U122"
    assert seen(engine).steps == ()
    verify(engine, KEY, [Score(measure, 0.0, "ไม่พบหลักฐาน")], by=OFFICER)
    whole = seen(engine)
    total = next(one for one in whole.totals if one.criterion == "star.a")
    assert total.own is not None
    assert total.verified is not None
    assert total.verified < total.own
    assert [(one.indicator, one.value) for one in results(engine)] == published
    item = next(one for one in whole.items if one.item.measure == measure)
    assert (item.own, item.differs, item.verified and item.verified.why) == (
        own, True, "ไม่พบหลักฐาน",
    )  # fmt: skip


@pytest.mark.parametrize("score", [-0.1, 100.1, None])
def test_a_score_that_cannot_be_is_refused(engine: Engine, score: float | None) -> None:
    percent = next(one for one in seen(engine).items if one.item.unit == "percent" and one.is_open)
    wrong = Score(percent.item.measure, score, "เหตุผล")
    assert code_of(lambda: verify(engine, KEY, [wrong], by=OFFICER)) == "U121"


@pytest.mark.parametrize("score", [0.0, 100.0])
def test_both_ends_can_be(engine: Engine, score: float) -> None:
    percent = next(one for one in seen(engine).items if one.item.unit == "percent" and one.is_open)
    verify(engine, KEY, [Score(percent.item.measure, score, "เหตุผล")], by=OFFICER)
    stored = next(one for one in seen(engine).items if one.item.measure == percent.item.measure)
    assert stored.verified is not None
    assert (stored.verified.verified, stored.verified.why) == (score, "เหตุผล")


def test_what_nobody_sent_cannot_be_verified(engine: Engine) -> None:
    nobody = Key("star-2561", "D6501", Period(2561))
    assert code_of(lambda: accept_agreeing(engine, nobody, by=OFFICER)) == "S120"
    other = Key("finance", "11201", Period(2566, "M", 9))
    assert code_of(lambda: whole_assessment(engine, other)) == "U125"
    strange = Score("star.z", 1.0)
    assert code_of(lambda: verify(engine, KEY, [strange], by=OFFICER)) == "U120"
    assert code_of(lambda: verify(engine, KEY, [], by=OFFICER)) == "U120"


def test_evidence_is_stored_and_checked_as_that_of_findings(engine: Engine) -> None:
    measure, own = first(engine)
    file = HandedIn("https://example.org/a", "รูป.png", b"png")
    done = verify(engine, KEY, [Score(measure, own, evidence=file)], by=OFFICER)
    (proof,) = seen(engine).evidence[measure]
    assert (proof.link, proof.file_name, proof.size) == ("https://example.org/a", "รูป.png", 3)
    assert evidence_of(engine, KEY, done.step.id, measure) == b"png"
    assert code_of(lambda: evidence_of(engine, KEY, done.step.id + 1, measure)) == "S071"
    for wrong in (HandedIn("ftp://example.org"), HandedIn(file_name="a.pdf")):
        given = [Score(measure, own, evidence=wrong)]
        assert code_of(lambda given=given: verify(engine, KEY, given, by=OFFICER)) == "U079"


def test_two_officers_at_once_are_both_stored_and_both_told(engine: Engine) -> None:
    measure, own = first(engine)
    verify(engine, KEY, [Score(measure, own)], by="ก")
    known = seen(engine).revision
    verify(engine, KEY, [Score(measure, 0.0, "ไม่พบ")], by="ข", known=known)
    later = verify(engine, KEY, [Score(measure, own)], by="ค", known=known)
    assert [(one.by, one.action) for one in later.unseen] == [("ข", "verified")]
    whole = seen(engine)
    assert [(one.by, one.unseen) for one in whole.steps] == [("ก", 0), ("ข", 0), ("ค", 1)]
    item = next(one for one in whole.items if one.item.measure == measure)
    assert not item.differs


def signed(role: Role, area: str) -> Actor:
    return Actor("local", "someone", "ผู้ทดสอบ", (Grant(role, area),))


@pytest.mark.parametrize(
    ("role", "area", "may"),
    [
        (Role.PROVINCE, "P61", True), (Role.PROVINCE, "P65", False), (Role.CUP, "D6101", False),
        (Role.EXECUTIVE, "TH", False), (Role.ADMINISTRATOR, "TH", True),
        (Role.ADMINISTRATOR, "P61", True), (Role.ADMINISTRATOR, "P65", False),
    ],
)  # fmt: skip
def test_only_whoever_verifies_in_the_area_may(
    engine: Engine, role: Role, area: str, *, may: bool
) -> None:
    measure, own = first(engine)
    with acting(signed(role, area)):
        for work in (
            lambda: verify(engine, KEY, [Score(measure, own)], by="x", role="province"),
            lambda: accept_agreeing(engine, KEY, by="x"),
            lambda: lock(engine, KEY, by="x"),
            lambda: reopen(engine, KEY, by="x", why="y"),
        ):
            if may:
                done = work()
                assert (done.step.by, done.step.role) == ("ผู้ทดสอบ", role.value)
            else:
                with pytest.raises(AccessError, match="A002"):
                    work()
    assert bool(seen(engine).steps) is may


def test_on_ones_own_machine_the_role_says_it(engine: Engine) -> None:
    assert code_of(lambda: accept_agreeing(engine, KEY, by="ก", role="cup")) == "U072"
    assert code_of(lambda: accept_agreeing(engine, KEY, by="ก", role="x")) == "U071"
    assert code_of(lambda: accept_agreeing(engine, KEY, by=" ")) == "U070"


def test_lists_and_counts_follow_each_step(engine: Engine) -> None:
    def counted(area: str) -> list[tuple[int, int, int, int]]:
        marks = area_marks(engine, ["star.form"], Period(2561), area)
        return [(one.sent, one.under_way, one.verified, one.locked) for one in marks]

    assert counted("P61") == [(1, 0, 0, 0)]
    assert counted("P65") == []
    measure, own = first(engine)
    verify(engine, KEY, [Score(measure, own)], by=OFFICER)
    assert counted("TH") == [(1, 1, 0, 0)]
    accept_agreeing(engine, KEY, by=OFFICER)
    assert counted("D6101") == [(1, 0, 1, 0)]
    lock(engine, KEY, by=OFFICER)
    assert counted("TH") == [(1, 0, 1, 1)]
    counts = {"all": 1, "open": 0, "locked": 1, "verified": 0, "unverified": 0}
    for state, count in counts.items():
        assert len(listed_assessments(engine, state=state)) == count
    assert code_of(lambda: listed_assessments(engine, state="x")) == "U124"
    assert code_of(lambda: listed_assessments(engine, form_id="finance")) == "U125"
