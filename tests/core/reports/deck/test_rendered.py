"""What LibreOffice makes of a deck, an office program that knows nothing of ours."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from core.paths import STATIC
from core.reports.deck.writer import deck
from core.text import fold
from tests.core.forms.office import SOFFICE
from tests.core.reports.deck.decks import opened, plain, said
from tests.core.reports.reports import sample

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        SOFFICE is None or shutil.which("pdftotext") is None, reason="needs LibreOffice and poppler"
    ),
]
PAGE = (960.0, 540.0)
SLACK = 3.0
"""Points: LibreOffice counts the whole height of the face into a line."""


class Word(NamedTuple):
    """A word of a page with its box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faces of the screens where office programs find them, and no others but the system's."""
    folder = tmp_path_factory.mktemp("fonts")
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


@pytest.fixture(scope="module")
def printed(fonts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Thai sample as a PDF."""
    folder = tmp_path_factory.mktemp("printed")
    file = folder / "deck.pptx"
    file.write_bytes(deck(sample(), "th"))
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
    known = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(fonts)}
    subprocess.run(command, check=True, capture_output=True, timeout=250, env=known)
    return file.with_suffix(".pdf")


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


def test_every_slide_is_a_page_of_16_by_9(printed: Path) -> None:
    told = subprocess.run(["pdfinfo", str(printed)], check=True, capture_output=True, text=True)
    assert re.search(r"Page size: +960(\.\d+)? x 540(\.\d+)? pts", told.stdout)
    assert len(pages(printed)) == len(opened(deck(sample(), "th")).slides)


def test_thai_can_be_read_out_of_it(printed: Path) -> None:
    told = subprocess.run(
        ["pdftotext", "-raw", str(printed), "-"], check=True, capture_output=True, text=True
    ).stdout
    read = fold(told)
    for slide in sample().slides:
        assert fold(plain(slide.title.th))[:12] in read
    for word in ("การวางแผนทางการเงิน", "รพ.ดอนแก้ว", "เกณฑ์ Cash ratio 0.8", "ไม่ได้รายงาน"):
        assert fold(word) in read


def test_only_our_typeface_is_used_but_for_symbols(printed: Path) -> None:
    told = subprocess.run(["pdffonts", str(printed)], check=True, capture_output=True, text=True)
    names = {line.split()[0].split("+")[-1] for line in told.stdout.splitlines()[2:]}
    assert {"Sarabun-Regular", "Sarabun-Bold"} <= names
    assert len(names) <= 4


def test_no_word_leaves_the_page(printed: Path) -> None:
    found = pages(printed)
    assert sum(map(len, found)) > 300
    for page in found:
        for word in page:
            assert word.left >= 0, word
            assert word.right <= PAGE[0], word
            assert word.top >= -SLACK, word
            assert word.bottom <= PAGE[1] + SLACK, word


def test_titles_and_texts_stay_within_their_frames(printed: Path) -> None:
    """The last line of each frame that has a text of its own ends above the frame's end."""
    for one, page in zip(opened(deck(sample(), "th")).slides, pages(printed), strict=True):
        for shape in one.shapes:
            if not shape.has_text_frame or shape.name not in ("Title", "Line", "Problem"):
                continue
            box = [float(v) / 12700 for v in (shape.left, shape.top, shape.width, shape.height)]
            left, top, across, down = box
            inside = [w for w in page if _within(w, left, top, across, down)]
            assert inside, shape.name
            # Marks above a letter come in the order they are drawn in, lines in any: letters count.
            read = fold("".join(word.text for word in inside))
            assert sorted(read) == sorted(fold(said(shape)))


def _within(word: Word, left: float, top: float, across: float, down: float) -> bool:
    middle = (word.top + word.bottom) / 2
    return left - 1 <= word.left and word.right <= left + across + 1 and top <= middle <= top + down
