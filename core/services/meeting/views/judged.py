"""What a place is judged by, for a report: target, result, and who does not pass and why."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from sqlalchemy import Engine

from core.areas import Level, parse_area
from core.criteria.model import AreaShare, Interval
from core.reports.slide import Failing, Indicator
from core.scoring.base.state_words import STATUSES, status_text
from core.scoring.base.states import Verdict
from core.scoring.base.threshold import lies_in
from core.scoring.explain.figures import points
from core.services.meeting.views.facts import marked_level
from core.services.meeting.views.figures import level_word
from core.services.meeting.views.parts import first_names, share_result, short_name
from core.services.overview.area_share import Line, Share
from core.services.overview.crisis import CrisisView, MatrixRow, matrix
from core.services.overview.month import month
from core.services.overview.view import Shown, overview
from core.services.overview.wording import possible_verdicts, target_text
from core.services.profiles.themes import good_text
from core.services.rules.finance import CRISIS_AREA, EFFICIENCY
from core.services.themes.tests import failed_tests
from core.services.themes.view import ThemeView
from core.services.themes.wording import measured_text
from core.text import Text, say

_REASONS: Final = 4
"""Tests named where a facility fails many."""


def of_theme(engine: Engine, shown: ThemeView) -> tuple[Indicator, ...]:
    """The theme's targets; who fails are facilities in a province, areas above it."""
    share = shown.share
    if share is None or not share.reporting:
        return ()
    is_small = _is_small(shown.area.code)
    units = tuple(_units(engine, shown)) if is_small else ()
    lines = []
    for line in _judged(share):
        failing = units if is_small else tuple(_areas(shown.ranking, line))
        lines.append(_indicator(shown.name, line, share, failing))
    return tuple(lines)


def of_levels(engine: Engine, shown: CrisisView) -> tuple[Indicator, ...]:
    """Each target for crisis levels, with the hospitals at its levels."""
    share = shown.share
    rule = month(engine, shown.period).rules.of(shown.period).rules.get(CRISIS_AREA)
    if share is None or not share.reporting or not isinstance(rule, AreaShare):
        return ()
    is_small = _is_small(shown.area.code)
    rows = matrix(engine, shown) if is_small else ()
    levels = {one.id: one.units for one in rule.parts}
    lines = []
    for line in _judged(share):
        hospitals = _hospitals(rows, shown, levels.get(line.id))
        failing = tuple(hospitals if is_small else _areas(shown.ranking, line))
        name = say("{name}: {line}", name=rule.name, line=line.name)
        lines.append(_indicator(name, line, share, failing))
    return tuple(lines)


def of_scores(engine: Engine, shown: CrisisView) -> tuple[Indicator, ...]:
    """The target for scores, with the hospitals that have fewer points."""
    rule = month(engine, shown.period).rules.of(shown.period).rules.get(EFFICIENCY)
    scored = overview(engine, shown.period, shown.area.code, "tps")
    share = scored.efficiency
    if rule is None or share is None or not share.reporting:
        return ()
    requirement = say("asked is {asked}", asked=rule.short or rule.name)
    is_small = _is_small(shown.area.code)
    low = (one for one in scored.shown if is_small and one.tone != "none")
    hospitals = tuple(
        Failing(one.place.name, say("{points} points", points=points(one.points)), requirement)
        for one in low
        if (one.points or 0.0) < shown.edges.passing
    )
    lines = []
    for line in _judged(share):
        failing = hospitals if is_small else tuple(_areas(scored.shown, line))
        lines.append(_indicator(rule.name, line, share, failing))
    return tuple(lines)


def failed_text(tests: Sequence[Text], most: int = _REASONS) -> Text:
    """The tests that a facility fails, in a sentence."""
    return say("does not pass: {names}", names=Text.joined(first_names(tests, most), ", "))


def _is_small(area: str) -> bool:
    """Whether an area is a province or less: what a report names facilities of."""
    return parse_area(area).level >= Level.PROVINCE


def _judged(share: Share) -> Iterator[Line]:
    return (line for line in share.lines if line.limit is not None)


def _indicator(name: Text, line: Line, share: Share, failing: tuple[Failing, ...]) -> Indicator:
    status = STATUSES[line.verdict]
    return Indicator(
        name=name,
        target=target_text(line),
        result=share_result(line.share, line.number, share.over, line.limit),
        tone=status,
        status=status_text(status),
        failing=failing,
        silence=_silence(share),
    )


def _silence(share: Share) -> Text | None:
    """What those who are silent could still make of it; None where they change nothing."""
    if not share.is_open:
        return None
    ends = possible_verdicts(share)
    return say("Yet to report: {count}. The verdict {ends}.", count=f"{share.silent:,}", ends=ends)


def _areas(rows: Iterable[Shown], of: Line) -> Iterator[Failing]:
    """Areas that miss a line of the target."""
    requirement = say("target {target}", target=target_text(of))
    for row in rows:
        lines = {line.id: line for line in (row.share.lines if row.share else ())}
        line = lines.get(of.id)
        if row.share and line and line.verdict is Verdict.FAIL:
            result = share_result(line.share, line.number, row.share.over, line.limit)
            yield Failing(row.place.name, result, requirement)


def risks_of(row: MatrixRow, shown: CrisisView) -> tuple[Text, ...]:
    """The tests that gave a hospital points of risk, those that gave most first."""
    known = zip(shown.tests, row.cells, strict=False)
    given = [(cell.points, short_name(test.name)) for test, cell in known if cell.points]
    return tuple(name for _points, name in sorted(given, key=lambda pair: -pair[0]))


def _hospitals(
    rows: Iterable[MatrixRow], shown: CrisisView, levels: Interval | None
) -> Iterator[Failing]:
    """Hospitals at some levels, with the tests that gave them points of risk."""
    for row in rows:
        level = row.hospital.level
        if level is None or levels is None or not lies_in(np.array([float(level)]), levels).all():
            continue
        why = failed_text(risks_of(row, shown))
        shown_level = marked_level(level_word(level), row.hospital.basis)
        yield Failing(row.hospital.place.name, shown_level, why)


def _units(engine: Engine, shown: ThemeView) -> Iterator[Failing]:
    """Facilities that fail a theme, with the tests they fail or else what is asked of them."""
    tests = failed_tests(engine, shown.criterion, shown.period, shown.area.code)
    requirement = good_text(shown.unit)
    for one in shown.units:
        if one.verdict is Verdict.FAIL:
            names = tests.get(one.hcode, ())
            why = say("asked is {asked}", asked=requirement) if requirement else Text("", "")
            value = measured_text(one.value, shown.unit)
            yield Failing(one.place.name, value, failed_text(names) if names else why)
