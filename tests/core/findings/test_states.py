"""A finding is closed by accepted evidence and a later green light, and by nothing less."""

from dataclasses import replace

import numpy as np
import pytest

from core.findings.lights import Kind, Light, kinds_of, lights_of, opens
from core.findings.states import Act, Event, Shown, Stage, Standing, after, judged, may, shown
from core.scoring.base.states import State, Verdict

MARCH, APRIL = 6, 8


def one(stage: Stage, **changed: object) -> Standing:
    """A red finding opened in March, as columns of one row."""
    columns = {
        "stage": np.array([stage], np.int8),
        "kind": np.array([Kind.RED], np.int8),
        "accepted": np.array([False]),
        "opened": np.array([MARCH]),
        "seen": np.array([MARCH]),
        "green": np.array([0]),
        "relapses": np.array([0]),
    }
    return Standing(**columns | {k: np.array([v]) for k, v in changed.items()})  # type: ignore[arg-type]


def told(
    found: Standing, light: Light, moment: int = APRIL, *, watched: bool = False
) -> tuple[Standing, Event]:
    now, events = judged(found, np.array([light], np.int8), np.array([moment]), np.array([watched]))
    return now, Event(int(events[0]))


def test_a_light_is_that_of_its_verdict_and_silence_is_none() -> None:
    verdicts = np.array([Verdict.PASS, Verdict.WATCH, Verdict.FAIL, 0, 0, 0, 0], np.int8)
    states = np.array(
        [0, 0, State.NOT_REPORTED, State.NOT_REPORTED, State.ERROR, State.NOT_APPLICABLE, 0],
        np.int8,
    )
    assert lights_of(verdicts, states).tolist() == [
        Light.GREEN, Light.YELLOW, Light.RED, Light.SILENT, Light.SILENT, Light.NONE, Light.NONE,
    ]  # fmt: skip


def test_red_and_silent_lights_open_findings_and_yellow_ones_where_a_province_wants_them() -> None:
    lights = np.arange(5).astype(np.int8)
    assert np.flatnonzero(opens(lights, np.zeros(5, bool))).tolist() == [Light.RED, Light.SILENT]
    assert Light.YELLOW in np.flatnonzero(opens(lights, np.ones(5, bool)))
    assert kinds_of(lights).tolist() == [-1, -1, Kind.WATCH, Kind.RED, Kind.SILENT]


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.PLANNED, Stage.REPORTED])
def test_a_green_light_without_accepted_evidence_closes_nothing(stage: Stage) -> None:
    now, event = told(one(stage), Light.GREEN)
    assert (now.stage[0], event, now.green[0]) == (stage, Event.GREEN, APRIL)


def test_a_green_light_without_evidence_is_shown_as_not_explained() -> None:
    seen = {stage: shown(stage, accepted=False, green=True) for stage in Stage}
    assert seen == {
        Stage.OPEN: Shown.UNEXPLAINED, Stage.PLANNED: Shown.UNEXPLAINED,
        Stage.REPORTED: Shown.REPORTED, Stage.CLOSED: Shown.CLOSED,
        Stage.WITHDRAWN: Shown.WITHDRAWN,
    }  # fmt: skip
    for stage in Stage:
        assert shown(stage, accepted=False, green=False) == Shown(stage)
    assert shown(Stage.REPORTED, accepted=True, green=False) is Shown.ACCEPTED


def test_accepted_evidence_waits_for_a_green_light_of_a_later_period() -> None:
    found = one(Stage.REPORTED, accepted=True)
    same, event = told(found, Light.GREEN, MARCH)
    assert (same.stage[0], event) == (Stage.REPORTED, Event.NOTHING)
    yellow, event = told(found, Light.YELLOW)
    assert (yellow.stage[0], event) == (Stage.REPORTED, Event.NOTHING)
    later, event = told(found, Light.GREEN)
    assert (later.stage[0], event) == (Stage.CLOSED, Event.CLOSED)


