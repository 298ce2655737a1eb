"""The slide of foresight: who may come into crisis, or what would lift a hospital; no results."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from core.foresight.levers import levers
from core.periods import period_text
from core.quantities import MISSING
from core.reports.slide import MOST_LINES, Bar, Bars, Cell, Line, Matrix, Slide
from core.services.foresight import wording
from core.services.foresight.change import Changes, Goal, changes
from core.services.foresight.view import AreaForesight, Watched, area_foresight, chain_of
from core.services.foresight.warning import Foretold, foretold
from core.services.foresight.whatif import simulate
from core.services.meeting.views.figures import MOST, first_of, level_tone_of
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    facility_of,
    marked,
    nothing_stored,
)
from core.services.overview.view import View, view
from core.services.rules.units import with_unit
from core.text import Text, say

_NONE: Final = Text(MISSING, MISSING)


def foresight_slide(engine: Engine, page: str, address: Address) -> Slide:
    """What is foretold of an area, or simulated of the hospital that the address names."""
    asked = view(engine, period=address.get(PERIOD, ""), area=address.get(AREA, ""))
    if asked is None:
        return nothing_stored(page, address)
    hcode = facility_of(address)
    if hcode:
        return _of_hospital(engine, page, address, hcode, asked)
    shown = area_foresight(engine, asked.area, asked.period)
    refusal = next((one.refusal for one in shown.foretold if one.refusal), None)
    return Slide(
        page,
        as_stored(address),
        shown.chain[-1].name,
        period_text(shown.period),
        wording.area_text(shown),
        lines=tuple(islice(_area_lines(shown), MOST_LINES)),
        figure=None if refusal else _chances(shown),
        sources=wording.assumptions(shown.foretold),
        problem=refusal,
    )


def _area_lines(shown: AreaForesight) -> Iterator[Line]:
    yield marked("none", wording.support_text(shown.support))
    last = shown.foretold[-1]
    for one in shown.watched[:2]:
        if one.chances[-1] is not None:
            yield marked("none", _named(one, last))
    yield marked("none", wording.worth_text(last))


def _named(one: Watched, told: Foretold) -> Text:
    return say(
        "{hospital}: {chance} in {month}",
        hospital=one.hospital.place.name,
        chance=wording.chance_text(one.chances[-1] or 0.0),
        month=period_text(told.target),
    )


def _chances(shown: AreaForesight) -> Bars:
    """The highest probabilities at the farthest month; levels of today give the colour."""
    known = [one for one in shown.watched if one.chances[-1] is not None]
    title = say("Forecast: {heading}", heading=wording.heading_text(shown.foretold[-1]))
    return Bars(
        first_of(title, len(known[:MOST]), len(known)),
        say("percent"),
        tuple(
            Bar(
                one.hospital.place.name,
                100.0 * (one.chances[-1] or 0.0),
                wording.chance_text(one.chances[-1] or 0.0),
                level_tone_of(one.hospital.level),
            )
            for one in known[:MOST]
        ),
    )


def _of_hospital(engine: Engine, page: str, address: Address, hcode: str, asked: View) -> Slide:
    name = chain_of(engine, hcode, asked.period)[-1].name
    known, now = changes(engine, hcode, asked.period), simulate(engine, hcode, asked.period, {})
    if known is None or now is None:
        title = wording.nothing_to_simulate(name, asked.period)
        return Slide(
            page, as_stored(address), name, period_text(asked.period), title, problem=title
        )
    return Slide(
        page,
        as_stored(address),
        name,
        period_text(asked.period),
        wording.hospital_text(name, now, known),
        lines=tuple(islice(_hospital_lines(engine, hcode, asked, known), MOST_LINES)),
        figure=_ways(known) if known.goals else None,
        sources=tuple(map(wording.lever_assumption, levers())),
    )


def _hospital_lines(engine: Engine, hcode: str, asked: View, known: Changes) -> Iterator[Line]:
    lasting = wording.lasting_text(known)
    if lasting:
        yield marked("none", lasting)
    for told in foretold(engine, asked.period):
        forecast = told.forecasts.get(hcode)
        if forecast:
            yield marked("none", wording.forecast_line(told, forecast))


def _ways(known: Changes) -> Matrix:
    return Matrix(
        say("Simulation: least change of each way, baht"),
        say("To level"),
        tuple(lever.name for lever in levers().values()),
        tuple(
            (Text(str(goal.level), str(goal.level)), tuple(_cells(goal))) for goal in known.goals
        ),
    )


def _cells(goal: Goal) -> Iterator[Cell]:
    for _lever, change in goal.alone:
        shown = with_unit(f"{change.total:,}", "") if change else _NONE
        yield Cell(shown, "none")
