"""Messages in words: e-mail in Thai and English, lines of a terminal, JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import orjson

from core.periods import day_text, parse_period, period_text
from core.services.deadlines.forms import due_forms
from core.store.jobs.outbox import UNCERTAIN, Message
from core.text import LANGUAGES, Text, say

_LISTED: Final = 30
"""Places that an e-mail names; the others are counted."""
STATES: Final = {
    "waiting": say("waiting"),
    "sending": say("being sent"),
    "sent": say("sent"),
    "dead": say("given up"),
    "dropped": say("not wanted any more"),
}
"""How a message stands, in words."""
_DEEDS: Final = {
    "assessment_locked": say("The self-assessment was locked"),
    "assessment_reopened": say("The self-assessment was opened again"),
}
_REASONS: Final = {
    UNCERTAIN: say("the worker ended while sending: whether it arrived is not known"),
    "refused": say("refused by the server"),
    "unreachable": say("the server cannot be reached"),
    "failed": say("the program failed before it was sent"),
    "settings": say("the settings do not name a way to send it"),
}


def subject_of(content: Mapping[str, Any]) -> Text:
    """What a message is about, in one line."""
    if content["kind"] != "due":
        return _DEEDS[content["kind"]]
    form = due_forms().get(content["form"])
    name = form.name if form else Text(content["form"], content["form"])
    period, day = parse_period(content["period"]), day_text(date.fromisoformat(content["due"]))
    stages = {"before": say("due on {day}", day=day), "today": say("due today, {day}", day=day),
              "late": say("past the last day, {day}", day=day)}  # fmt: skip
    stage = stages[content["stage"]]
    return say("{form} · {period}: {stage}", form=name, period=period_text(period), stage=stage)


def body_of(content: Mapping[str, Any], places: Sequence[tuple[str, Text]], address: str) -> str:
    """The text of an e-mail, in Thai and then in English; `address` is that of the program."""
    return "\n\n".join(
        "\n".join(line.in_(language) for line in _lines(content, places, address))
        for language in LANGUAGES
    )


def _lines(
    content: Mapping[str, Any], places: Sequence[tuple[str, Text]], address: str
) -> Sequence[Text]:
    lines = [say("– {code} {name}", code=code, name=name) for code, name in places[:_LISTED]]
    if len(places) > _LISTED:
        lines.append(say("and {count} more", count=f"{len(places) - _LISTED:,}"))
    is_due = content["kind"] == "due"
    head = [subject_of(content), say("Nothing was sent yet for:") if is_due else say("Of:")]
    link = f"{address}/uploads" if address else ""
    end = [Text(link, link)] if link else []
    stop = say("Whoever wants no such messages says so on the page of files, under deadlines.")
    return [*head, *lines, *end, stop]


def message_json(one: Message) -> dict[str, Any]:
    """A message as its JSON document; of the recipient nothing but the number."""
    return {
        "id": one.id, "event": one.event, "channel": one.channel,
        "person": one.person_id or None, "content": orjson.loads(one.content), "state": one.state,
        "tries": one.tries, "next_at": one.next_at.isoformat(), "made_at": one.made_at.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None, "why": one.why,
    }  # fmt: skip


def message_line(one: Message) -> Text:
    """A message as a line of a terminal."""
    why = reason_text(one.why) if one.why else Text("", "")
    line = say(
        "{number} · {channel} · {subject} · {state}",
        number=one.id, channel=one.channel, subject=subject_of(orjson.loads(one.content)),
        state=STATES[one.state],
    )  # fmt: skip
    return Text.joined((line, why), ": ") if one.why else line


def reason_text(why: str) -> Text:
    """Why a message was not sent, in words."""
    return _REASONS.get(why, Text(why, why))
