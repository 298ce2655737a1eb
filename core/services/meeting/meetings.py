"""Holding a meeting: its agenda, the moment its figures are of, and what was asked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.access.roles import Action
from core.criteria.catalog import catalog
from core.errors import UsageError
from core.periods import Period
from core.services.audit.leaving import changed_fields, leave
from core.services.guard.doors import ANYWHERE, door
from core.services.guard.lying import readable
from core.services.guard.whose import area_of_meeting, area_of_question
from core.services.meeting.outline import agenda_of
from core.services.meeting.slides import slide_of
from core.services.meeting.views.parts import FACILITY
from core.services.overview.month import month
from core.services.rules.menu import menu_page
from core.store.engine.unit_of_work import reading, unit_of_work
from core.store.meetings import repository as stored
from core.store.meetings.repository import NewMeeting, Question, StoredEntry, StoredMeeting
from core.store.register.repository import known_as
from core.store.results.moment import held_at
from core.store.results.versions import latest_version
from core.text import Text, say, storable

MOST_LETTERS: Final = 500
"""Letters of a title, a note or a question; more would not be read in a meeting."""
MOST_MINUTES: Final = 240
_HOSPITAL: Final = "facility"


@dataclass(frozen=True, slots=True)
class Entry:
    """One view of the agenda; `now_called` is its title where that has changed since.

    `closed_on` is the last day of its hospital, where the register knows it as closed by now.
    `then_called` and `then_closed` are the same as of the meeting's moment: what its slide says.
    """

    page: str
    parameters: tuple[tuple[str, str], ...]
    title: Text
    note: str
    left_out: bool
    now_called: Text | None
    closed_on: date | None = None
    then_called: Text | None = None
    then_closed: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it is presented.

    `engine` reads the results of its moment. `are_rules_changed`: the criteria are others than at
    that moment. `is_behind`: results were stored since, which it does not show.
    """

    about: StoredMeeting
    engine: Engine
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    are_rules_changed: bool
    is_behind: bool

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The views that are presented, in order."""
        return tuple(entry for entry in self.entries if not entry.left_out)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions that nobody has answered yet."""
        return tuple(one for one in self.questions if one.closed_at is None)


@door(Action.MEET, "area")
def hold_meeting(
    engine: Engine, area: str, period: Period, *, by: str, title: str = "", minutes: int = 0
) -> int:
    """Make a meeting about an area's results of now, its agenda proposed; its number."""
    entries = [
        StoredEntry(one.page, dict(one.parameters), one.title)
        for one in agenda_of(engine, area, str(period))
    ]
    if not entries:
        raise UsageError("U011", area=area)
    proposed = proposed_title(_place(engine, area, period))
    new = NewMeeting(
        title=_checked(title) or proposed.th,
        area=area,
        period=period,
        rules=catalog().digest,
        made_by=by,
        minutes=_minutes(minutes),
    )
    with unit_of_work(engine) as session:
        number = stored.enter_meeting(session, new, entries)
        held = {"title": new.title, "period": str(period), "views": len(entries)}
        leave(session, "meeting_held", _name(number), by=by, area=area, after=held)
        session.commit()
    return number


def proposed_title(place: Text) -> Text:
    """What a meeting about a place, or the files of its results, are called unless typed."""
    return say("Inspection of {place}", place=place)


def _place(engine: Engine, area: str, period: Period) -> Text:
    return month(engine, period.month).place(area).name


@door(Action.READ, ANYWHERE)
def all_meetings(engine: Engine) -> tuple[StoredMeeting, ...]:
    """All meetings about an area that may be read, newest first."""
    may = readable(engine)
    with reading(engine) as session:
        return tuple(one for one in stored.meetings(session) if may(one.area))


@door(Action.READ, area_of_meeting)
def meeting(engine: Engine, number: int) -> Meeting:
    """A meeting with its agenda and questions; `StoreError` S017 when there is none."""
    with reading(engine) as session:
        about = stored.meeting(session, number)
        entries = stored.entries(session, number)
        questions = stored.questions(session, number)
        now = _hospitals(session, entries)
        newest = latest_version(session)
    held = held_at(engine, about.taken.version_id, about.taken.taken_at)
    with reading(held) as session:
        then = _hospitals(session, entries)
    return Meeting(
        about=about,
        engine=held,
        entries=tuple(_entry(one, now, then) for one in entries),
        questions=questions,
        are_rules_changed=about.rules != catalog().digest,
        is_behind=newest > about.taken.version_id,
    )


_Known = Mapping[str, tuple[Text, date | None]]


def _hospitals(session: Session, entries: Sequence[StoredEntry]) -> _Known:
    """The hospitals that views are about, as the register of the session's moment knows them."""
    return known_as(session, {_hospital(entry) for entry in entries} - {""})


