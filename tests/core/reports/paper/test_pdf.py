"""The PDF of a report: A4, every page marked and numbered, its numbers, nothing fetched."""

import io
from dataclasses import replace
from functools import cache

import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from core.errors import ReportError
from core.reports.paper import engine
from core.reports.paper.pdf import pdf
from core.reports.paper.png import pngs
from core.reports.pictured import pictures
from core.reports.slide import Bars
from core.text import LANGUAGES, Language
from tests.core.reports import reports
from tests.core.reports.papers import inspected, short

A4 = (595, 842)


@cache
def written(language: Language) -> bytes:
    """Bars, a radar, a matrix and a view with nothing to show."""
    return pdf(short(inspected(), 0, 3, 4, 7), language)


def pages(content: bytes) -> list[str]:
    """The texts of pages, a space where a line ends."""
    found = pypdf.PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_marked_numbered_and_says_whose_it_is(language: Language) -> None:
    texts = pages(written(language))
    mark = {"th": "ข้อมูลสาธิต", "en": "Demonstration"}[language]
    for at, text in enumerate(texts, 1):
        assert mark in text
        number = {"th": f"หน้า {at} จาก {len(texts)}", "en": f"Page {at} of {len(texts)}"}
        assert number[language] in text
        assert reports.PLACE.in_(language) in text
        assert {"th": "20 เมษายน 2569", "en": "20 April 2026"}[language] in text


def test_the_numbers_are_those_of_the_report() -> None:
    whole = "\n".join(pages(written("th")))
    report = inspected()
    bars = report.slides[0].figure
    assert isinstance(bars, Bars)
    for shown in [bar.shown.th for bar in bars.bars] + [fact.shown.th for fact in reports.facts()]:
        assert shown in whole
    for indicator in report.slides[0].indicators:
        assert indicator.result.th in whole
    for question in report.questions:
        assert question.split(" ")[0] in whole


def test_thai_can_be_searched_sara_am_as_its_two_parts() -> None:
    slide = reports.slide(reports.both("น้ำ ทำงานประจำที่กำแพงเพชร นานา มากกว่า"))
    whole = "".join(pages(pdf(replace(short(inspected(), 7), slides=(slide,)), "th")))
    for word in ("น\u0e4d้า", "ท\u0e4dางานประจ\u0e4dา", "ก\u0e4dาแพงเพชร", "นานา มากกว่า"):
        assert word in whole


def test_a_report_of_real_figures_is_not_marked() -> None:
    texts = pages(pdf(short(inspected(is_demonstration=False), 7), "en"))
    assert not any("Demonstration" in text for text in texts)


def test_it_is_a4_its_type_is_inside_and_it_names_itself() -> None:
    file = pypdf.PdfReader(io.BytesIO(written("th")))
    fonts = set()
    for page in file.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            fonts.add(str(font.get_object()["/BaseFont"]))
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
    assert fonts
    assert all("Sarabun" in name for name in fonts)
    assert "แบบรายงานผลการตรวจราชการ" in str(file.metadata.title)  # type: ignore[union-attr]
    assert file.trailer["/Root"]["/Lang"] == "th"  # type: ignore[index]


def test_the_same_report_is_the_same_bytes() -> None:
    report = short(inspected(), 7)
    assert pdf(report, "th") == pdf(report, "th")
    assert pdf(report, "th") != pdf(replace(report, questions=()), "th")


def test_a_matrix_goes_on_under_its_head() -> None:
    tall = replace(inspected().slides[4], figure=reports.matrix(60))
    texts = pages(pdf(replace(inspected(), slides=(tall,)), "en"))
    of_matrix = [text for text in texts if "Don Kaeo Hospital" in text]
    assert len(of_matrix) >= 2
    assert all("Joint buying" in text for text in of_matrix)


def test_bars_taller_than_a_page_go_on_with_their_cut_offs() -> None:
    drawn = pictures("k", reports.bars(100), "en")
    assert len(drawn) >= 2
    assert sum(one.svg.count("Don Kaeo Hospital</text>") for one in drawn) == 13
    assert all("Break-even" in one.svg for one in drawn)


def test_a_wicked_report_is_laid_out_as_text() -> None:
    texts = "\n".join(pages(pdf(short(reports.wicked(), 0, 4), "th")))
    assert "<script>" in texts
    assert "{name}" in texts


@pytest.mark.parametrize(
    "url", ["http://example.com/x.png", "file:///etc/passwd", "font:../../../etc/passwd", "x.png"]
)
def test_nothing_but_our_own_is_fetched(url: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="nothing of ours"):
        engine.write_pdf(f'<img src="{url}">', "", b"x")


def test_without_pango_a_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    monkeypatch.setattr(engine, "import_module", missing)
    with pytest.raises(ReportError) as error:
        pdf(short(inspected(), 7), "th")
    assert (error.value.code, error.value.params) == (
        "R001",
        {"reason": "cannot load library 'libpango-1.0-0'"},
    )


def test_drawings_become_pictures_of_their_size() -> None:
    drawn = pictures("k", reports.radar(), "th") + pictures("b", reports.shares(), "th")
    first, second = pngs(drawn)
    assert first.startswith(b"\x89PNG")
    wide = [int.from_bytes(png[16:20]) for png in (first, second)]
    assert wide[1] == pytest.approx(620 * 0.75 * 200 / 72, abs=2)
    assert wide[0] < wide[1]
    assert pngs(()) == ()
