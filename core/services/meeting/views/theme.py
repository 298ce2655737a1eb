"""The slide of an inspection theme: its areas or facilities against the limit, the worst first."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.criteria.model import Indicator
from core.periods import period_text
from core.reports.slide import MOST_LINES, Bar, Bars, Fact, Line, Slide
from core.scoring.base.state_words import STATUSES, verdict_text
from core.scoring.base.states import Verdict
from core.services.meeting.views.facts import MOST as MOST_FACTS
from core.services.meeting.views.facts import facts_behind
from core.services.meeting.views.figures import MOST, edge_limits, share_bars, tone_of, worst_of
from core.services.meeting.views.judged import failed_text, of_theme
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    first_names,
    held_text,
    marked,
    nothing_stored,
    reported_fact,
    source_lines,
    target_fact,
    whole_result,
)
from core.services.overview.view import TONES
from core.services.overview.wording import possible_verdicts, requirement_text
from core.services.profiles.themes import good_text
from core.services.results.why import explain
from core.services.rules.menu import menu_page
from core.services.rules.origin import origin
from core.services.themes.data import Unit
from core.services.themes.tests import failed_tests, theme_tests
from core.services.themes.view import ThemeView, resolve_selection, theme_view
from core.services.themes.wording import (
    graded_text,
    measured_text,
    theme_message,
    unit_measure,
    unjudged_text,
)
from core.text import Text, say

CRITERION: Final = "criterion"
_ALL: Final = 100.0
_MOST_LISTED: Final = 2
_WORST: Final = 3
"""Areas or facilities that are told of one by one."""


def theme_slide(engine: Engine, page: str, address: Address) -> Slide:
    """A theme of an area: how many pass against the target, and who does not."""
    selected = resolve_selection(
        engine,
        menu_page(page).indicators,
        criterion=address.get(CRITERION, ""),
        period=address.get(PERIOD, ""),
        area=address.get(AREA, ""),
    )
    if selected is None:
        return nothing_stored(page, address)
    shown = theme_view(engine, selected)
    problem = _problem(shown)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(shown.period),
        theme_message(shown),
        lines=() if problem else tuple(_lines(engine, shown)),
        figure=None if problem else _bars(shown),
        target=target_fact(requirement_text(shown.share)),
        sources=source_lines(
            origin(engine, (shown.criterion, shown.unit.id), shown.period, shown.area.code)
        ),
        facts=() if problem else _facts(engine, shown),
        problem=problem,
        indicators=of_theme(engine, shown),
    )


def _problem(shown: ThemeView) -> Text | None:
    """What is missing where an area has nothing to show."""
    if shown.share is not None and shown.share.reporting:
        return None
    if not shown.units:
        return say("No facility of {place} has to report this.", place=shown.area.name)
    return say("None of its {count} facilities has reported.", count=f"{len(shown.units):,}")


def _is_of_areas(shown: ThemeView) -> bool:
    """Whether areas are drawn: above a province, and where its facilities have no room."""
    above = parse_area(shown.area.code).level < Level.PROVINCE
    return bool(shown.ranking) and (above or len(shown.units) > MOST)


def _bars(shown: ThemeView) -> Bars:
    """Areas by their share, or facilities by their value, those in need first."""
    if _is_of_areas(shown):
        return share_bars(shown.name, shown.ranking)
    worst = shown.units[:MOST]
    return Bars(
        worst_of(shown.unit.name, len(worst), len(shown.units)),
        unit_measure(shown.unit),
        tuple(_bar(one, shown.unit) for one in worst),
        tuple(edge_limits(shown.unit)),
    )


def _bar(one: Unit, unit: Indicator) -> Bar:
    value = graded_text(one, unit)
    missing = unjudged_text(one) if one.value is None else None
    return Bar(one.place.name, one.value, missing or Text(value, value), STATUSES[one.verdict])


def _lines(engine: Engine, shown: ThemeView) -> Iterator[Line]:
    """The worst as far as there is room, which test is failed most, and who is still silent."""
    others = list(_others(engine, shown))
    failing = list(_failing_areas(shown) if _is_of_areas(shown) else _failing(engine, shown))
    room = MOST_LINES - len(others)
    most = room if len(failing) <= room else room - 1
    yield from (line for line, _name in failing[:most])
    # Where nothing is asked the lowest are shown, and nobody fails.
    if rest := [name for line, name in failing[most:] if line.tone == "fail"]:
        names = Text.joined(first_names(rest, _MOST_LISTED, are_places=True), " · ")
        yield marked("fail", say("Also not passing: {names}", names=names))
    if not failing:
        yield _none_failing(shown)
    yield from others


def _others(engine: Engine, shown: ThemeView) -> Iterator[Line]:
    """Which test is failed most, who is silent, and what they could still change."""
    counts = theme_tests(engine, shown.criterion, shown.period, shown.area.code).counts
    if counts and counts[0].failed:
        worst = counts[0]
        figures = {"failed": f"{worst.failed:,}", "judged": f"{worst.judged:,}"}
        text = say("Failed most: {test} ({failed} of {judged})", test=worst.name, **figures)
        yield marked("watch", text)
    if silent := [one.place.name for one in shown.units if not one.has_result]:
        names = Text.joined(first_names(silent, _MOST_LISTED, are_places=True), " · ")
        text = say("Not reported: {count} · {names}", count=f"{len(silent):,}", names=names)
        yield marked("none", text)
    if shown.share and shown.share.is_open:
        yield marked("none", say("The verdict {ends}.", ends=possible_verdicts(shown.share)))


def _none_failing(shown: ThemeView) -> Line:
    if any(one.verdict is Verdict.PASS for one in shown.units):
        return marked("pass", say("Every facility that was judged passes."))
    return marked("none", say("No facility could be judged yet."))


def _failing_areas(shown: ThemeView) -> Iterator[tuple[Line, Text]]:
    """Areas that miss the target, each with its name; where there is none, the lowest."""
    judged = any(row.share and row.share.is_judged for row in shown.ranking)
    for row in shown.ranking if judged else shown.ranking[:_WORST]:
        share, name = row.share, row.place.name
        if share is None or not share.reporting or share.percent == _ALL:
            continue
        if share.verdict is Verdict.FAIL or not share.is_judged:
            text = say("{name}: {figure}", name=name, figure=whole_result(share))
            yield Line(tone_of(TONES[share.verdict]), verdict_text(share.verdict), text), name


def _failing(engine: Engine, shown: ThemeView) -> Iterator[tuple[Line, Text]]:
    """Facilities that fail: their value, what is asked, the tests they fail; and their names."""
    tests = failed_tests(engine, shown.criterion, shown.period, shown.area.code)
    requirement = good_text(shown.unit)
    for one in shown.units:
        if one.verdict is not Verdict.FAIL:
            continue
        name = one.place.name
        figure = measured_text(one.value, shown.unit)
        text, whole = held_text(name, figure, None), held_text(name, figure, requirement)
        if failed := tests.get(one.hcode, ()):
            text = Text.joined((text, failed_text(failed, 1)), " · ")
            whole = Text.joined((whole, failed_text(failed, _MOST_LISTED)), " · ")
        # What is asked is drawn through the bars.
        yield marked("fail", text, whole), name


def _facts(engine: Engine, shown: ThemeView) -> tuple[Fact, ...]:
    """How many reported, and the figures of the worst facilities with their cells."""
    facts = [reported_fact(say("Facilities that reported"), shown.share)]
    for one in [unit for unit in shown.units if unit.verdict is Verdict.FAIL][:_WORST]:
        if one.result is not None:
            facts += facts_behind([explain(engine, one.result)], of=one.place.name)
    return tuple(facts)[:MOST_FACTS]
