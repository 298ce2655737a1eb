"""Lateness in words, as rows of a table, and as JSON."""

from collections.abc import Iterator
from typing import Any, Final

from typing_extensions import TypedDict

from core.periods import day_text, in_thailand, period_text
from core.services.deadlines.forms import sender_text
from core.services.deadlines.lateness import DuePlace, Lateness, Sent
from core.services.exports.documents import BothLanguages, both
from core.text import Language, Text, say

STATES: Final = {
    Sent.OVERDUE: say("nothing sent, past the last day"),
    Sent.LATE: say("sent late"),
    Sent.WAITING: say("nothing sent, not past the last day"),
    Sent.IN_TIME: say("sent in time"),
    Sent.UNSENT: say("nothing sent, no last day set"),
    Sent.SENT: say("sent, no last day set"),
}
"""What became of what is due, in words."""


class DuePlaceDocument(TypedDict):
    """Somebody who has to send figures; `sent_at` is the moment of the first file."""

    code: str
    name: BothLanguages
    due: str | None
    sent_at: str | None
    state: str


class LatenessDocument(TypedDict):
    """A form and period in an area: its last day there, how many of all are in which state."""

    form: str
    name: BothLanguages
    period: str
    area: str
    due: str | None
    of: str
    total: int
    counts: dict[str, int]


class LateListDocument(LatenessDocument):
    """The same with everybody, the overdue first."""

    places: list[DuePlaceDocument]


def due_text(one: Lateness) -> Text:
    """The last day of an area, and that some have another."""
    if one.due is None:
        day = say("no last day set") if not one.other_days else say("days of the provinces")
    else:
        day = day_text(one.due)
    if one.due is None or not one.other_days:
        return day
    return say("{day}; {count} have another day", day=day, count=f"{one.other_days:,}")


def counts_text(one: Lateness) -> Text:
    """How many sent in time, late or nothing, of how many; states that nobody is in left out."""
    parts = [
        say("{state}: {count}", state=STATES[state], count=f"{count:,}")
        for state, count in one.counts.items()
        if count
    ]
    total = say("of {count} {senders}", count=f"{len(one.places):,}",
                senders=sender_text(one.form.of))  # fmt: skip
    return Text.joined((*parts, total), " · ")


def lateness_line(one: Lateness) -> Text:
    """A form and period in one line."""
    return say(
        "{form} · {period} · {area} · last day {due} · {counts}",
        form=one.form.name, period=period_text(one.period), area=one.area.name,
        due=due_text(one), counts=counts_text(one),
    )  # fmt: skip


def place_line(one: DuePlace) -> Text:
    """Somebody who has to send figures, in one line."""
    day = day_text(in_thailand(one.sent_at).date()) if one.sent_at else None
    line = say("{code}  {name} · {state}", code=one.place.code, name=one.place.name,
               state=STATES[one.sent])  # fmt: skip
    return Text.joined((line, day), " · ") if day else line


def lateness_json(one: Lateness) -> LatenessDocument:
    """A form and period as its JSON document."""
    return {
        "form": one.form.id, "name": both(one.form.name), "period": str(one.period),
        "area": one.area.code, "due": one.due.isoformat() if one.due else None,
        "of": one.form.of, "total": len(one.places),
        "counts": {state.value: count for state, count in one.counts.items()},
    }  # fmt: skip


def late_list_json(one: Lateness) -> LateListDocument:
    """The same with everybody who has to send it."""
    return {**lateness_json(one), "places": [*map(place_json, one.places)]}


def place_json(one: DuePlace) -> DuePlaceDocument:
    """Somebody who has to send figures, as a JSON value."""
    return {
        "code": one.place.code, "name": both(one.place.name),
        "due": one.due.isoformat() if one.due else None,
        "sent_at": one.sent_at.isoformat() if one.sent_at else None, "state": one.sent.value,
    }  # fmt: skip


def late_rows(one: Lateness, language: Language) -> Iterator[list[Any]]:
    """Everybody as a table with its head."""
    head = (say("Code"), say("Name"), say("Last day"), say("Sent at"), say("State"))
    yield [title.in_(language) for title in head]
    for place in one.places:
        yield [
            place.place.code, place.place.name.in_(language),
            place.due.isoformat() if place.due else "",
            in_thailand(place.sent_at).isoformat(" ", "minutes") if place.sent_at else "",
            STATES[place.sent].in_(language),
        ]  # fmt: skip
