"""The slide of foresight: who may come into crisis, or what would lift a hospital; no results."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import Engine

from core.foresight.levers import levers
from core.periods import period_text
from core.reports.slide import MOST_LINES, Bar, Bars, Line, Slide
from core.services.foresight import wording
from core.services.foresight.change import Changes, changes
from core.services.foresight.view import AreaForesight, Watched, area_foresight, chain_of
from core.services.foresight.warning import Foretold, foretold
from core.services.foresight.whatif.hospital import simulate
from core.services.foresight.whatif.wording import hospital_text
from core.services.meeting.views.figures import MOST, first_of
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    facility_of,
    nothing_stored,
)
from core.services.overview.view import View, view
from core.text import Text, say


def foresight_slide(engine: Engine, page: str, address: Address) -> Slide:
    """What is foretold of an area, or simulated of the hospital that the address names."""
    view_ = view(engine, period=address.get(PERIOD, ""), area=address.get(AREA, ""))
    if view_ is None:
        return nothing_stored(page, address)
    hcode = facility_of(address)
    if hcode:
        return _of_hospital(engine, page, address, hcode, view_)
    shown = area_foresight(engine, view_.area, view_.period)
    refusal = next((one.refusal for one in shown.foretold if one.refusal), None)
    figure = _supported(shown) if refusal else _chances(shown)
    problem = None if figure.bars else refusal or wording.support_text(shown.support)
    return Slide(
        page,
        as_stored(address),
        shown.chain[-1].name,
        period_text(shown.period),
        wording.area_text(shown),
        lines=() if problem else tuple(islice(_area_lines(shown), MOST_LINES)),
        figure=None if problem else figure,
        sources=wording.assumptions(shown.foretold),
        problem=problem,
    )


def _area_lines(shown: AreaForesight) -> Iterator[Line]:
    yield _simulated(wording.support_text(shown.support))
    last = shown.foretold[-1]
    for one in shown.watched[:2]:
        if one.chances[-1] is not None:
            yield _foretold(_name(one, last))
    yield _foretold(wording.worth_text(last))


def _name(one: Watched, forecast: Foretold) -> Text:
    return say(
        "{hospital}: {chance} in {month}",
        hospital=one.hospital.place.name,
        chance=wording.chance_text(one.chances[-1] or 0.0),
        month=period_text(forecast.target),
    )


def _chances(shown: AreaForesight) -> Bars:
    """The highest probabilities at the farthest month, without the colours of results."""
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
                "none",
            )
            for one in known[:MOST]
        ),
    )


def _supported(shown: AreaForesight) -> Bars:
    """What each hospital would be given of the least support."""
    dearest = sorted(shown.support.lifted, key=lambda one: -one.amount)
    title = say("Simulation: least support by hospital")
    bars = ((one.hospital.place.name, one.amount) for one in dearest[:MOST])
    return _in_millions(first_of(title, len(dearest[:MOST]), len(dearest)), bars)


def _lifted(known: Changes) -> Bars:
    """The least money that leads to each better level."""
    cheapest = ((goal.level, goal.cheapest) for goal in known.goals)
    bars = (
        (say("Level {level}", level=level), change.total) for level, change in cheapest if change
    )
    return _in_millions(say("Simulation: least money to a better level"), bars)


def _in_millions(title: Text, amounts: Iterable[tuple[Text, int]]) -> Bars:
    bars = (Bar(name, baht / 1e6, wording.baht(baht), "none") for name, baht in amounts)
    return Bars(title, say("million baht"), tuple(bars))


def _of_hospital(engine: Engine, page: str, address: Address, hcode: str, shown: View) -> Slide:
    name = chain_of(engine, hcode, shown.period)[-1].name
    known, now = changes(engine, hcode, shown.period), simulate(engine, hcode, shown.period, {})
    if known is None or now is None:
        title = wording.nothing_to_simulate(name, shown.period)
        return Slide(
            page, as_stored(address), name, period_text(shown.period), title, problem=title
        )
    figure, title = _lifted(known), hospital_text(name, now, known)
    if not figure.bars:
        return Slide(
            page, as_stored(address), name, period_text(shown.period), title, problem=title
        )
    return Slide(
        page,
        as_stored(address),
        name,
        period_text(shown.period),
        title,
        lines=tuple(islice(_hospital_lines(engine, hcode, shown, known), MOST_LINES)),
        figure=figure,
        sources=tuple(map(wording.lever_assumption, levers())),
    )


def _hospital_lines(engine: Engine, hcode: str, shown: View, known: Changes) -> Iterator[Line]:
    yield from (_simulated(wording.goal_text(goal)) for goal in known.goals[1:])
    lasting = wording.lasting_text(known)
    if lasting:
        yield _simulated(lasting)
    for horizon in foretold(engine, shown.period):
        forecast = horizon.forecasts.get(hcode)
        if forecast:
            yield _foretold(wording.forecast_line(horizon, forecast))


def _simulated(text: Text) -> Line:
    return Line("none", say("simulation"), text)


def _foretold(text: Text) -> Line:
    return Line("none", say("forecast"), text)
