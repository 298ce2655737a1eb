"""What of a slide stands on the screen, and how large."""

from dataclasses import replace

from components.present.layout import WIDE, caption_of, layout
from core.reports.slide import Bars, Line
from core.text import Text
from tests.slides import FIGURES, LONG_TITLE, slide

LONG = Text("โรงพยาบาลสมเด็จพระยุพราช " * 12, "A hospital with a long name " * 12)
FAIL = Text("ไม่ผ่าน", "Fail")


def test_a_short_title_is_large_and_a_long_one_never_small() -> None:
    short = layout(slide(title=Text("ผ่าน", "Pass")), "th").title
    long = layout(slide(title=LONG_TITLE), "th").title
    assert short == 44
    assert 32 <= long < short
    assert layout(slide(title=LONG), "th").title == 32


def test_without_a_figure_the_lines_have_all_of_the_width() -> None:
    sizes = layout(slide(), "th")
    assert (sizes.figure, sizes.lines_wide, sizes.lines) == ((0, 0), WIDE, 5)
    assert sizes.line > layout(slide(FIGURES["bars"]), "th").line


def test_without_lines_the_figure_has_all_of_the_width() -> None:
    assert layout(slide(FIGURES["bars"], lines=0), "th").figure[0] == WIDE


def test_lines_that_need_room_take_it_from_the_figure() -> None:
    few = layout(slide(FIGURES["bars"], lines=2), "th")
    line = Line("fail", FAIL, Text("โรงพยาบาลทัพทัน " * 6, "Thap Than " * 6))
    many = layout(replace(slide(FIGURES["bars"]), lines=(line,) * 5), "th")
    assert many.figure[0] < few.figure[0]
    assert 20 <= many.line < few.line
    assert many.lines == 5


def test_lines_without_room_are_left_for_a_count() -> None:
    sizes = layout(replace(slide(FIGURES["bars"]), lines=(Line("fail", FAIL, LONG),) * 5), "th")
    assert sizes.line == 20
    assert 0 < sizes.lines < 5


def test_a_sixth_line_is_never_shown() -> None:
    line = Line("pass", Text("ผ่าน", "Pass"), Text("ครบ", "All"))
    assert layout(replace(slide(), lines=(line,) * 9), "th").lines == 5


def test_what_is_missing_counts_as_a_line() -> None:
    missing = replace(slide(), problem=Text("ยังไม่มีข้อมูล", "Nothing reported yet"))
    assert layout(missing, "th").lines == 5


def test_sources_that_have_no_room_are_counted() -> None:
    source = Text("แนวทางการตรวจราชการกระทรวงสาธารณสุข ปีงบประมาณ 2566", "Inspection guide 2566")
    assert "และอีก" in layout(replace(slide(), sources=(source,) * 12), "th").foot.sources
    assert layout(replace(slide(), sources=(), target=None), "th").foot == ("", "")


def test_a_unit_is_said_once() -> None:
    figure = Bars(Text("เงินสด (บาท)", "Cash"), Text("บาท", "baht"), ())
    assert caption_of(slide(figure), "th") == "เงินสด (บาท)"
    assert caption_of(slide(figure), "en") == "Cash (baht)"
    assert caption_of(slide(), "th") == ""
