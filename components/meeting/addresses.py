"""What the address of a meeting says: which one, which view of it, and who pages along."""

from typing import Final, NamedTuple

from components.present.leaves import LEAF
from components.reader.filters import PRESENT
from components.reader.links import plain_address
from components.reader.query import query
from core.services.meeting.following import is_code

PAGE: Final = "meeting"
MEETING: Final = "meeting"
ITEM: Final = "item"
WITH: Final = "with"
EDIT: Final = "edit"
ASK: Final = "ask"
HAND: Final = "hand"
"""The telephone in the presenter's hand: notes and the next view, no slide."""


class MeetingAddress(NamedTuple):
    """What an address asks for; 0 and empty where it does not say."""

    meeting: int
    item: int
    leaf: int
    code: str
    edit: int
    asks: bool
    in_hand: bool


def meeting_address() -> MeetingAddress:
    """What the address of this view asks for."""
    parameters = query()
    code = parameters.get(WITH, "").upper()
    return MeetingAddress(
        meeting=_number(parameters.get(MEETING, "")),
        item=_number(parameters.get(ITEM, "")),
        leaf=_number(parameters.get(LEAF, "")) or 1,
        code=code if is_code(code) else "",
        edit=_number(parameters.get(EDIT, "")),
        asks=parameters.get(ASK) == "1",
        in_hand=parameters.get(HAND) == "1",
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def agenda(meeting: int, **more: str) -> str:
    """The address of a meeting's agenda."""
    return plain_address(PAGE, meeting=str(meeting), **more)


def item(meeting: int, place: int, code: str = "", **more: str) -> str:
    """The address of a view on the shared screen; empty for a place before the first."""
    if place < 1:
        return ""
    with_code = {WITH: code} if code else {}
    return agenda(meeting, **{ITEM: str(place), **with_code, PRESENT: "1", **more})


def hand(meeting: int, place: int, code: str, leaf: int = 1) -> str:
    """The address of the telephone beside the shared screen."""
    return agenda(meeting, **{ITEM: str(place), **leaf_of(leaf), WITH: code, HAND: "1"})


def leaf_of(leaf: int) -> dict[str, str]:
    """What an address says of a leaf: nothing of the first."""
    return {LEAF: str(leaf)} if leaf > 1 else {}
