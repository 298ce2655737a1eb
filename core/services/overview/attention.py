"""What needs attention in an area, as sentences: how pressing, what, and which places it names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.scoring.base.state_words import Status
from core.services.geography.country import Place
from core.services.overview.month import Hospital
from core.services.overview.view import Attention
from core.services.overview.wording import edge_texts
from core.services.scored.basis import UNKNOWN, Basis
from core.text import Text, say

MOST_LISTED: Final = 4
"""Places named in a sentence; the others are counted."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """What a sentence names: in which words, and the code of the place where it is one.

    `basis` is what the level of a hospital rests on.
    """

    text: Text
    code: str = ""
    basis: Basis = UNKNOWN


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that needs attention; `more` says how many it does not name.

    `are_hospitals`: what it names are hospitals.
    """

    status: Status
    text: Text
    places: tuple[NamedPlace, ...]
    more: Text | None = None
    are_hospitals: bool = False

    @property
    def whole(self) -> Text:
        """All of it in one line."""
        return Text.joined((self.text, *self.names), " · ")

    @property
    def names(self) -> tuple[Text, ...]:
        """Everything it names, and how many more there are."""
        return *(one.text for one in self.places), *((self.more,) if self.more else ())


def unregistered_points(figures: Attention, most: int = MOST_LISTED) -> Iterator[Point]:
    """Facilities that reported and that the register does not know."""
    codes = figures.unregistered
    if codes:
        text = say(
            "Reported, but not in the register, so that they count in no area until a register is"
            " sent: {count}",
            count=f"{len(codes):,}",
        )
        places = tuple(NamedPlace(Text(code, code), code) for code in codes[:most])
        yield Point("fail", text, places, and_more(len(codes), most), are_hospitals=True)


def level_points(figures: Attention, most: int = MOST_LISTED) -> Iterator[Point]:
    """Hospitals at the gravest levels, and those that rose to a crisis."""
    edges = edge_texts(figures.edges)
    if figures.grave:
        text = say("At level {grave}–{worst}: {count}", **edges, count=f"{len(figures.grave):,}")
        yield _of_hospitals("fail", text, figures.grave, with_level, most)
    if figures.risen:
        text = say(
            "Risen to or within level {first}–{worst} in a month: {count}",
            **edges,
            count=len(figures.risen),
        )
        yield _of_hospitals("fail", text, figures.risen, _with_rise, most)


def failing_points(figures: Attention, most: int = MOST_LISTED) -> Iterator[Point]:
    """Areas that miss their target."""
    if figures.failing:
        text = say(
            "Areas missing the target for crisis levels: {count} of {parts}",
            count=len(figures.failing),
            parts=figures.parts,
        )
        yield _of_areas("watch", text, figures.failing, most)


def doubtful_points(figures: Attention, most: int = MOST_LISTED) -> Iterator[Point]:
    """Hospitals whose level is to be checked before it is used."""
    if figures.doubtful:
        text = say("Levels to be checked before use: {count}", count=f"{len(figures.doubtful):,}")
        yield _of_hospitals("watch", text, figures.doubtful, with_level, most)


def silent_points(figures: Attention, most: int = MOST_LISTED) -> Iterator[Point]:
    """Hospitals without a level, and the areas they could still turn."""
    if figures.silent:
        text = say("Without a level, for lack of figures: {count}", count=len(figures.silent))
        yield _of_hospitals("none", text, figures.silent, lambda one: one.place.name, most)
    if figures.open:
        text = say("Areas whose verdict these could change: {count}", count=len(figures.open))
        yield _of_areas("none", text, figures.open, most)


def nothing_stands_out(figures: Attention) -> Point:
    """Said where nothing needs attention; no praise where nothing was reported."""
    if figures.is_reported:
        return Point("pass", say("Nothing stands out in this month."), ())
    return Point("none", say("Nothing was reported that could stand out."), ())


def and_more(count: int, most: int) -> Text | None:
    """How many are not named; None where all are."""
    return say("and {count} more", count=f"{count - most:,}") if count > most else None


def with_level(one: Hospital) -> Text:
    """A hospital with its level."""
    return say("{name} (level {level})", name=one.place.name, level=one.level)


def _with_rise(one: Hospital) -> Text:
    return say(
        "{name} ({before} → {level})", name=one.place.name, before=one.before, level=one.level
    )


def _of_hospitals(
    status: Status,
    text: Text,
    hospitals: Sequence[Hospital],
    name_of: Callable[[Hospital], Text],
    most: int,
) -> Point:
    places = tuple(NamedPlace(name_of(one), one.place.code, one.basis) for one in hospitals[:most])
    return Point(status, text, places, and_more(len(hospitals), most), are_hospitals=True)


def _of_areas(status: Status, text: Text, places: Sequence[Place], most: int) -> Point:
    named_places = tuple(NamedPlace(place.name, place.code) for place in places[:most])
    return Point(status, text, named_places, and_more(len(places), most))
