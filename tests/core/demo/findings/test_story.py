"""Eight rounds of the demonstration: the promises of the loop, and one province counted by hand."""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from sqlalchemy import Engine

from core.demo.findings.story import closed_periods
from core.findings.lights import Light
from core.findings.states import Stage
from core.periods import parse_period
from core.services.findings.counts import by_round, counts_of, rates_of
from core.services.findings.lights import period_lights
from core.services.findings.listing import Filter, all_closings, listed_findings
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, reading
from core.store.findings.repository import changes, evidence, findings
from core.store.findings.rows import Change, StoredFinding
from tests.demonstration import demo_database

PROVINCE = "P32"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file: Path = demo_database(tmp_path_factory)
    yield open_database(f"sqlite:///{file}", "demo")
    close_engines()


@pytest.fixture(scope="module")
def every(demo: Engine) -> tuple[StoredFinding, ...]:
    with reading(demo) as session:
        return findings(session)


@pytest.fixture(scope="module")
def history(demo: Engine) -> dict[int, list[Change]]:
    told: dict[int, list[Change]] = {}
    with reading(demo) as session:
        for one in changes(session):
            told.setdefault(one.finding, []).append(one)
    return told


def test_eight_rounds_are_closed_in_their_order(demo: Engine) -> None:
    closed = all_closings(demo)
    assert len(closed) == 8
    assert tuple(one.period for one in closed) == closed_periods()
    assert sum(one.opened for one in closed) == len(listed_findings(demo, Filter(state="all")))


def test_no_red_or_silent_light_is_without_an_open_finding(
    demo: Engine, every: tuple[StoredFinding, ...]
) -> None:
    newest = period_lights(demo, parse_period("2566-R2"), "TH")
    over = (Stage.CLOSED, Stage.WITHDRAWN)
    stages = {(one.subject, one.criterion): one.stage for one in every}
    lacking = 0
    for lit in newest.columns:
        for place in np.flatnonzero(np.isin(lit.lights, (Light.RED, Light.SILENT))).tolist():
            stage = stages[lit.subjects[place], lit.criterion]
            # Withdrawn after the closing it was opened by: until the next one.
            lacking += stage is Stage.CLOSED
    assert lacking == 0
    assert Counter(stages.values())[over[0]] > 500


def test_none_is_closed_without_accepted_evidence_and_a_later_green_light(
    demo: Engine, every: tuple[StoredFinding, ...], history: dict[int, list[Change]]
) -> None:
    with reading(demo) as session:
        handed = {one.finding for one in evidence(session)}
    closed = [one for one in every if one.stage is Stage.CLOSED]
    for one in closed:
        assert one.accepted
        assert one.id in handed
        assert one.green_in is not None
        assert one.green_in.month.ordinal > one.result_period.month.ordinal
        told = [change.action for change in history[one.id]]
        assert {"accepted", "accepted_closed"} & set(told)


def test_relapses_reopen_the_same_finding(
    every: tuple[StoredFinding, ...], history: dict[int, list[Change]]
) -> None:
    relapsed = [one for one in every if one.relapses]
    assert len(relapsed) >= 10
    for one in relapsed:
        told = [change.action for change in history[one.id]]
        again = told.index("relapsed")
        assert {"closed", "accepted_closed"} & set(told[:again])
        assert told.count("relapsed") == one.relapses


def test_every_change_says_who_when_and_in_which_role(history: dict[int, list[Change]]) -> None:
    for told in history.values():
        assert [one.revision for one in told] == list(range(1, len(told) + 1))
        assert all(one.by and one.role and one.at for one in told)
        assert [one.at for one in told] == sorted(one.at for one in told)


def test_a_province_with_relapses_counted_change_by_change(
    demo: Engine, history: dict[int, list[Change]]
) -> None:
    """Counted from the history alone, change by change, as a clerk would."""
    mine = listed_findings(demo, Filter(area=PROVINCE, state="all"))
    assert len(mine) > 20
    of_round = [one for one in mine if str(one.stored.opened_in) == "2566-M03"]
    closed = opened = relapsed = 0
    days = []
    for one in of_round:
        opened += 1
        is_closed, when = False, None
        for change in history[one.stored.id]:
            if change.action in ("closed", "accepted_closed"):
                is_closed, when = True, change.at
            if change.action in ("relapsed", "reopened"):
                is_closed = False
            relapsed += change.action == "relapsed"
        if is_closed and when:
            closed += 1
            days.append((when - history[one.stored.id][0].at).total_seconds() / 86400)
    (counted,) = [one.counts for one in by_round(mine) if str(one.period) == "2566-M03"]
    assert (counted.opened, counted.closed, counted.relapsed) == (opened, closed, relapsed)
    assert (opened, closed, relapsed) == (22, 2, 3)
    assert counted.days == pytest.approx(median(days))


UTHAI_THANI = {
    "2566-R2": (10, 0, 10, 0, 0),
    "2566-M09": (3, 1, 2, 0, 0),
    "2566-R1": (33, 2, 31, 3, 0),
    "2566-M03": (25, 0, 25, 3, 0),
    "2565-R2": (1, 0, 1, 0, 0),
    "2565-R1": (7, 1, 6, 0, 0),
    "2565-M03": (4, 0, 4, 0, 0),
}
"""Opened, closed, open, overdue and relapsed, counted from the table of findings by hand."""


def test_the_rounds_of_one_province_are_those_counted_by_hand(demo: Engine) -> None:
    mine = listed_findings(demo, Filter(area="P61", state="all"))
    counted = {str(one.period): one.counts for one in by_round(mine)}
    assert {
        period: (of.opened, of.closed, of.open, of.overdue, of.relapsed)
        for period, of in counted.items()
    } == UTHAI_THANI
    # The two that were closed took 252.4 and 255.2 days.
    assert counted["2566-R1"].days == pytest.approx(253.8, abs=0.05)
    assert counted["2565-R1"].days == pytest.approx(183.0)
    shown = rates_of(mine, parse_period("2566-R1"))
    assert (shown.closed, shown.relapsed) == (pytest.approx(100 / 7), 0.0)
    # One finding a year ago is too few for a rate.
    assert math.isnan(rates_of(mine, parse_period("2566-R2")).closed)


def test_the_rates_of_a_year_ago_by_hand(demo: Engine) -> None:
    """Of the country's findings of round 2 of 2565; of a province that has too few, none."""
    mine = listed_findings(demo, Filter(state="all"))
    newest = all_closings(demo)[-1].period
    rates = rates_of(mine, newest)
    ago = [one.stored for one in mine if str(one.stored.opened_in) == "2565-R2"]
    assert (str(rates.of), rates.counts.opened) == ("2565-R2", len(ago))
    closed = sum(one.stage is Stage.CLOSED for one in ago)
    gone = sum(one.stage is Stage.WITHDRAWN for one in ago)
    assert rates.closed == pytest.approx(100 * closed / len(ago))
    assert rates.open == pytest.approx(100 * (len(ago) - closed - gone) / len(ago))
    few = [one for one in mine if str(one.stored.opened_in) == "2565-R2"][:4]
    assert math.isnan(rates_of(few, newest).closed)
    assert counts_of(few).opened == 4
