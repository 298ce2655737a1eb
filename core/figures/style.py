"""Colours and type of all figures, for light and for dark ground."""

from dataclasses import dataclass
from typing import Final

FONT: Final = "Sarabun, sans-serif"
SMALL: Final = 14
"""Smallest type in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one ground.

    `kinds` tell up to four things apart; none of them says pass or fail, and each stands with a
    mark of its own.
    """

    ground: str
    text: str
    quiet: str
    line: str
    kinds: tuple[str, str, str, str]


LIGHT: Final = Palette(
    ground="#FFFFFF",
    text="#1D252C",
    quiet="#5A646E",
    line="#CBD2D9",
    kinds=("#1F5A8C", "#B45309", "#7A3E9D", "#3F4A54"),
)
DARK: Final = Palette(
    ground="#14191E",
    text="#E9EDF1",
    quiet="#A9B3BC",
    line="#46515C",
    kinds=("#8CC0EE", "#F0A35E", "#CFA6F2", "#D5DBE1"),
)