def _hospital(entry: StoredEntry) -> str:
    """The hospital that a view is about; empty where it is about none."""
    return entry.parameters.get(FACILITY, "") if entry.page == _HOSPITAL else ""


def _entry(entry: StoredEntry, now: _Known, then: _Known) -> Entry:
    """A view, with what the register says of its hospital by now and at the meeting's moment."""
    given = tuple(entry.parameters.items())
    name, closed_on = now.get(_hospital(entry), (None, None))
    was, closed_then = then.get(_hospital(entry), (None, None))
    return Entry(
        entry.page, given, entry.title, entry.note, entry.left_out,
        None if name == entry.title else name, closed_on,
        None if was == entry.title else was, closed_then,
    )  # fmt: skip


@door(Action.READ, ANYWHERE)
def view_at(engine: Engine, page: str, parameters: Mapping[str, str]) -> StoredEntry:
    """A page at an address as a view of an agenda, called by its place and its name."""
    title = Text.joined((slide_of(engine, page, parameters).place, menu_page(page).title), " · ")
    return StoredEntry(page, parameters, title)


@door(Action.READ, area_of_meeting)
def about(engine: Engine, number: int) -> StoredMeeting:
    """A meeting without its agenda; `StoreError` S017 when there is none of that number."""
    with reading(engine) as session:
        return stored.meeting(session, number)


@door(Action.READ, area_of_meeting)
def frozen(engine: Engine, number: int) -> Engine:
    """The store as a meeting shows it; `StoreError` S017 when there is none of that number."""
    taken = about(engine, number).taken
    return held_at(engine, taken.version_id, taken.taken_at)


@door(Action.MEET, "about.area")
def change_agenda(
    engine: Engine, about: StoredMeeting, entries: Sequence[StoredEntry]
) -> StoredMeeting:
    """Store another order, other notes, what is left out; S018 when somebody else was quicker."""
    checked = [replace(entry, note=_checked(entry.note)) for entry in entries]
    with unit_of_work(engine) as session:
        was = stored.entries(session, about.id)
        changed = stored.change_agenda(session, about, checked)
        before, after = {"agenda": _outline(was)}, {"agenda": _outline(checked)}
        leave(session, "meeting_agenda", _name(about.id), before=before, after=after)
        session.commit()
    return changed


@door(Action.MEET, "about.area")
def change_meeting(
    engine: Engine, about: StoredMeeting, *, title: str, minutes: int
) -> StoredMeeting:
    """Give a meeting another title, and its speakers other minutes."""
    with unit_of_work(engine) as session:
        changed = stored.change_meeting(
            session, about, title=_checked(title) or about.title, minutes=_minutes(minutes)
        )
        _leave_change(session, "meeting_changed", about, changed)
        session.commit()
    return changed


@door(Action.MEET, "about.area")
def freeze_again(engine: Engine, about: StoredMeeting, *, by: str) -> StoredMeeting:
    """Have a meeting show the results of now: nobody but who asks for it changes its figures."""
    with unit_of_work(engine) as session:
        changed = stored.freeze_again(session, about, rules=catalog().digest, by=by)
        _leave_change(session, "meeting_frozen", about, changed, by=by)
        session.commit()
    return changed


@door(Action.MEET, area_of_meeting)
def ask(engine: Engine, number: int, question: str, *, view: str, by: str) -> None:
    """Note a question; nothing happens for an empty one."""
    text = _checked(question)
    if text:
        with unit_of_work(engine) as session:
            stored.ask(session, number, text, view=view, by=by)
            noted = {"question": text, "view": view}
            leave(session, "question_asked", _name(number), by=by, after=noted)
            session.commit()


@door(Action.MEET, area_of_question)
def close_question(engine: Engine, number: int) -> None:
    """Mark a question as answered."""
    with unit_of_work(engine) as session:
        stored.close_question(session, number)
        leave(session, "question_closed", f"question:{number}")
        session.commit()


def _name(number: int) -> str:
    return f"meeting:{number}"


def _outline(entries: Sequence[StoredEntry]) -> list[str]:
    left_out = {True: "-", False: "+"}
    return [f"{left_out[one.left_out]}{one.page} {one.note}".strip() for one in entries]


def _leave_change(
    session: Session, action: str, was: StoredMeeting, now: StoredMeeting, by: str = ""
) -> None:
    before, after = changed_fields(was, now)
    leave(session, action, _name(was.id), by=by, area=now.area, before=before, after=after)


def _checked(typed: str) -> str:
    """What was typed, without blanks around; `UsageError` U010 when it is too long."""
    text = " ".join(storable(typed).split())
    if len(text) > MOST_LETTERS:
        raise UsageError("U010", most=MOST_LETTERS)
    return text


def _minutes(typed: int) -> int:
    return min(max(typed, 0), MOST_MINUTES)
