"""What the typeface of files can write: its characters, their widths, and text that fits a file."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from fontTools.ttLib import TTFont

from core.paths import STATIC
from core.text import storable

TYPEFACE: Final = "Sarabun"
"""The standard typeface of Thai offices, as the screens have it; no other is measured."""
LACKING: Final = "\u25a1"
"""Stands for characters the typeface does not have."""
SYMBOLS: Final = frozenset("✓✕⚠≤≥≠≈→←•●■▲▼∞∅√∑" + LACKING)
"""Not in the typeface; every office program takes them from a face of symbols."""
_SCRIPTS: Final = ("latin", "thai")
_WEIGHTS: Final = {False: 400, True: 700}
_EM: Final = 1000
_SYMBOL_WIDTH: Final = 900
"""What a symbol or a stranger takes at most, in thousandths of the size."""
# What turns lines around, joins or hides: it has no look of its own, and upsets what it stands in.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SPACES: Final = re.compile(r"\s+")
_RUN: Final = re.compile(f"{LACKING}+")
_STACK: Final = 2
"""Marks above and below one letter; more of them climb into other lines."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text that every file can hold, and the characters that had to go for it, in order."""

    text: str
    replaced: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def readable(text: str) -> Readable:
    """A text in one line, with `LACKING` for what the typeface lacks, several as one.

    Control characters, halves of characters and what XML forbids go; so do marks piled up on one
    letter beyond what Thai writes.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return Readable(text.strip())
    whole = unicodedata.normalize("NFC", storable(text))
    plain = _SPACES.sub(" ", _UNSEEN.sub("", whole)).strip()
    missing = tuple(dict.fromkeys(letter for letter in plain if not is_known(letter)))
    text_ = "".join(letter if is_known(letter) else LACKING for letter in _unpiled(plain))
    return Readable(_RUN.sub(LACKING, text_), missing)


def is_known(letter: str) -> bool:
    """Whether the typeface, or the symbols every program has, write a character."""
    # Some faces draw control characters as well, and no XML may hold them.
    return letter in SYMBOLS or (letter >= " " and ord(letter) in _widths(False))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in the unit of its size; kerning, which narrows it, left out."""
    widths = _widths(bold)
    return sum(widths.get(ord(letter), _SYMBOL_WIDTH) for letter in text) * size / _EM


def code_points(letters: tuple[str, ...]) -> str:
    """Characters by number and name, for those who look for them: `U+91AB`, `U+1F600 GRINNING`."""
    return ", ".join(f"U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in letters)


def _unpiled(text: str) -> str:
    letters: list[str] = []
    pile = 0
    for letter in text:
        pile = pile + 1 if unicodedata.category(letter) == "Mn" else 0
        if pile <= _STACK:
            letters.append(letter)
    return "".join(letters)


@cache
def _widths(bold: bool) -> Mapping[int, int]:
    """Thousandths of the size by character, of the files the screens are written with."""
    widths: dict[int, int] = {}
    for script in _SCRIPTS:
        file = STATIC / "fonts" / f"sarabun-{script}-{_WEIGHTS[bold]}-normal.woff2"
        with TTFont(file, lazy=True) as font:
            advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
            glyphs = font.getBestCmap()
            widths |= {code: advances[name][0] * _EM // per_em for code, name in glyphs.items()}
    return widths
