"""How a thing stands, as colour, sign and word: never by colour alone."""

from typing import Final, Literal, NamedTuple, get_args

from core.text import Text, say

Tone = Literal["fail", "7", "6", "5", "4", "watch", "3", "2", "1", "0", "pass", "none"]
"""Against its target, or at a crisis level."""

TONES: Final[tuple[Tone, ...]] = get_args(Tone)
"""From the most to the least pressing."""

SIGNS: Final[dict[Tone, str]] = {"pass": "✓", "watch": "!", "fail": "✕", "none": "–"}


class Colours(NamedTuple):
    """A ground and the type on it, on light ground."""

    ground: str
    on: str


_DARK: Final = "#14191E"
_WHITE: Final = "#FFFFFF"
_COLOURS: Final[dict[Tone, Colours]] = {
    "pass": Colours("#1B7F5C", _WHITE),
    "watch": Colours("#F2B400", _DARK),
    "fail": Colours("#B3261E", _WHITE),
    "none": Colours("#E6E8EB", "#3C4146"),
    "0": Colours("#1B7F5C", _WHITE),
    "1": Colours("#5F9F3F", _DARK),
    "2": Colours("#93B234", _DARK),
    "3": Colours("#C9BD2B", _DARK),
    "4": Colours("#F2B400", _DARK),
    "5": Colours("#EA8A1A", _DARK),
    "6": Colours("#C64A17", _WHITE),
    "7": Colours("#A31621", _WHITE),
}


def colours(tone: Tone) -> Colours:
    """The colours of a tone: those of the same meaning on every page."""
    return _COLOURS[tone]


def sign(tone: Tone) -> str:
    """What tells a tone without its colour: a sign, or the level's digit."""
    return SIGNS.get(tone, tone)


def word(tone: Tone) -> Text:
    """A tone in words."""
    words: dict[Tone, Text] = {
        "pass": say("Pass"),
        "watch": say("Watch"),
        "fail": say("Fail"),
        "none": say("No data"),
    }
    return words.get(tone) or say("Level {level}", level=tone)
