"""Decks as LibreOffice prints them: where every word comes to stand."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from core.paths import STATIC
from core.text import fold
from tests.core.forms.office import SOFFICE
from tests.core.reports.deck.decks import opened, said

needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(
        SOFFICE is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and poppler"
    ),
]
PAGE = (960.0, 540.0)
SLACK = 3.0
"""Points: LibreOffice counts the whole height of the face into a line."""
_WHOLE = ("Title", "Line", "Problem")
"""Shapes that have a frame for their text alone."""


class Word(NamedTuple):
    """A word of a page with its box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def printed(deck: bytes, folder: Path) -> Path:
    """A deck as a PDF."""
    file = folder / "deck.pptx"
    file.write_bytes(deck)
    command = [
        str(SOFFICE),
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(file),
    ]
    known = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(_fonts(folder))}
    subprocess.run(command, check=True, capture_output=True, timeout=250, env=known)
    return file.with_suffix(".pdf")


def _fonts(folder: Path) -> Path:
    """The faces of the screens where office programs find them, and no others but the system's."""
    for weight in (400, 700):
        halves = []
        for script in ("latin", "thai"):
            font = TTFont(STATIC / "fonts" / f"sarabun-{script}-{weight}-normal.woff2")
            font.flavor = None
            halves.append(str(folder / f"{script}-{weight}.half"))
            font.save(halves[-1])
        Merger().merge(halves).save(folder / f"Sarabun-{weight}.ttf")
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{folder}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return settings


def pages(printed: Path) -> list[list[Word]]:
    told = subprocess.run(
        ["pdftotext", "-bbox", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    word = re.compile(
        r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>'
    )
    return [
        [Word(text, *map(float, box)) for *box, text in word.findall(page)]
        for page in told.split("<page ")[1:]
    ]


def outside(deck: bytes, found: list[list[Word]]) -> Iterator[str]:
    """Texts that are not whole within their frames, and words beyond the page."""
    for one, page in zip(opened(deck).slides, found, strict=True):
        for word in page:
            if word.left < 0 or word.right > PAGE[0]:
                yield str(word)
            if word.top < -SLACK or word.bottom > PAGE[1] + SLACK:
                yield str(word)
        for shape in one.shapes:
            if not shape.has_text_frame or shape.name not in _WHOLE:
                continue
            box = [float(v) / 12700 for v in (shape.left, shape.top, shape.width, shape.height)]
            # Marks above a letter come in the order they are drawn in, lines in any: letters count.
            read = fold("".join(word.text for word in page if _within(word, *box)))
            if sorted(read) != sorted(fold(said(shape))):
                yield f"{shape.name}: {said(shape)}"


def _within(word: Word, left: float, top: float, across: float, down: float) -> bool:
    middle = (word.top + word.bottom) / 2
    return left - 1 <= word.left and word.right <= left + across + 1 and top <= middle <= top + down
