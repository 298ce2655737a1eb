"""Slides of areas: the overview with its map, and the crisis levels."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.periods import Period, month_text, period_text
from core.reports.slide import MOST_LINES, Fact, Figure, Line, Slide
from core.reports.slide import Indicator as Judged
from core.scoring.base.states import Verdict
from core.scoring.explain.figures import points
from core.services.foresight.attention import crisis_point
from core.services.meeting.views import judged
from core.services.meeting.views.facts import MOST as MOST_FACTS
from core.services.meeting.views.facts import facts_behind, level_fact, marked_level
from core.services.meeting.views.figures import (
    area_map,
    distribution,
    hospital_bars,
    level_tone_of,
    level_word,
)
from core.services.meeting.views.parts import (
    AREA,
    NOTHING,
    PERIOD,
    Address,
    as_stored,
    first_names,
    held_text,
    line_of,
    marked,
    nothing_stored,
    reported_fact,
    source_lines,
    target_fact,
    whole_result,
)
from core.services.overview import crisis
from core.services.overview import view as service
from core.services.overview.area_share import Share
from core.services.overview.attention import (
    Point,
    failing_points,
    level_points,
    nothing_stands_out,
    silent_points,
    unregistered_points,
)
from core.services.overview.crisis import CrisisView, MatrixRow
from core.services.overview.month import Hospital, Month, month
from core.services.overview.view import INDICATORS, Indicator, Overview, Shown, View
from core.services.overview.wording import (
    crisis_message,
    edge_texts,
    hospitals_text,
    indicator_text,
    open_ends,
    overview_message,
    targets_text,
    value_text,
)
from core.services.profiles.facility import explained, profile
from core.services.rules.finance import CRISIS
from core.services.rules.origin import origin
from core.services.scored.basis import levels_text
from core.services.themes.attention import ThemeAttention, theme_attention
from core.services.themes.points import defects_point, missed_points, red_point, silent_point
from core.text import Text, say

_MOST_LISTED: Final = 2
"""Places named in a line: more of them nobody reads aloud."""
_WORST: Final = 3
"""Hospitals of an area that are told of one by one."""


def overview_slide(engine: Engine, page: str, address: Address) -> Slide:
    """An area by an indicator: how many hospitals, against which target, and where."""
    view = _view(engine, address)
    if view is None:
        return nothing_stored(page, address)
    indicator = next((one for one in INDICATORS if one == address.get("indicator")), INDICATORS[0])
    shown = service.overview(engine, view.period, view.area, indicator)
    share = shown.efficiency if indicator == "tps" else shown.crisis
    whole_month = month(engine, view.period)
    problem = _problem(whole_month, view.area, share, of_scores=indicator == "tps")
    lines = _score_lines(shown) if indicator == "tps" else _attention_lines(engine, shown)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(view.period),
        overview_message(shown, indicator),
        lines=() if problem else tuple(lines),
        figure=None if problem else _map(shown, indicator),
        target=target_fact(targets_text(share) if share else NOTHING),
        sources=source_lines(origin(engine, service.CRITERIA, view.period)),
        facts=() if problem else _facts(engine, whole_month, view.area, share),
        problem=problem,
        indicators=_indicators(engine, view, with_scores=True),
        basis=NOTHING if problem or indicator == "tps" else _basis(whole_month, view.area),
    )


def crisis_slide(engine: Engine, page: str, address: Address) -> Slide:
    """The crisis levels of an area: how many hospitals at each, and why the worst are there."""
    view = _view(engine, address)
    if view is None:
        return nothing_stored(page, address)
    shown = crisis.crisis_view(engine, view.period, view.area)
    problem = _problem(month(engine, view.period), view.area, shown.share)
    return Slide(
        page,
        as_stored(address),
        shown.area.name,
        period_text(view.period),
        crisis_message(shown),
        lines=() if problem else tuple(islice(_crisis_lines(engine, shown), MOST_LINES)),
        figure=None if problem else distribution(shown.distribution),
        target=target_fact(targets_text(shown.share) if shown.share else NOTHING),
        sources=source_lines(origin(engine, crisis.CRITERIA, view.period)),
        facts=() if problem else _facts(engine, month(engine, view.period), view.area, shown.share),
        problem=problem,
        indicators=_indicators(engine, view, with_scores=False),
        basis=NOTHING if problem else _basis(month(engine, view.period), view.area),
    )


def _basis(whole: Month, area: str) -> Text:
    return levels_text(one.basis for one in whole.inside(area) if one.level is not None)


def _indicators(engine: Engine, view: View, *, with_scores: bool) -> tuple[Judged, ...]:
    """The targets for levels, and those for scores where the page shows them."""
    shown = crisis.crisis_view(engine, view.period, view.area)
    scores = judged.of_scores(engine, shown) if with_scores else ()
    return (*judged.of_levels(engine, shown), *scores)


def _view(engine: Engine, address: Address) -> View | None:
    return service.view(engine, period=address.get(PERIOD, ""), area=address.get(AREA, ""))


def _problem(
    whole_month: Month, area: str, share: Share | None, *, of_scores: bool = False
) -> Text | None:
    """What is missing where an area has nothing to show."""
    if share is not None and share.reporting:
        return None
    names = {
        "place": whole_month.place(area).name,
        "month": month_text(whole_month.period),
        "count": f"{len(tuple(whole_month.inside(area))):,}",
    }
    if names["count"] == "0":
        return say("The register has no hospital in {place} in {month}.", **names)
    if of_scores:
        return say("None of its {count} hospitals has a score for {month}.", **names)
    return say("None of its {count} hospitals has sent figures for {month}.", **names)


def _attention_lines(engine: Engine, shown: Overview) -> Iterator[Line]:
    """The first things of the page's list of what needs attention."""
    by_themes = theme_attention(engine, shown.period, shown.before, shown.area.code)
    pressing = list(islice(_points(engine, shown, by_themes), MOST_LINES))
    yield from map(line_of, pressing)
    if not pressing:
        yield line_of(nothing_stands_out(shown.attention))


