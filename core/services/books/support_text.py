"""Support between units as plain data for programs, and in lines of text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.periods import Period, month_text
from core.quantities import MISSING
from core.scoring.explain.figures import money
from core.services.books.support import Standing
from core.services.exports.documents import both
from core.services.scored.basis import UNKNOWN, basis_json, beside
from core.text import Text, say

Names = Mapping[str, Text]
"""Hospitals by code."""


def about_support() -> Text:
    """What the amounts are, and what is not said of them."""
    return say(
        "Sums since October of the accounts that say what was received from, or handed to, other"
        " units of the ministry. Of a month without books nothing is known, which is not zero."
        " Levels stand beside them; nothing is said of why they changed."
    )


def support_title(area: Text, period: Period) -> Text:
    """What a table of an area's support is called."""
    return say("Received and given: {area}, {month}", area=area, month=month_text(period))


def support_json(area: str, period: Period, rows: Sequence[Standing], names: Names) -> Any:
    """An area's hospitals with amounts in baht and levels; None for what is not known."""
    return {
        "area": area,
        "period": str(period),
        "hospitals": [
            {
                "hcode": one.latest.hcode,
                "name": both(names[one.latest.hcode]),
                "received": one.latest.received,
                "given": one.latest.given,
                "net": one.latest.net,
                "first_level": one.first_level,
                "level": one.latest.level,
                **basis_json(one.latest.basis),
            }
            for one in rows
        ],
    }


def support_lines(
    area: Text, period: Period, rows: Sequence[Standing], names: Names
) -> Iterator[Text]:
    """An area's hospitals, a line each; those without books are counted."""
    yield support_title(area, period)
    known = [one for one in rows if one.latest.net is not None]
    for one in known:
        yield say(
            "  {hcode} {name}: received {received}, given {given}, net {net} baht;"
            " crisis level {first}, now {level}",
            hcode=one.latest.hcode,
            name=names[one.latest.hcode],
            received=money(one.latest.received),
            given=money(one.latest.given),
            net=money(one.latest.net),
            first=beside(_level(one.first_level), one.first.basis if one.first else UNKNOWN),
            level=beside(_level(one.latest.level), one.latest.basis),
        )
    if len(known) < len(rows):
        yield say("  Without books of the month: {count}", count=len(rows) - len(known))
    yield about_support()


def _level(level: int | None) -> Text:
    text = level_text(level)
    return Text(text, text)


def level_text(level: int | None) -> str:
    """A crisis level; a dash where none was judged."""
    return MISSING if level is None else str(level)
