"""The content of a paper: plain texts of one language, nothing lost, nothing added."""

from dataclasses import fields, replace

import pytest

from core.reports.content import Content, FactRow, IndicatorRow, Section, Sentence, content
from core.reports.tabled import TableCell, table_of
from core.text import LANGUAGES, Language
from tests.core.reports import reports
from tests.core.reports.papers import inspected
from tests.paths import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_is_a_section_in_its_order(language: Language) -> None:
    report = inspected()
    said = content(report, language)
    assert [one.title for one in said.sections] == [s.title.in_(language) for s in report.slides]
    assert [one.number for one in said.sections] == list(range(1, len(report.slides) + 1))


def test_only_views_of_the_whole_place_are_its_summary() -> None:
    said = content(inspected(), "en")
    assert "Crisis levels of the country" not in said.summary
    assert "Primary care: nothing to say yet" not in said.summary
    assert said.summary[0] == said.sections[0].title
    assert said.highlights == said.sections[0].lines


def test_indicators_are_counted_by_how_they_came_out() -> None:
    assert content(inspected(), "en").counted == "2 indicators: Fail 1 · Pass 1"
    assert content(inspected(), "th").counted == "ตัวชี้วัด 2 ข้อ: ไม่ผ่าน 1 · ผ่าน 1"
    assert content(reports.sample(), "th").counted == ""


def test_units_not_passing_stand_with_their_reason() -> None:
    row, met = content(inspected(), "th").indicators
    assert row.failing_names == "รพ.ดอนแก้ว, รพ.หนองบัวทอง, รพ.บ้านไร่ใต้"
    assert row.failing[0].shown == "ระดับ 6"
    assert "ลูกหนี้" in row.failing[0].why
    assert (met.failing, met.failing_names) == ((), "–")


def test_the_moment_is_of_the_buddhist_era_in_thai() -> None:
    assert content(inspected(), "th").as_of == "20 เมษายน 2569 เวลา 09.30 น."
    assert content(inspected(), "en").as_of == "20 April 2026, 09:30"


def test_invented_figures_are_marked_and_real_ones_are_not() -> None:
    assert "สมมติ" in content(inspected(), "th").demonstration
    assert content(inspected(is_demonstration=False), "th").demonstration == ""


def test_a_presenters_own_note_goes_on_no_paper() -> None:
    report = inspected()
    assert report.slides[0].note
    assert report.slides[0].note not in repr(content(report, "th"))


def test_a_figure_is_drawn_or_else_a_table() -> None:
    drawn = content(inspected(), "th").sections
    tables = content(inspected(), "th", draws=False).sections
    for one, other, slide in zip(drawn, tables, inspected().slides, strict=True):
        assert not other.pictures
        assert bool(other.tables) == (slide.figure is not None)
        assert bool(one.pictures or one.tables) == (slide.figure is not None)


def test_no_text_of_a_wicked_report_breaks_a_line_or_xml() -> None:
    text = repr(content(reports.wicked(), "th", draws=False))
    for letter in ("\\n", "\\x00", "\\x07", "\\x1b", "\\ufffe", "\\ud800", "\\u2028"):
        assert letter not in text
    assert "<script>" in text


def test_an_empty_question_is_none() -> None:
    assert content(replace(inspected(), questions=(" ", "\n", "ใคร")), "th").questions == ("ใคร",)


def test_a_wide_matrix_stands_below_itself_and_keeps_every_cell() -> None:
    matrix = reports.matrix()
    columns = tuple(reports.both(f"C{at}") for at in range(20))
    cells = tuple(reports.Cell(reports.both(f"v{at}"), "pass", "✓") for at in range(20))
    wide = replace(matrix, columns=columns, rows=tuple((name, cells) for name, _ in matrix.rows))
    parts = table_of(wide, "th").on_paper()
    assert [column for part in parts for column in part.columns] == [f"C{at}" for at in range(20)]
    assert all(len(part.columns) <= 7 for part in parts)
    assert all([row.name for row in part.rows] == [n.th for n, _ in wide.rows] for part in parts)
    assert sum(len(row.cells) for part in parts for row in part.rows) == 20 * len(wide.rows)


@pytest.mark.parametrize(("months", "folded"), [(12, 12), (13, 7), (24, 12)])
def test_a_long_narrow_table_is_folded_once_it_is_longer_than_twelve(
    months: int, folded: int
) -> None:
    trend = reports.trend()
    series = tuple(
        replace(one, values=one.values[:months], shown=one.shown[:months]) for one in trend.series
    )
    cut = replace(trend, periods=trend.periods[:months], series=series)
    (table,) = table_of(cut, "en").on_paper()
    assert len(table.rows) == folded
    named = {row.name for row in table.rows} | {
        cell.text for row in table.rows for cell in row.cells
    }
    assert {period.en for period in cut.periods} <= named


def test_a_level_is_written_once() -> None:
    cells = [row.cells[-1] for row in table_of(reports.province_map(), "th").rows]
    assert (cells[0].text, cells[0].mark) == ("ระดับ 6", "")
    assert (cells[6].text, cells[6].mark) == ("ไม่มีข้อมูล", "–")


def test_a_facility_that_stands_nowhere_has_no_number_on_the_map() -> None:
    names = [row.name for row in table_of(reports.province_map(), "th").rows]
    assert names == ["1", "2", "3", "4", "5", "6", "–", "8"]


@pytest.mark.parametrize("shape", [Content, Section, IndicatorRow, Sentence, FactRow, TableCell])
def test_the_page_on_templates_lists_every_name(shape: type) -> None:
    page = (ROOT / "docs/report-templates.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(shape) if f"`{field.name}`" not in page] == []
