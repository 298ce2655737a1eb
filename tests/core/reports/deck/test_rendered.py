"""What LibreOffice makes of a deck, an office program that knows nothing of ours."""

import re
import subprocess
from pathlib import Path

import pytest

from core.reports.deck.writer import deck
from core.text import fold
from tests.core.reports.deck import printing
from tests.core.reports.deck.decks import opened, plain
from tests.core.reports.deck.printing import pages
from tests.core.reports.reports import sample

pytestmark = printing.needs_office


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Thai sample as a PDF."""
    return printing.printed(deck(sample(), "th"), tmp_path_factory.mktemp("printed"))


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


def test_titles_and_texts_stay_within_their_frames_and_all_on_the_page(printed: Path) -> None:
    found = pages(printed)
    assert sum(map(len, found)) > 300
    assert list(printing.outside(deck(sample(), "th"), found)) == []