@pytest.mark.parametrize(
    ("act", "stage", "accepted", "green", "expected"),
    [
        ("plan", Stage.OPEN, False, False, (Stage.PLANNED, False)),
        ("plan", Stage.REPORTED, True, False, (Stage.REPORTED, True)),
        ("report", Stage.PLANNED, False, True, (Stage.REPORTED, False)),
        ("report", Stage.REPORTED, True, False, (Stage.REPORTED, False)),
        ("accept", Stage.REPORTED, False, False, (Stage.REPORTED, True)),
        ("accept", Stage.REPORTED, False, True, (Stage.CLOSED, True)),
        ("close", Stage.REPORTED, True, True, (Stage.CLOSED, True)),
        ("close", Stage.REPORTED, True, False, (Stage.REPORTED, True)),
        ("withdraw", Stage.PLANNED, False, True, (Stage.WITHDRAWN, False)),
    ],
)
def test_what_people_do_moves_a_finding_on(
    act: Act, stage: Stage, accepted: bool, green: bool, expected: tuple[Stage, bool]
) -> None:
    assert may(act, stage)
    assert after(act, stage, accepted=accepted, green=green) == expected


@pytest.mark.parametrize(
    ("act", "stage"),
    [("report", Stage.OPEN), ("accept", Stage.PLANNED), ("close", Stage.PLANNED),
     ("plan", Stage.CLOSED), ("withdraw", Stage.CLOSED), ("plan", Stage.WITHDRAWN)],
)  # fmt: skip
def test_no_step_is_left_out_and_what_is_over_stays(act: Act, stage: Stage) -> None:
    assert not may(act, stage)


def test_red_after_closing_reopens_the_same_finding_as_a_relapse() -> None:
    now, event = told(one(Stage.CLOSED, accepted=True, green=APRIL, seen=APRIL), Light.RED, 10)
    assert (now.stage[0], event, now.relapses[0]) == (Stage.OPEN, Event.RELAPSED, 1)
    assert (now.accepted[0], now.green[0], now.opened[0]) == (False, 0, 10)


def test_silence_after_closing_reopens_it_and_is_no_relapse() -> None:
    now, event = told(one(Stage.CLOSED), Light.SILENT)
    assert (now.stage[0], event, now.relapses[0]) == (Stage.OPEN, Event.REOPENED, 0)
    assert now.kind[0] == Kind.SILENT


def test_a_closed_finding_stays_closed_while_its_light_is_yellow() -> None:
    now, event = told(one(Stage.CLOSED), Light.YELLOW)
    assert (now.stage[0], event) == (Stage.CLOSED, Event.NOTHING)


def test_a_withdrawn_finding_opens_again_only_in_a_later_period() -> None:
    assert told(one(Stage.WITHDRAWN), Light.RED, MARCH)[1] is Event.NOTHING
    assert told(one(Stage.WITHDRAWN), Light.RED, APRIL)[1] is Event.REOPENED


def test_a_light_that_is_green_no_more_takes_back_what_it_settled() -> None:
    now, event = told(one(Stage.PLANNED, green=APRIL, seen=APRIL), Light.YELLOW, 10)
    assert (now.green[0], event) == (0, Event.NO_LONGER_GREEN)


def test_a_report_that_comes_settles_a_silence_unless_it_is_red() -> None:
    silent = one(Stage.REPORTED, kind=Kind.SILENT, accepted=True)
    assert told(silent, Light.YELLOW)[1] is Event.CLOSED
    assert told(silent, Light.YELLOW, watched=True)[1] is Event.KIND
    red, event = told(silent, Light.RED)
    assert (red.kind[0], red.stage[0], event) == (Kind.RED, Stage.REPORTED, Event.KIND)


def test_a_red_finding_that_falls_silent_stays_a_red_one() -> None:
    now, event = told(one(Stage.OPEN), Light.SILENT)
    assert (now.kind[0], event) == (Kind.RED, Event.NOTHING)


@pytest.mark.parametrize("light", list(Light))
@pytest.mark.parametrize("stage", list(Stage))
def test_the_same_light_again_changes_nothing(stage: Stage, light: Light) -> None:
    found = replace(one(stage), accepted=np.array([stage >= Stage.REPORTED]))
    now, _event = told(found, light)
    assert told(now, light)[1] is Event.NOTHING


@pytest.mark.parametrize("light", list(Light))
def test_of_a_period_before_the_last_one_nothing_is_learnt(light: Light) -> None:
    now, event = told(one(Stage.CLOSED, seen=APRIL), light, MARCH)
    assert (now.stage[0], now.seen[0], event) == (Stage.CLOSED, APRIL, Event.NOTHING)
