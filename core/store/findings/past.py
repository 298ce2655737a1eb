"""Findings as they stood at a moment, from what was done to them up to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import numpy as np
import orjson

from core.findings.lights import Kind, Light, kinds_of
from core.findings.states import Stage
from core.periods import parse_period
from core.store.findings.rows import Change, StoredFinding

_PLANNED: Final = ("cause", "cause_words", "measure", "owner_role", "owner_unit")
_NOTHING_PLANNED: Final[Mapping[str, Any]] = {**dict.fromkeys(_PLANNED, ""), "due": None}


def as_it_stood(now: StoredFinding, done: Sequence[Change]) -> StoredFinding:
    """A finding after the first of its changes, `done`, oldest first; `now` where those are all.

    What was asked and which tests failed are those of the result it was opened by last.
    """
    if not done or done[-1].revision == now.revision:
        return now
    one = replace(
        now, stage=Stage.OPEN, accepted=False, green_in=None, closed_at=None, relapses=0,
        **_NOTHING_PLANNED,
    )  # fmt: skip
    for change in done:
        one = _STEPS[change.action](replace(one, revision=change.revision), change)
    return one


def _at_first(one: StoredFinding, change: Change) -> StoredFinding:
    """By a light, whose figure and period were kept with it, or by hand."""
    content = _content(change)
    light = content.get("light")
    opened = replace(
        one, stage=Stage.OPEN, accepted=False, green_in=None, closed_at=None, **_NOTHING_PLANNED
    )
    if light is None:
        return opened
    kind = _kind(light, one)
    period = parse_period(content["of"])
    return replace(
        opened, kind=kind, light=Light(light), value=content["value"],
        result_period=period, seen_in=period,
    )  # fmt: skip


def _relapsed(one: StoredFinding, change: Change) -> StoredFinding:
    return replace(_at_first(one, change), relapses=one.relapses + 1)


def _green(one: StoredFinding, change: Change) -> StoredFinding:
    period = parse_period(_content(change)["of"])
    return replace(one, green_in=one.green_in or period, light=Light.GREEN, seen_in=period)


def _no_longer_green(one: StoredFinding, change: Change) -> StoredFinding:
    content = _content(change)
    light, period = Light(content["light"]), parse_period(content["of"])
    return replace(one, green_in=None, light=light, seen_in=period)


def _weightier(one: StoredFinding, change: Change) -> StoredFinding:
    light = Light(_content(change)["light"])
    return replace(one, kind=_kind(light, one), light=light, green_in=None)


def _closed(one: StoredFinding, change: Change) -> StoredFinding:
    return replace(one, stage=Stage.CLOSED, accepted=True, closed_at=change.at)


def _planned(one: StoredFinding, change: Change) -> StoredFinding:
    content = _content(change)
    due = content.get("due")
    typed: dict[str, Any] = {name: str(content.get(name, "")) for name in _PLANNED}
    return replace(
        one, stage=max(one.stage, Stage.PLANNED), due=date.fromisoformat(due) if due else None,
        **typed,
    )  # fmt: skip


def _reported(one: StoredFinding, _change: Change) -> StoredFinding:
    return replace(one, stage=Stage.REPORTED, accepted=False)


def _accepted(one: StoredFinding, _change: Change) -> StoredFinding:
    return replace(one, accepted=True)


def _withdrawn(one: StoredFinding, _change: Change) -> StoredFinding:
    return replace(one, stage=Stage.WITHDRAWN)


def _kind(light: int, one: StoredFinding) -> Kind:
    """The kind a light opens a finding of; as before for one that opens none."""
    kind = int(kinds_of(np.array([light], dtype=np.int8))[0])
    return one.kind if kind < 0 else Kind(kind)


def _content(change: Change) -> Mapping[str, Any]:
    content: Mapping[str, Any] = orjson.loads(change.content)
    return content


_STEPS: Final[Mapping[str, Callable[[StoredFinding, Change], StoredFinding]]] = {
    "opened": _at_first,
    "reopened": _at_first,
    "relapsed": _relapsed,
    "green": _green,
    "no_longer_green": _no_longer_green,
    "kind": _weightier,
    "closed": _closed,
    "planned": _planned,
    "reported": _reported,
    "accepted": _accepted,
    "accepted_closed": _closed,
    "withdrawn": _withdrawn,
}
