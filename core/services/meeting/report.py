"""A meeting, or an area's present results, as one report: what screen and files are made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period, day_text, period_text
from core.reports.slide import MOST_LINES, Line, Report, Slide
from core.services.guard.doors import door
from core.services.meeting.follow_up import follow_up
from core.services.meeting.meetings import Entry, Meeting, proposed_title
from core.services.meeting.outline import agenda_of
from core.services.meeting.slides import slide_of
from core.services.overview.month import month
from core.store.engine.unit_of_work import reading
from core.store.results.versions import latest_version, version
from core.store.schema.about import kind_of
from core.text import Text, say

Progress = Callable[[int, int], None]
"""Told how many slides of how many are made."""

NOTE: Final = ""
"""The page of an entry that is a note alone."""


def _no_progress(_done: int, _all: int) -> None:
    pass


@door(Action.READ, "shown.about.area")
def slide_of_entry(shown: Meeting, entry: Entry) -> Slide:
    """The slide of an entry as of the meeting's moment, in the very words of then.

    Where its hospital was called otherwise by that moment than in the agenda, or closed, it says
    so; what was renamed or closed later stands in the agenda alone.
    """
    if entry.page == NOTE:
        period = period_text(shown.about.period)
        return Slide(NOTE, (), _place(shown.engine, shown.about.area, shown.about.period), period,
                     entry.title, note=entry.note)  # fmt: skip
    slide = slide_of(shown.engine, entry.page, dict(entry.parameters))
    # A slide without figures says by itself that the hospital is closed.
    since = [] if slide.problem else list(_since(entry))
    return replace(slide, lines=(*since, *slide.lines)[:MOST_LINES], note=entry.note)


def _since(entry: Entry) -> Iterator[Line]:
    """What the register said of a hospital at the meeting's moment, and its agenda did not."""
    if entry.then_called:
        text = say("In the register it is called {name} by now.", name=entry.then_called)
        yield Line("watch", say("Renamed"), text)
    if entry.then_closed:
        day = day_text(entry.then_closed)
        text = say("In the register it is closed by now; its last day was {day}.", day=day)
        yield Line("watch", say("Closed"), text)


@door(Action.READ, "shown.about.area")
def report_of(shown: Meeting, progress: Progress = _no_progress) -> Report:
    """All slides of a meeting with its open questions."""
    about = shown.about
    place = _place(shown.engine, about.area, about.period)
    slides = _counted(
        (slide_of_entry(shown, one) for one in shown.shown), len(shown.shown), progress
    )
    proposed = proposed_title(place)
    return Report(
        # Stored is its Thai; whoever reads another language is told the same in it.
        title=proposed if about.title == proposed.th else Text(about.title, about.title),
        place=place,
        period=period_text(about.period),
        as_of=about.taken.taken_at,
        is_demonstration=_is_demonstration(shown.engine),
        slides=slides,
        questions=tuple(one.question for one in shown.open_questions),
        follow_up=follow_up(shown.engine, about.area, about.period),
    )


@door(Action.READ, "area")
def area_report(
    engine: Engine, area: str, period: Period, progress: Progress = _no_progress
) -> Report:
    """The proposed agenda of an area with the results of now, without a meeting."""
    entries = agenda_of(engine, area, str(period))
    slides = (slide_of(engine, entry.page, dict(entry.parameters)) for entry in entries)
    place = _place(engine, area, period)
    return Report(
        title=proposed_title(place),
        place=place,
        period=period_text(period),
        as_of=_newest(engine),
        is_demonstration=_is_demonstration(engine),
        slides=_counted(slides, len(entries), progress),
        follow_up=follow_up(engine, area, period),
    )


def _counted(slides: Iterable[Slide], count: int, progress: Progress) -> tuple[Slide, ...]:
    made = []
    for place, slide in enumerate(slides, 1):
        made.append(slide)
        progress(place, count)
    return tuple(made)


def _place(engine: Engine, area: str, period: Period) -> Text:
    return month(engine, period.month).place(area).name


def _newest(engine: Engine) -> datetime:
    with reading(engine) as session:
        newest = latest_version(session)
        return version(session, newest).made_at if newest else datetime.now(UTC)


def _is_demonstration(engine: Engine) -> bool:
    with reading(engine) as session:
        return kind_of(session) == "demo"