def _points(engine: Engine, shown: Overview, by_themes: ThemeAttention) -> Iterator[Point]:
    figures = shown.attention
    likely = crisis_point(engine, shown.period, shown.area.code, _MOST_LISTED)
    alone = (likely, red_point(by_themes, _MOST_LISTED), defects_point(by_themes, _MOST_LISTED))
    yield from unregistered_points(figures, _MOST_LISTED)
    yield from level_points(figures, _MOST_LISTED)
    yield from (one for one in alone if one)
    yield from failing_points(figures, _MOST_LISTED)
    yield from missed_points(by_themes)
    yield from silent_points(figures, _MOST_LISTED)
    if silent := silent_point(by_themes):
        yield silent


def _score_lines(shown: Overview) -> Iterator[Line]:
    """The lowest scores, or the areas that miss the target; then who has no complete one."""
    low = [line for row in shown.shown if (line := _low(row, shown))]
    room = MOST_LINES - 1
    yield from (line for line, _name in low[: room if len(low) <= room else room - 1])
    if len(low) > room:
        rest = (name for _line, name in low[room - 1 :])
        names = Text.joined(first_names(rest, _MOST_LISTED, are_places=True), " · ")
        yield marked("fail", say("Also not passing: {names}", names=names))
    if not low:
        yield marked("pass", say("Every facility that was judged passes."))
    if silent := [row.place.name for row in shown.shown if not row.share and row.tone == "none"]:
        names = Text.joined(first_names(silent, _WORST, are_places=True), " · ")
        yield marked("none", say("Without a complete score: {names}", names=names))


def _low(row: Shown, shown: Overview) -> tuple[Line, Text] | None:
    """A hospital below the score that passes, or an area that misses the target, and its name."""
    name, share = row.place.name, row.share
    if share and share.verdict is Verdict.FAIL:
        return marked("fail", held_text(name, whole_result(share), None)), name
    # Points of an incomplete score are no low score.
    if share or row.tone == "none" or (row.points or 0.0) >= shown.edges.passing:
        return None
    figure = say("{points} points", points=points(row.points))
    return marked("fail", held_text(name, figure, None)), name


