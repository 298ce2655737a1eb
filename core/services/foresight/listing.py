"""Foresight in lines of a terminal, and what a command means by its month and area."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Engine

from core.access.roles import Action
from core.areas import COUNTRY
from core.errors import UsageError
from core.foresight.levers import levers
from core.periods import Period, parse_period, period_text
from core.services.foresight import wording
from core.services.foresight.area import Support
from core.services.foresight.change import Changes
from core.services.foresight.gaps import TestGap
from core.services.foresight.ledger import MonthKept, MonthScored
from core.services.foresight.warning import Foretold
from core.services.foresight.whatif import wording as changed
from core.services.foresight.whatif.area import AreaSimulation
from core.services.foresight.whatif.hospital import Simulation
from core.services.guard.doors import ANYWHERE, door
from core.services.overview.month import month, months
from core.services.scored.basis import beside
from core.text import Text, say


@door(Action.READ, ANYWHERE)
def month_or_newest(engine: Engine, given: str | None) -> Period:
    """The month meant: the newest with results where none is given.

    `UsageError` U091 where there is none.
    """
    if given:
        return parse_period(given).month
    known = months(engine)
    if not known:
        raise UsageError("U091")
    return known[-1]


@door(Action.READ, "area")
def hospitals_of(engine: Engine, area: str, period: Period) -> dict[str, Text]:
    """The hospitals of an area in a month by hcode, and all that nobody knows where it is TH."""
    whole = month(engine, period)
    return {one.hcode: one.place.name for one in whole.inside(area)} | (
        {hcode: Text(hcode, hcode) for hcode in whole.unregistered} if area == COUNTRY else {}
    )


def no_level(hospital: str) -> Text:
    """What is said where there is nothing to begin with."""
    return say("Hospital {hcode} has no crisis level in this month.", hcode=hospital)


def warning_lines(shown: Foretold, hospitals: Mapping[str, Text]) -> Iterator[Text]:
    """Forecasts, the most probable first, under what they are worth."""
    yield _titled(wording.forecast_mark(), wording.heading_text(shown))
    yield wording.test_text(shown)
    for one in sorted(shown.forecasts.values(), key=lambda one: (-one.probability, one.hcode)):
        if one.hcode in hospitals:
            name, chance = hospitals[one.hcode], wording.chance_text(one.probability)
            yield Text.joined((name, chance, wording.reasons_text(one)), " · ")


def stored_line(stored: MonthKept) -> Text:
    """What was kept."""
    if stored.month is None:
        return wording.nothing_stored()
    return say(
        "{count} new forecasts of {month} were kept.",
        count=f"{stored.entered:,}",
        month=period_text(stored.month),
    )


def ledger_lines(months: Sequence[MonthScored]) -> Iterator[Text]:
    """Forecasts that were kept, held against what came."""
    if not months:
        yield wording.nothing_stored()
    for one in months:
        yield wording.ledger_text(one)


def change_lines(shown: Changes, lacking: Sequence[TestGap] = ()) -> Iterator[Text]:
    """The smallest changes, goal by goal and lever by lever; then the gap of each failing test."""
    today = beside(say("Level {level} today", level=shown.level), shown.basis)
    yield _titled(wording.simulated(), today)
    if lasting := wording.lasting_text(shown):
        yield lasting
    for goal in shown.goals:
        yield wording.goal_text(goal)
        for lever, change in goal.alone:
            text = wording.change_text(change) if change else wording.unreachable()
            yield Text.joined((levers()[lever].name, text), ": ")
    yield from map(wording.gap_line, lacking)


def support_lines(shown: Support) -> Iterator[Text]:
    """The least support, and the hospitals it goes to."""
    yield _titled(wording.simulated(), wording.support_text(shown))
    for one in shown.lifted:
        text = say(
            "{amount}, from level {level} to {to}",
            amount=wording.baht(one.amount),
            level=one.level,
            to=one.to,
        )
        yield Text.joined((one.hospital.place.name, beside(text, one.hospital.basis)), ": ")


def simulation_lines(shown: Simulation) -> Iterator[Text]:
    """Level and score before and after, and the tests that changed."""
    yield _titled(wording.simulated(), beside(changed.level_text(shown), shown.basis))
    if score := changed.score_text(shown):
        yield score
    yield from changed.limits_text(shown)
    for one in (*shown.tests, *shown.items):
        if one.is_other:
            before, after = ("–" if value is None else f"{value:g}" for value in one.points)
            yield Text.joined((one.name, Text(f"{before} → {after}", f"{before} → {after}")), ": ")


def area_simulation_lines(shown: AreaSimulation) -> Iterator[Text]:
    """What the change makes of the area, and of each hospital that moved money."""
    yield from changed.area_lines(shown)
    yield from map(changed.hospital_line, shown.moved)


def _titled(mark: Text, text: Text) -> Text:
    return Text.joined((mark, text), ": ")
