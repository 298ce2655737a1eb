"""Leaving a deed within a unit of work: what was done, by whom, and the states before and after."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypedDict, Unpack

from sqlalchemy.orm import Session

from core.store.audit.leaving import NewDeed
from core.store.audit.leaving import leave as leave_deed
from core.text import Text, storable

State = Mapping[str, Any]


class Particulars(TypedDict, total=False):
    """Particulars of a deed: who did it in which role, whose it is, before, after, and why."""

    by: str
    role: str
    area: str
    before: State | None
    after: State | None
    reason: str


def leave(session: Session, action: str, subject: str, **particulars: Unpack[Particulars]) -> None:
    """Leave a deed: an action of `core.services.audit.wording`, and what it was done to.

    Where `by` is empty nobody said who it was: the trail shows it so.
    """
    deed = NewDeed(
        action=action,
        subject=subject,
        who=storable(particulars.get("by", "")),
        role=particulars.get("role", ""),
        area=particulars.get("area", ""),
        before=particulars.get("before"),
        after=particulars.get("after"),
        reason=storable(particulars.get("reason", "")).strip(),
    )
    leave_deed(session, deed)


def changed_fields(before: Any, after: Any) -> tuple[State, State]:
    """What differs between two states of one thing, as it was and as it is now."""
    was, now = _plain(before), _plain(after)
    names = [name for name in now if was.get(name) != now[name]]
    return {name: was.get(name) for name in names}, {name: now[name] for name in names}


def _plain(thing: Any) -> dict[str, Any]:
    """The fields of a record as JSON values: numbers, texts, and what else there is as text."""
    if not is_dataclass(thing):
        raise TypeError(type(thing))
    return {one.name: _value(getattr(thing, one.name)) for one in fields(thing)}


def _value(value: Any) -> Any:
    if isinstance(value, Text):
        return {"th": value.th, "en": value.en}
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    return str(value)
