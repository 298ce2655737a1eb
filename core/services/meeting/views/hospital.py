"""The slide of one facility: its level through the months, and what fails, most pressing first."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Engine

from core.periods import day_text, month_text, period_short, period_text
from core.reports.slide import MOST_LINES, Fact, Figure, Line, Radar, Series, Slide, Trend
from core.scoring.base.state_words import STATUSES
from core.scoring.base.states import Verdict
from core.scoring.explain.words import number
from core.services.meeting.views.facts import facts_behind, level_fact
from core.services.meeting.views.figures import (
    edge_limits,
    level_trend,
    level_word,
    share_radar,
    short_amount,
)
from core.services.meeting.views.parts import (
    AREA,
    NOTHING,
    PERIOD,
    Address,
    as_stored,
    facility_of,
    first_names,
    held_text,
    marked,
    nothing_stored,
    short_name,
    source_lines,
)
from core.services.overview import view as overview
from core.services.profiles.facility import Profile, Tests, explained, profile
from core.services.profiles.series import CRITERIA
from core.services.profiles.themes import ThemeResult, explained_result, facility_themes
from core.services.profiles.wording import (
    facility_message,
    status_of_test,
    unit_message,
    unknown_facility,
)
from core.services.rules.explanation import Explanation, StoredExplanation
from core.services.rules.finance import CRISIS, TPS
from core.services.rules.origin import origin
from core.services.scored.basis import level_text
from core.services.themes.wording import measured_text, unit_measure
from core.text import Text, say

WHY: Final = "why"
_MOST_LISTED: Final = 3
"""Names of tests in a line that only counts them."""


def hospital_slide(engine: Engine, page: str, address: Address) -> Slide:
    """A facility: its level and score, the tests and themes it fails, and its course."""
    chosen = {name: address.get(name, "") for name in (PERIOD, AREA)}
    view = overview.view(engine, **chosen, with_themes=True)
    if view is None:
        return nothing_stored(page, address)
    hcode = facility_of(address)
    shown = profile(engine, hcode, view.period) if hcode else None
    when = period_text(view.period)
    if shown is None:
        place = Text(hcode, hcode) if hcode else say("No hospital chosen")
        return Slide(
            page,
            as_stored(address),
            place,
            when,
            unknown_facility(hcode),
            problem=say("Choose one on the map of its province, or by the search."),
        )
    themes = facility_themes(engine, shown.place.code, view.period)
    problem = _problem(shown, themes)
    whys = () if problem else tuple(_whys(engine, shown, themes))
    failed = (one.unit.id for one in themes if one.verdict is Verdict.FAIL)
    cited = (*(CRITERIA if shown.is_hospital else ()), *failed)
    return Slide(
        page,
        as_stored(address),
        shown.place.name,
        when,
        facility_message(shown) if shown.is_hospital else unit_message(shown, themes),
        lines=() if problem else tuple(_lines(shown, themes, whys)),
        figure=None if problem else _figure(shown, themes, address.get(WHY, "")),
        sources=source_lines(origin(engine, cited, view.period, shown.place.code)),
        facts=(*_level_facts(shown), *facts_behind(whys)),
        problem=problem,
        basis=NOTHING if problem or shown.now.level is None else level_text(shown.basis),
    )


def _level_facts(shown: Profile) -> Iterator[Fact]:
    if shown.now.level is not None:
        yield level_fact(level_word(shown.now.level), shown.basis)


def _problem(shown: Profile, themes: Sequence[ThemeResult]) -> Text | None:
    """Why there is nothing to show: it is closed, or told nothing; None where there is something.

    What it told in the round stands where its month is missing.
    """
    if shown.now.reported or themes:
        return None
    if shown.closed_on and shown.closed_on < shown.period.last_day:
        return say("It is closed; its last day was {day}.", day=day_text(shown.closed_on))
    if shown.latest is None:
        return say("It has sent no figures in the last 24 months.")
    last = month_text(shown.latest.period)
    return say("It has sent no figures for this month; its last are of {month}.", month=last)


def _whys(
    engine: Engine, shown: Profile, themes: Sequence[ThemeResult]
) -> Iterator[StoredExplanation]:
    """What stands behind level and score; of a facility without either, behind its themes."""
    known = explained(engine, shown)
    yield from (known[one] for one in (CRISIS, TPS) if one in known)
    if not known:
        yield from (explained_result(engine, one) for one in themes)


def _lines(
    shown: Profile, themes: Sequence[ThemeResult], whys: Sequence[StoredExplanation]
) -> Iterator[Line]:
    """What fails, most pressing first: tests of the level, themes, items of the score."""
    steps = {test.id: test.next_step for why in whys for test in why.parts if test.next_step}
    risks = list(_failing(shown.level, is_risk=True))
    items = list(_failing(shown.score, is_risk=False))
    failed = [one for one in themes if one.verdict is Verdict.FAIL]
    failing = [
        *((_test_line(one, steps, is_risk=True), short_name(one.name)) for one in risks),
        *((_theme_line(one), one.unit.name) for one in failed),
        *((_test_line(one, steps, is_risk=False), short_name(one.name)) for one in items),
    ]
    if not failing:
        yield marked("pass", say("Every test that was judged passes."))
    most = MOST_LINES if len(failing) <= MOST_LINES else MOST_LINES - 1
    yield from (line for line, _name in failing[:most])
    if rest := [name for _line, name in failing[most:]]:
        names = Text.joined(first_names(rest, _MOST_LISTED), " · ")
        yield marked("fail", say("Also not passing: {names}", names=names))


def _failing(tests: Tests | None, *, is_risk: bool) -> Iterator[Explanation]:
    """The tests that lost points, those that lost most first."""
    leaves = (one for one in tests.parts if not one.is_block) if tests else ()
    lost = [one for one in leaves if status_of_test(one, is_risk=is_risk) in ("fail", "watch")]
    yield from sorted(lost, key=lambda one: -_lost(one, is_risk=is_risk))


def _lost(test: Explanation, *, is_risk: bool) -> float:
    points = test.points or 0.0
    return points if is_risk else (test.full_marks or 0.0) - points


def _test_line(test: Explanation, steps: dict[str, Text], *, is_risk: bool) -> Line:
    """A test with its figure, what is asked, and how far it is from it."""
    figure = _figure_line(test, is_risk=is_risk)
    # Without the figures behind it a step says the distance alone: a line has room for no more.
    step = test.next_step or steps.get(test.id)
    whole = Text.joined((figure, step), " · ") if step else figure
    return marked(status_of_test(test, is_risk=is_risk), figure, whole)


def _figure_line(test: Explanation, *, is_risk: bool) -> Text:
    """The figure of a test and its cut-off; the points of one that is held against none."""
    name, requirement, limit = short_name(test.name), test.held.requirement, test.held.limit
    if requirement is None or limit is None:
        points = {"points": number(test.points or 0.0), "full": number(test.full_marks or 0.0)}
        if is_risk:
            return say("{name}: {points} of {full} points of risk", name=name, **points)
        return say("{name}: {points} of {full} points", name=name, **points)
    figure = short_amount(test.figure, test.unit, (limit,))
    if is_risk:
        return say(
            "{name}: {figure}, a risk when {asked}", name=name, figure=figure, asked=requirement
        )
    return held_text(name, figure, requirement)


def _theme_line(one: ThemeResult) -> Line:
    value = measured_text(one.value, one.unit)
    return marked(STATUSES[one.verdict], held_text(one.unit.name, value, one.requirement))


def _figure(shown: Profile, themes: Sequence[ThemeResult], why: str) -> Figure | None:
    """The level through the months; without one, or where a theme is asked for, what that has.

    A theme has its radar, else its values through the periods; None where nothing has a value.
    """
    drawn = [one for one in themes if any(spoke.now is not None for spoke in one.spokes)]
    pointed = [one for one in drawn if why and f"{why}.".startswith(f"{one.unit.id}.")]
    has_levels = any(point.level is not None for point in shown.series)
    if has_levels and not pointed:
        return level_trend(shown)
    if drawn:
        return _radar((pointed or drawn)[0])
    valued = (one for one in themes if any(past.value is not None for past in one.series))
    return next((_course(one) for one in valued), None)


def _course(one: ThemeResult) -> Trend:
    """The value of a theme through its periods."""
    values = tuple(past.value for past in one.series)
    shown = tuple(measured_text(value, one.unit) for value in values)
    return Trend(
        one.unit.name,
        unit_measure(one.unit),
        tuple(period_short(past.period) for past in one.series),
        (Series(one.unit.name, values, shown),),
        tuple(edge_limits(one.unit)),
    )


def _radar(one: ThemeResult) -> Radar:
    return share_radar(one.unit.name, one.spokes, period_text(one.period))
