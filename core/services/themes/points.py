"""What needs attention by the inspection themes, as sentences, each naming the worst."""

from collections.abc import Iterator
from typing import Final

from core.services.overview.attention import MOST_LISTED, NamedPlace, Point, and_more
from core.services.overview.wording import target_text
from core.services.rules.menu import menu_page, page_of
from core.services.themes.attention import Missed, NewDefect, SilentTheme, ThemeAttention
from core.text import Text, say

_GOVERNANCE: Final = "governance"
"""The page of whatever has none of its own."""


def red_point(attention: ThemeAttention, most: int = MOST_LISTED) -> Point | None:
    """Lights that turned red, the columns with most of them named; None where none did."""
    if not attention.red:
        return None
    count = sum(one.count for one in attention.red)
    text = say("Lights turned red since the period before: {count}", count=f"{count:,}")
    places = tuple(
        NamedPlace(say("{name} ({count} lights)", name=one.name, count=f"{one.count:,}"))
        for one in attention.red[:most]
    )
    others = sum(one.count for one in attention.red[most:])
    more = say("and {count} more lights", count=f"{others:,}") if others else None
    return Point("fail", text, places, more)


def defects_point(attention: ThemeAttention, most: int = MOST_LISTED) -> Point | None:
    """Hospitals whose claims show a defect they did not show in the month before."""
    count = len(attention.defects)
    if not count:
        return None
    text = say("Hospitals with a new claim defect: {count}", count=f"{count:,}")
    places = tuple(NamedPlace(_defective(one), one.place.code) for one in attention.defects[:most])
    return Point("fail", text, places, and_more(count, most), are_hospitals=True)


def _defective(one: NewDefect) -> Text:
    if len(one.defects) == 1:
        return one.place.name
    return say("{name} ({count} defects)", name=one.place.name, count=len(one.defects))


def missed_points(attention: ThemeAttention) -> Iterator[Point]:
    """Targets that are missed, each with how many facilities it lacks; in the same order."""
    for one in attention.missed:
        text = say("{name}: off the target by {count}", name=one.name, count=f"{one.short:,}")
        yield Point("watch", text, (NamedPlace(_reached(one)),))


def _reached(one: Missed) -> Text:
    figures = {"number": f"{one.number:,}", "of": f"{one.over:,}", "target": target_text(one.line)}
    if one.of == "pcu":
        return say("{number} of {of} primary care units, target {target}", **figures)
    return say("{number} of {of} hospitals, target {target}", **figures)


def silent_point(attention: ThemeAttention) -> Point | None:
    """How many facilities told nothing of each theme; None where all told something."""
    if not attention.silent:
        return None
    places = tuple(NamedPlace(_silent(one)) for one in attention.silent)
    return Point("none", say("Facilities that told nothing of a theme"), places)


def _silent(one: SilentTheme) -> Text:
    page, _criterion = page_of(one.criterion)
    title = menu_page(page or _GOVERNANCE).title
    return say("{name} ({count} places)", name=title, count=f"{one.count:,}")
