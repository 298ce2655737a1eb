"""PDFs whose Thai can be searched and copied.

Sara am is drawn with two glyphs, its circle and sara aa, and the library notes down for a glyph the
letters it first met it with: the circle would be lost, or every sara aa become a sara am. Here each
glyph says the letters it is of.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from fontTools.ttLib import TTFont

from core.paths import STATIC

_FILES: Final = {
    b"Sarabun-Thai-Bold": "sarabun-thai-700-normal.woff2",
    b"Sarabun-Thai": "sarabun-thai-400-normal.woff2",
}
_NAME: Final = re.compile(r"uni((?:[0-9A-F]{4})+)(?:\.\w+)?")
"""The name of a glyph: the letters it is of, and after a dot which form of them."""
_ENTRY: Final = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")


def name_letters(objects: Iterable[Any]) -> None:
    """Have the typefaces of a PDF that is about to be written name their letters rightly.

    `objects` are those of the PDF, by their numbers.
    """
    numbered = list(objects)
    for one in numbered:
        base = one.get("BaseFont", b"") if isinstance(one, dict) else b""
        file = _file_of(base if isinstance(base, bytes) else str(base).encode())
        if file is not None and "ToUnicode" in one:
            _rename(numbered[int(one["ToUnicode"].split()[0])].stream, _letters(file))


def _file_of(base: bytes) -> str | None:
    return next((file for name, file in _FILES.items() if base.endswith(b"+" + name)), None)


def _rename(stream: list[bytes], letters: dict[int, str]) -> None:
    for at, line in enumerate(stream):
        entry = _ENTRY.fullmatch(line)
        known = letters.get(int(entry[1], 16)) if entry else None
        if entry and known:
            stream[at] = b"<%s> <%s>" % (entry[1], known.encode("utf-16-be").hex().encode())


@cache
def _letters(file: str) -> dict[int, str]:
    """Which letters a glyph stands for, by the glyph's number; its name tells them."""
    names = TTFont(STATIC / "fonts" / file).getGlyphOrder()
    letters = {at: _NAME.fullmatch(name) for at, name in enumerate(names)}
    return {
        at: "".join(chr(int(code, 16)) for code in re.findall("....", name[1]))
        for at, name in letters.items()
        if name
    }
