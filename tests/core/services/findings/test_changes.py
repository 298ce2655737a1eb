"""What people do to findings: in order, in words, and two at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from core.errors import NotFoundError, TruatError, UsageError
from core.findings.states import Stage
from core.forms.model.issues import issue_of
from core.periods import parse_period
from core.services.evidence.deeds import Actor
from core.services.evidence.handed_in import HandedIn
from core.services.findings import changes
from core.services.findings.by_hand import open_by_hand
from core.services.findings.changes import Plan
from core.services.findings.listing import evidence_file, whole_finding
from core.services.findings.narratives import RECOMMENDATIONS, Typed, narrate, narrated
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

ONE_DATABASE = True
PROVINCE, CUP = Actor("ก", "province"), Actor("ข", "cup")
SEPTEMBER = parse_period("2566-M09")
PLAN = Plan("income", "มาตรการ", "director", "รพ.", "2030-01-31")


@pytest.fixture
def engine(engine: Engine) -> Engine:
    register(engine, hospital("11201"))
    send(engine, row("11201", BROKE))
    open_by_hand(engine, "11201", "crisis.level", SEPTEMBER, actor=PROVINCE, why="ตรวจพบ")
    return engine


def code_of(work: Callable[[], object]) -> str:
    """The code of an error, whose sentence is whole in both languages."""
    with pytest.raises(TruatError) as refused:
        work()
    told = issue_of(refused.value).text
    assert "{" not in told.th + told.en
    return refused.value.code


def test_from_open_to_reported_each_step_is_kept_with_who_and_why(engine: Engine) -> None:
    changes.plan(engine, 1, PLAN, actor=CUP, why="ตกลงในที่ประชุม")
    changes.report(engine, 1, HandedIn(file_name="รูป.png", content=b"png"), actor=CUP)
    whole = whole_finding(engine, 1)
    assert whole.listed.stored.stage is Stage.REPORTED
    assert [(one.action, one.by, one.role, one.why) for one in whole.changes] == [
        ("opened", "ก", "province", "ตรวจพบ"),
        ("planned", "ข", "cup", "ตกลงในที่ประชุม"),
        ("reported", "ข", "cup", ""),
    ]
    (handed,) = whole.evidence
    assert (handed.file_name, handed.size, evidence_file(engine, handed.change)) == (
        "รูป.png", 3, b"png",
    )  # fmt: skip


def test_two_who_plan_at_once_are_both_kept_and_both_told(engine: Engine) -> None:
    known = whole_finding(engine, 1).listed.stored.revision
    first = changes.plan(engine, 1, PLAN, actor=CUP, known=known)
    assert first.unseen == ()
    other = Plan("claims", "อีกมาตรการ", "finance", "รพ.", "2031-01-31")
    later = changes.plan(engine, 1, other, actor=Actor("ค", "cup"), known=known)
    assert [(one.by, one.action) for one in later.unseen] == [("ข", "planned")]
    whole = whole_finding(engine, 1)
    assert whole.listed.stored.measure == "อีกมาตรการ"
    # The earlier one finds it in the history, beside what was planned first.
    assert [one.unseen for one in whole.changes] == [0, 0, 1]
    assert "มาตรการ" in whole.changes[1].content


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        (Plan("", "ก", "director", "รพ.", "2030-01-31"), "U075"),
        (Plan("income", "ก", "director", "รพ.", None), "U075"),
        (Plan("weather", "ก", "director", "รพ.", "2030-01-31"), "U076"),
        (Plan("income", "ก", "boss", "รพ.", "2030-01-31"), "U076"),
        (Plan("income", "ก", "director", "รพ.", "31/01"), "U077"),
        (Plan("income", "ก", "director", "รพ.", "2020-01-31"), "U077"),
        (Plan("income", "ก" * 501, "director", "รพ.", "2030-01-31"), "U010"),
    ],
)
def test_a_plan_that_lacks_something_is_named_in_words(
    engine: Engine, planned: Plan, code: str
) -> None:
    assert code_of(lambda: changes.plan(engine, 1, planned, actor=CUP)) == code
    assert whole_finding(engine, 1).listed.stored.stage is Stage.OPEN


@pytest.mark.parametrize(
    "handed",
    [HandedIn(), HandedIn("ftp://example.org"), HandedIn("javascript:alert(1)"),
     HandedIn(file_name="a.pdf"), HandedIn(file_name="a.pdf", content=bytes(10_000_001))],
)  # fmt: skip
def test_what_is_no_evidence_is_refused(engine: Engine, handed: HandedIn) -> None:
    changes.plan(engine, 1, PLAN, actor=CUP)
    assert code_of(lambda: changes.report(engine, 1, handed, actor=CUP)) == "U079"
    assert whole_finding(engine, 1).evidence == ()


def test_no_step_is_left_out(engine: Engine) -> None:
    link = HandedIn("https://example.org")
    assert code_of(lambda: changes.report(engine, 1, link, actor=CUP)) == "S073"
    changes.plan(engine, 1, PLAN, actor=CUP)
    assert code_of(lambda: changes.accept(engine, 1, actor=PROVINCE)) == "S074"
    changes.report(engine, 1, link, actor=CUP)
    assert code_of(lambda: changes.accept(engine, 1, actor=CUP)) == "U072"
    assert code_of(lambda: changes.close(engine, 1, actor=PROVINCE)) == "S075"
    changes.accept(engine, 1, actor=PROVINCE)
    assert code_of(lambda: changes.close(engine, 1, actor=PROVINCE)) == "S076"
    assert code_of(lambda: changes.withdraw(engine, 1, actor=PROVINCE, why=" ")) == "U007"
    changes.withdraw(engine, 1, actor=PROVINCE, why="ไม่เข้าเกณฑ์")
    assert code_of(lambda: changes.plan(engine, 1, PLAN, actor=CUP)) == "S072"


def test_a_green_light_of_a_later_month_closes_it_by_the_newest_results(engine: Engine) -> None:
    changes.plan(engine, 1, PLAN, actor=CUP)
    changes.report(engine, 1, HandedIn("https://example.org"), actor=CUP)
    changes.accept(engine, 1, actor=PROVINCE)
    send(engine, row("11201", SOUND, month=10))
    closed = changes.close(engine, 1, actor=PROVINCE).finding
    assert (closed.stage, str(closed.green_in)) == (Stage.CLOSED, "2566-M10")


@pytest.mark.parametrize(
    ("subject", "criterion", "code"),
    [("99999", "crisis.level", "U078"), ("P99", "crisis.area", "U078"), ("X", "a", "U006"),
     ("11201", "crisis.area", "U002"), ("P61", "crisis.level", "U002"), ("11201", "no", "U002"),
     ("11201", "crisis.level", "S077")],
)  # fmt: skip
def test_what_is_opened_by_hand_must_exist_once(
    engine: Engine, subject: str, criterion: str, code: str
) -> None:
    def work() -> object:
        return open_by_hand(engine, subject, criterion, SEPTEMBER, actor=PROVINCE, why="ก")

    assert code_of(work) == code


def test_a_finding_that_is_not_there_is_said(engine: Engine) -> None:
    with pytest.raises(NotFoundError, match="S070"):
        whole_finding(engine, 77)
    assert code_of(lambda: changes.accept(engine, 77, actor=PROVINCE)) == "S070"
    assert code_of(lambda: evidence_file(engine, 77)) == "S071"


def test_a_part_of_a_report_keeps_every_version_and_tells_who_overlooked_one(
    engine: Engine,
) -> None:
    first = Typed("c_operators", "อบรม 2 รุ่น", "รายชื่อ")
    narrate(engine, "P61", SEPTEMBER, first, actor=PROVINCE)
    narrate(engine, "P61", SEPTEMBER, Typed("c_operators", "อบรม 3 รุ่น"), actor=PROVINCE, known=1)
    last = narrate(
        engine, "P61", SEPTEMBER, Typed("c_operators", "อบรม 4 รุ่น"), actor=PROVINCE, known=1
    )
    assert (last.version, last.unseen) == (3, 1)
    narrate(engine, "P61", SEPTEMBER, Typed(RECOMMENDATIONS, "ข้อ 1\n\nข้อ 2 "), actor=PROVINCE)
    by_part = {one.part: one for one in narrated(engine, "P61", SEPTEMBER)}
    assert len(by_part["c_operators"].versions) == 3
    assert by_part[RECOMMENDATIONS].newest.words == "ข้อ 1\nข้อ 2"  # type: ignore[union-attr]
    assert by_part["d_watch"].newest is None
    unknown = Typed("e", "ก")
    with pytest.raises(UsageError, match="U076"):
        narrate(engine, "P61", SEPTEMBER, unknown, actor=PROVINCE)