def _map(shown: Overview, indicator: Indicator) -> Figure:
    """The areas below on a map; in a province its hospitals, as bars where none has a place."""
    are_hospitals = parse_area(shown.area.code).level >= Level.PROVINCE
    title = hospitals_text(indicator) if are_hospitals else indicator_text(indicator, shown.edges)
    if are_hospitals and all(row.position is None for row in shown.shown):
        return hospital_bars(title, shown.shown, indicator, shown.edges)
    values = [_shown(row, indicator) for row in shown.shown]
    return area_map(title, shown.focus, shown.shown, values)


def _shown(row: Shown, indicator: Indicator) -> Text:
    """The figure of an area or a hospital; a level in words, for a slide has no key beside it."""
    if row.share is None and indicator != "tps":
        return level_word(row.level)
    if indicator == "worst":
        return Text.joined((level_word(row.level), value_text(row, indicator)), " · ")
    return value_text(row, indicator)


def _crisis_lines(engine: Engine, shown: CrisisView) -> Iterator[Line]:
    """The worst hospitals with what gave them their level, who moved, who is silent."""
    first = shown.edges.first
    grave = [row for row in crisis.matrix(engine, shown) if (row.hospital.level or 0) >= first]
    for row in grave[:_WORST]:
        yield _hospital_line(row, shown)
    if not grave:
        edges = edge_texts(shown.edges)
        yield marked("pass", say("No hospital is at level {first}–{worst}.", **edges))
    if shown.before:
        names = {"rose": f"{shown.rose:,}", "fell": f"{shown.fell:,}"}
        text = say("Since the month before {rose} rose and {fell} fell.", **names)
        yield marked("watch" if shown.rose else "pass", text)
    if shown.share and shown.share.is_open:
        yield marked("none", open_ends(shown.share))
    elif silent := [one.place.name for one in shown.hospitals if one.level is None]:
        listed = Text.joined(first_names(silent, _WORST, are_places=True), " · ")
        yield marked("none", say("Without a level: {names}", names=listed))


def _hospital_line(row: MatrixRow, shown: CrisisView) -> Line:
    """A hospital with the tests that gave it most points of risk."""
    one = row.hospital
    risks = judged.risks_of(row, shown)
    name = one.place.name
    if one.rose:
        name = say("{name}, risen from {before}", name=name, before=one.before)
    if one.basis.doubts:
        name = say("{name} ({remark})", name=name, remark=say("check first"))
    reasons = [
        say("{name}: {tests}", name=name, tests=Text.joined(first_names(risks, most), " · "))
        for most in ((_MOST_LISTED, len(risks)) if risks else ())
    ]
    reason, whole = reasons or (name, None)
    # The mark has room for one word.
    status = marked_level(level_word(one.level), one.basis._replace(doubts=()))
    return Line(level_tone_of(one.level), status, reason, whole)


def _facts(engine: Engine, whole: Month, area: str, share: Share | None) -> tuple[Fact, ...]:
    """How many reported, and the figures of the worst hospitals with their cells."""
    facts = [reported_fact(say("Hospitals that reported"), share)]
    if (rests := _basis(whole, area)).th:
        facts.append(Fact(say("What the levels rest on"), rests, NOTHING))
    worst = sorted(whole.inside(area), key=lambda one: (-(one.level or 0), one.hcode))[:_WORST]
    for one in worst:
        facts += _behind(engine, one, whole.period) if one.level else ()
    return tuple(facts)[:MOST_FACTS]


def _behind(engine: Engine, one: Hospital, period: Period) -> tuple[Fact, ...]:
    shown = profile(engine, one.hcode, period)
    why = explained(engine, shown).get(CRISIS) if shown else None
    if why is None:
        return ()
    level = level_fact(level_word(one.level), one.basis, of=one.place.name)
    return level, *facts_behind([why], of=one.place.name)
