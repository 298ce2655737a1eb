"""The workbook of a meeting: every figure's numbers, nothing that runs, and where it all is."""

import io
import math

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.reports.slide import Bars, Report
from core.reports.spreadsheet.write import spreadsheet
from core.text import LANGUAGES, Language
from tests.core.reports import reports
from tests.core.reports.papers import inspected


def read(report: Report, language: Language = "th") -> Workbook:
    return load_workbook(io.BytesIO(spreadsheet(report, language)))


def values(sheet: Worksheet) -> list[object]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_sheet_for_each_view_and_the_contents_lead_to_it(language: Language) -> None:
    report = inspected()
    book = read(report, language)
    assert len(book.worksheets) == len(report.slides) + 2
    links = [c.hyperlink for row in book.worksheets[0].iter_rows() for c in row if c.hyperlink]
    assert [f"'{name}'!A1" for name in book.sheetnames[1:]] == [link.location for link in links]
    for slide, sheet in zip(report.slides, book.worksheets[2:], strict=True):
        assert sheet["A1"].value == slide.title.in_(language)


def test_the_numbers_are_those_of_the_report() -> None:
    book = read(inspected())
    bars = inspected().slides[0].figure
    assert isinstance(bars, Bars)
    found = {row[0].value: row[1] for row in book.worksheets[2].iter_rows(max_row=23)}
    for bar in bars.bars:
        cell = found[bar.name.th]
        assert cell.value == (bar.shown.th if bar.value is None else bar.value)
        assert bar.value is None or cell.number_format == "#,##0.0"
    trend = reports.trend()
    rows = {row[0].value: row for row in book.worksheets[4].iter_rows()}
    for at, period in enumerate(trend.periods):
        read_back = [cell.value for cell in rows[period.th][1:3]]
        assert read_back == [
            series.shown[at].th if series.values[at] is None else series.values[at]
            for series in trend.series
        ]


def test_every_indicator_and_every_unit_that_fails_it_has_a_row() -> None:
    sheet = read(inspected(), "en").worksheets[1]
    found = values(sheet)
    assert {"Hospitals at level 4–7", "at most 4 %", "✕ Fail", "Don Kaeo Hospital"} <= set(found)
    assert found.count("Liquidity below what is asked, for claims are late") == 3


def test_invented_figures_are_marked_on_every_sheet_and_every_printed_page() -> None:
    for sheet in read(inspected(), "en").worksheets:
        mark = "Demonstration: all hospitals and figures are invented."
        assert sheet["A2"].value == mark
        assert sheet.oddHeader.center.text == mark
    for sheet in read(inspected(is_demonstration=False), "en").worksheets:
        assert "Demonstration" not in str(values(sheet))
        assert not sheet.oddHeader.center.text


def test_nothing_wicked_runs_and_every_name_is_a_text() -> None:
    book = read(reports.wicked())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    like_formulas = [c for c in cells if isinstance(c.value, str) and c.value.startswith("=")]
    assert like_formulas
    assert all(cell.quotePrefix and cell.data_type == "s" for cell in like_formulas)
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert len(set(book.sheetnames)) == len(book.sheetnames)


def test_a_number_that_is_none_stands_in_words() -> None:
    report = inspected()
    bars = report.slides[0].figure
    assert isinstance(bars, Bars)
    odd = reports.replace(bars.bars[0], value=math.nan, shown=reports.both("unknown"))
    slide = reports.replace(report.slides[0], figure=reports.replace(bars, bars=(odd,)))
    book = read(reports.replace(report, slides=(slide,)))
    assert "unknown" in values(book.worksheets[2])


def test_the_same_report_is_the_same_bytes() -> None:
    assert spreadsheet(inspected(), "th") == spreadsheet(inspected(), "th")
    assert spreadsheet(inspected(), "th") != spreadsheet(inspected(), "en")
