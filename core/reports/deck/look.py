"""How slides look: the page in points, colours, and the marks and words of tones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.figures.style import LIGHT
from core.reports.deck.fitting import Frame
from core.reports.slide import Tone
from core.text import Text, say

PAGE: Final = Frame(0, 0, 960, 540)
"""A slide of 16 by 9 in points; 1280 by 720 pixels when it is shown."""
MARGIN: Final = 40.0
ACROSS: Final = PAGE.width - 2 * MARGIN
TOP: Final = 46.0
"""Where the title begins."""
FLOOR: Final = 488.0
"""Where what stands small at the foot begins."""
GAP: Final = 16.0

TITLES: Final = (30.0, 28.0, 26.0)
"""Sizes of a title in two lines; `LONG_TITLES` of one in three."""
LONG_TITLES: Final = (24.0, 22.0, 20.0)
LEAST: Final = 14.0
"""The least size of a sentence."""
SMALL: Final = 11.0
"""The least there is: sources, and names within figures."""


def hexed(colour: str) -> str:
    """A colour as files of offices write it."""
    return colour.removeprefix("#").upper()


INK: Final = hexed(LIGHT.text)
QUIET: Final = hexed(LIGHT.quiet)
RULE: Final = hexed(LIGHT.line)
ACCENT: Final = hexed(LIGHT.kinds[0])
KINDS: Final = tuple(map(hexed, LIGHT.kinds))
PALE: Final = "F3F5F7"
WHITE: Final = "FFFFFF"
BLACK: Final = "14191E"
AMBER: Final = "F2B400"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a tone looks: its colour, what is written on it, its mark."""

    fill: str
    ink: str
    mark: str


MANNERS: Final[Mapping[Tone, Manner]] = {
    "pass": Manner("1B7F5C", WHITE, "✓"),
    "watch": Manner(AMBER, INK, "!"),
    "fail": Manner("B3261E", WHITE, "✕"),
    "none": Manner("E6E8EB", "4A4F55", "–"),
    "0": Manner("1B7F5C", WHITE, "0"),
    "1": Manner("5F9F3F", BLACK, "1"),
    "2": Manner("93B234", BLACK, "2"),
    "3": Manner("C9BD2B", BLACK, "3"),
    "4": Manner(AMBER, BLACK, "4"),
    "5": Manner("EA8A1A", BLACK, "5"),
    "6": Manner("C64A17", WHITE, "6"),
    "7": Manner("A31621", WHITE, "7"),
}
"""As the screens have them."""


def tone_word(tone: Tone) -> Text:
    """A tone in words."""
    if tone.isdigit():
        return say("Level {level}", level=tone)
    words = {"pass": say("Pass"), "watch": say("Watch"), "fail": say("Fail")}
    return words.get(tone) or say("No data")


def in_order(tones: set[Tone]) -> tuple[Tone, ...]:
    """Tones from the most to the least pressing, as a key lists them."""
    order: tuple[Tone, ...] = (
        "fail",
        "watch",
        "7",
        "6",
        "5",
        "4",
        "3",
        "2",
        "1",
        "0",
        "pass",
        "none",
    )
    return tuple(tone for tone in order if tone in tones)
