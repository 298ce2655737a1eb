"""Closing a round: every red and silent light has one finding, and the same deed twice has none."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from core.errors import UsageError
from core.findings.lights import Kind, Light
from core.findings.states import Stage
from core.periods import parse_period
from core.services.evidence.deeds import Actor
from core.services.evidence.handed_in import HandedIn
from core.services.findings.by_hand import open_by_hand, watch_yellow
from core.services.findings.changes import Plan, accept, plan, report, withdraw
from core.services.findings.closing import close_period
from core.store.engine.unit_of_work import reading
from core.store.findings.closings import closings
from core.store.findings.repository import changes, findings
from core.store.findings.rows import Closing, StoredFinding
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

PROVINCE = Actor("ก", "province")
CUP = Actor("ข", "cup")
WATCHED = SOUND | {"finance.net_income": -1, "finance.revenue": 99}
"""A hospital at a yellow level."""


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """Three hospitals of a province, the third of which tells nothing."""
    register(engine, hospital("11201"), hospital("11202"), hospital("11203"))
    send(engine, row("11201", BROKE, month=8), row("11202", SOUND, month=8))
    return engine


def close(engine: Engine, month: int, area: str = "TH") -> Closing:
    at = datetime(2023, 10, month, tzinfo=UTC)
    return close_period(engine, parse_period(f"2566-M{month:02}"), actor=PROVINCE, area=area, at=at)


def of(engine: Engine, hcode: str) -> StoredFinding | None:
    with reading(engine) as session:
        found = findings(session, subjects=[hcode], criteria=["crisis.level"])
    return found[0] if found else None


def settle(engine: Engine, number: int) -> None:
    """Plan, report and accept."""
    plan(engine, number, Plan("income", "มาตรการ", "director", "รพ.", "2030-01-31"), actor=CUP)
    report(engine, number, HandedIn("https://example.org/a"), actor=CUP)
    accept(engine, number, actor=PROVINCE)


def test_red_and_silent_lights_open_one_finding_each_and_green_ones_none(engine: Engine) -> None:
    close(engine, 8)
    red, green, silent = (of(engine, hcode) for hcode in ("11201", "11202", "11203"))
    assert green is None
    assert red
    assert silent
    assert (red.kind, red.light, red.value, red.stage) == (Kind.RED, Light.RED, 7.0, Stage.OPEN)
    assert (str(red.opened_in), red.requirement.en) == ("2566-M08", "at most 0")
    assert "liquidity.cash_ratio" in red.tests
    assert (silent.kind, silent.value, silent.tests) == (Kind.SILENT, None, ())
    # What is missing is one report: its other criteria have no findings of their own.
    with reading(engine) as session:
        assert len(findings(session, subjects=["11203"])) == 1
        (opened,) = changes(session, red.id)
    assert (opened.action, opened.by, opened.role, str(opened.period)) == (
        "opened", "ก", "province", "2566-M08",
    )  # fmt: skip


def test_the_same_period_closed_again_changes_nothing(engine: Engine) -> None:
    first, again = close(engine, 8), close(engine, 8)
    assert first == again
    with reading(engine) as session:
        assert len(closings(session)) == 1
        assert len(changes(session)) == first.opened


def test_closed_only_by_accepted_evidence_and_a_later_green_light(engine: Engine) -> None:
    close(engine, 8)
    number = of(engine, "11201").id  # type: ignore[union-attr]
    send(engine, row("11201", SOUND))
    close(engine, 9)
    unexplained = of(engine, "11201")
    assert unexplained
    assert (unexplained.stage, str(unexplained.green_in)) == (Stage.OPEN, "2566-M09")
    settle(engine, number)
    closed = of(engine, "11201")
    assert closed
    assert closed.stage is Stage.CLOSED
    with reading(engine) as session:
        told = [one.action for one in changes(session, number)]
    assert told == ["opened", "green", "planned", "reported", "accepted_closed"]


def test_accepted_evidence_waits_for_the_light_and_closes_with_it(engine: Engine) -> None:
    close(engine, 8)
    settle(engine, of(engine, "11201").id)  # type: ignore[union-attr]
    assert of(engine, "11201").stage is Stage.REPORTED  # type: ignore[union-attr]
    send(engine, row("11201", SOUND))
    assert close(engine, 9).closed == 1
    closed = of(engine, "11201")
    assert closed
    assert (closed.stage, closed.closed_at) == (Stage.CLOSED, datetime(2023, 10, 9, tzinfo=UTC))


LEVELS = {
    0: {"finance.cash": 79.5},
    1: {"finance.cash": 79.49},
    3: {"finance.cash": 10, "finance.current_assets": 110, "finance.inventories": 50},
    4: {
        "finance.cash": 10, "finance.current_assets": 110, "finance.inventories": 50,
        "finance.revenue": 99, "finance.net_income": -1,
    },
}  # fmt: skip
"""What a sound hospital is changed by, at both edges of the yellow levels."""


@pytest.mark.parametrize(
    ("level", "light", "stage"),
    [
        (0, Light.GREEN, Stage.CLOSED),
        (1, Light.YELLOW, Stage.REPORTED),
        (3, Light.YELLOW, Stage.REPORTED),
        (4, Light.RED, Stage.REPORTED),
    ],
)
def test_a_crisis_level_closes_at_green_alone_which_is_level_0(
    engine: Engine, level: int, light: Light, stage: Stage
) -> None:
    close(engine, 8)
    settle(engine, of(engine, "11201").id)  # type: ignore[union-attr]
    send(engine, row("11201", SOUND | LEVELS[level]))
    closing = close(engine, 9)
    found = of(engine, "11201")
    assert found
    assert (found.stage, found.light) == (stage, light)
    assert closing.closed == (stage is Stage.CLOSED)
    # Once it is green the accepted evidence closes it: nobody has to hand it in again.
    send(engine, row("11201", SOUND, month=10))
    close(engine, 10)
    assert of(engine, "11201").stage is Stage.CLOSED  # type: ignore[union-attr]


def test_red_after_closing_reopens_the_same_finding_with_its_history(engine: Engine) -> None:
    close(engine, 8)
    number = of(engine, "11201").id  # type: ignore[union-attr]
    settle(engine, number)
    send(engine, row("11201", SOUND))
    close(engine, 9)
    send(engine, row("11201", BROKE, month=10))
    assert close(engine, 10).reopened == 1
    again = of(engine, "11201")
    assert again
    assert (again.id, again.stage, again.relapses) == (number, Stage.OPEN, 1)
    # The plan of before is history; the round it was first opened in stays.
    assert (again.measure, again.due, again.accepted, str(again.opened_in)) == (
        "", None, False, "2566-M08",
    )  # fmt: skip
    with reading(engine) as session:
        told = [one.action for one in changes(session, number)]
    assert told == ["opened", "planned", "reported", "accepted", "closed", "relapsed"]


def test_yellow_lights_open_findings_where_a_province_wants_them(engine: Engine) -> None:
    send(engine, row("11202", WATCHED))
    send(engine, row("11201", BROKE))
    close(engine, 9)
    assert of(engine, "11202") is None
    watch_yellow(engine, "P61", watched=True, actor=PROVINCE)
    close(engine, 9)
    watched = of(engine, "11202")
    assert watched
    assert (watched.kind, watched.light) == (Kind.WATCH, Light.YELLOW)


def test_a_withdrawn_finding_stays_so_until_a_later_period_is_red(engine: Engine) -> None:
    close(engine, 8)
    number = of(engine, "11201").id  # type: ignore[union-attr]
    withdraw(engine, number, actor=PROVINCE, why="ข้อมูลผิด")
    close(engine, 8)
    assert of(engine, "11201").stage is Stage.WITHDRAWN  # type: ignore[union-attr]
    send(engine, row("11201", BROKE))
    close(engine, 9)
    again = of(engine, "11201")
    assert again
    assert (again.id, again.stage, again.relapses) == (number, Stage.OPEN, 0)


def test_figures_corrected_in_the_same_period_do_not_close_it(engine: Engine) -> None:
    close(engine, 8)
    settle(engine, of(engine, "11201").id)  # type: ignore[union-attr]
    send(engine, row("11201", SOUND, month=8))
    close(engine, 8)
    kept = of(engine, "11201")
    assert kept
    assert (kept.stage, kept.light, kept.green_in) == (Stage.REPORTED, Light.GREEN, None)


def test_an_area_alone_is_closed(engine: Engine) -> None:
    register(engine, hospital("11301", "D6501"))
    send(engine, row("11301", BROKE, month=8))
    close(engine, 8, "P61")
    assert of(engine, "11201")
    assert of(engine, "11301") is None
    assert close(engine, 8).opened > 0
    assert of(engine, "11301")


@pytest.mark.parametrize(
    ("period", "code"),
    [("2566-M12", "U073"), ("2570-R1", "U073"), ("2566", "U005"), ("2566-Q3", "U005")],
)
def test_what_cannot_be_closed_is_refused_in_words(engine: Engine, period: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        close_period(engine, parse_period(period), actor=PROVINCE)
    assert refused.value.code == code
    with reading(engine) as session:
        assert findings(session) == ()


def test_an_older_period_is_not_closed_after_a_newer_one(engine: Engine) -> None:
    send(engine, row("11201", BROKE))
    close(engine, 9)
    with pytest.raises(UsageError) as refused:
        close(engine, 8)
    assert refused.value.code == "U074"


@pytest.mark.parametrize(
    ("actor", "code"),
    [(Actor(" ", "province"), "U070"), (Actor("ก", "king"), "U071"), (Actor("ก", "cup"), "U072")],
)
def test_who_may_not_close_is_told_who_may(engine: Engine, actor: Actor, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        close_period(engine, parse_period("2566-M08"), actor=actor)
    assert refused.value.code == code


def test_a_finding_of_an_area_follows_the_light_of_the_area(engine: Engine) -> None:
    when = parse_period("2566-M08")
    opened = open_by_hand(engine, "P61", "crisis.area", when, actor=PROVINCE, why="เกินเป้า")
    assert opened.finding.light is Light.RED
    settle(engine, opened.finding.id)
    send(engine, row("11201", SOUND), row("11202", SOUND), row("11203", SOUND))
    close(engine, 9)
    with reading(engine) as session:
        (area,) = findings(session, subjects=["P61"])
    assert (area.stage, area.light) == (Stage.CLOSED, Light.GREEN)
