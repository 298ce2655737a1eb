"""Findings to take away: rows of a table, and JSON whose keys are a contract: add, never rename."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from core.findings.rates import Counts
from core.periods import in_thailand
from core.services.exports.delimited import delimited
from core.services.exports.workbook import Rows
from core.services.findings.counts import Rates, RoundCounts
from core.services.findings.listing import Listed, Whole
from core.services.findings.lists import finding_lists, listed
from core.services.findings.wording import action_text, kind_text, state_text
from core.store.findings.rows import Change, Closing
from core.text import Language, Text, say


def finding_rows(listed: Sequence[Listed], language: Language) -> Rows:
    """A row for each finding under its head, values as numbers and dates as they are."""
    head = (
        say("Number"), say("Code"), say("Name"), say("District"), say("Province"), say("Theme"),
        say("Criterion and tests"), say("Why it is open"), say("State"), say("Opened in"),
        say("Value then"), say("Asked"), say("Cause"), say("Cause in words"), say("Measure"),
        say("Owner"), say("Due"), say("Overdue"), say("Relapses"), say("Green since"),
        say("Closed at"),
    )  # fmt: skip
    return [[one.in_(language) for one in head], *(_row(one, language) for one in listed)]


def _row(one: Listed, language: Language) -> list[object]:
    stored = one.stored
    district = one.district.name.in_(language) if one.district else ""
    province = one.province.name.in_(language) if one.province else ""
    return [
        stored.id, one.place.code, one.place.name.in_(language), district, province,
        one.theme_name.in_(language), one.name.in_(language), kind_text(stored.kind).in_(language),
        state_text(stored).in_(language), str(stored.opened_in), stored.value,
        stored.requirement.in_(language), cause_text(one).in_(language),
        stored.cause_words, stored.measure, one.owner.in_(language),
        stored.due.isoformat() if stored.due else "",
        (say("yes") if one.is_overdue else say("no")).in_(language), stored.relapses,
        str(stored.green_in or ""),
        in_thailand(stored.closed_at).date().isoformat() if stored.closed_at else "",
    ]  # fmt: skip


def cause_text(one: Listed) -> Text:
    """The cause of a finding by its name; empty while there is none."""
    cause = one.stored.cause
    return listed(cause, finding_lists().causes) if cause else Text("", "")


def findings_csv(listed: Sequence[Listed], language: Language) -> bytes:
    """The same as a table of text that Excel opens in Thai."""
    return delimited(finding_rows(listed, language))


def finding_json(one: Listed) -> dict[str, Any]:
    """A finding as plain data."""
    stored = one.stored
    return {
        "id": stored.id,
        "subject": stored.subject,
        "name": _both(one.place.name),
        "criterion": stored.criterion,
        "tests": list(stored.tests),
        "kind": stored.kind.name.lower(),
        "state": one.state.name.lower(),
        "accepted": stored.accepted,
        "opened_in": str(stored.opened_in),
        "opened_at": stored.opened_at,
        "value": stored.value,
        "asked": _both(stored.requirement),
        "cause": stored.cause or None,
        "cause_words": stored.cause_words,
        "measure": stored.measure,
        "owner": {"role": stored.owner_role or None, "unit": stored.owner_unit},
        "due": stored.due.isoformat() if stored.due else None,
        "overdue": one.is_overdue,
        "light": stored.light.name.lower(),
        "light_in": str(stored.seen_in),
        "green_in": str(stored.green_in) if stored.green_in else None,
        "closed_at": stored.closed_at,
        "relapses": stored.relapses,
        "revision": stored.revision,
    }


def whole_json(whole: Whole) -> dict[str, Any]:
    """A finding with its history and evidence as plain data."""
    handed = [
        {"change": one.change, "link": one.link or None, "file": one.file_name or None,
         "sha256": one.sha256 or None, "size": one.size}
        for one in whole.evidence
    ]  # fmt: skip
    history = [change_json(one) for one in whole.changes]
    return finding_json(whole.listed) | {"history": history, "evidence": handed}


def change_json(one: Change) -> dict[str, Any]:
    """One change as plain data; `unseen` changes of others its maker had not seen."""
    return {
        "revision": one.revision, "action": one.action, "by": one.by, "role": one.role,
        "at": one.at, "why": one.why, "period": str(one.period) if one.period else None,
        "content": orjson.loads(one.content), "unseen": one.unseen,
    }  # fmt: skip


def closing_json(one: Closing) -> dict[str, Any]:
    """A closing of a round as plain data."""
    return {
        "id": one.id, "area": one.area, "period": str(one.period), "by": one.by, "role": one.role,
        "at": one.at, "lights": one.lights, "opened": one.opened, "reopened": one.reopened,
        "closed": one.closed,
    }  # fmt: skip


def counts_json(rounds: Iterable[RoundCounts], rates: Rates) -> dict[str, Any]:
    """What became of findings, by round and of a year ago, as plain data; null: too few."""
    return {
        "rounds": [{"period": str(one.period)} | _counts(one.counts) for one in rounds],
        "year_ago": {"period": str(rates.of) if rates.of else None}
        | _counts(rates.counts)
        | {"rates": {"closed": _number(rates.closed), "open": _number(rates.open),
                     "relapsed": _number(rates.relapsed)}},
    }  # fmt: skip


def _counts(one: Counts) -> dict[str, Any]:
    return {
        "opened": one.opened, "closed": one.closed, "open": one.open, "withdrawn": one.withdrawn,
        "overdue": one.overdue, "relapsed": one.relapsed, "median_days": _number(one.days),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def history_line(one: Change) -> Text:
    """One change in a line: when, what, by whom, why."""
    line = say(
        "{when} {what}: {by}", when=f"{one.at:%Y-%m-%d %H:%M}", what=action_text(one.action),
        by=one.by,
    )  # fmt: skip
    return say("{told} ({why})", told=line, why=one.why) if one.why else line


def finding_line(one: Listed) -> Text:
    """A finding in a line of a terminal."""
    stored = one.stored
    overdue = say("overdue") if one.is_overdue else Text("", "")
    due = say("due {day}", day=stored.due.isoformat()) if stored.due else Text("", "")
    words = (
        Text(str(stored.id), str(stored.id)), Text(stored.subject, stored.subject), one.place.name,
        one.name, kind_text(stored.kind), state_text(stored), one.owner, due, overdue,
    )  # fmt: skip
    return Text.joined((word for word in words if word.en), " · ")
