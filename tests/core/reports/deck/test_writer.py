import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from core.reports.deck.look import ACROSS, LONG_TITLES, MANNERS, TITLES
from core.reports.deck.writer import deck
from core.reports.slide import AreaMap, Cell, Line, MapArea, Matrix, Slide
from core.text import LANGUAGES, Language, Text
from tests.core.reports.deck import decks
from tests.core.reports.deck.decks import A, notes, parts, texts
from tests.core.reports.reports import (
    PERIOD,
    PLACE,
    SOURCES,
    STATUS,
    bars,
    both,
    long,
    matrix,
    sample,
    slide,
    trend,
)  # fmt: skip

DEMONSTRATION = "ข้อมูลสาธิต โรงพยาบาลและตัวเลขทั้งหมดสมมติขึ้น"
each_language = pytest.mark.parametrize("language", LANGUAGES)


def only(one: Slide, **parts: object) -> decks.Slide:
    """The one slide of a report with one view, the cover left out."""
    report = replace(sample(), slides=(one,), questions=(), **parts)  # type: ignore[arg-type]
    _, *found = decks.slides(report)
    assert len(found) == 1
    return found[0]


# The deck as a whole.


@each_language
def test_a_cover_then_a_slide_for_each_view_then_the_questions(language: Language) -> None:
    cover, *views, questions = decks.slides(sample(), language)
    titles = [decks.title(one) for one in views]
    assert titles == [one.title.in_(language) for one in sample().slides]
    assert {PLACE.in_(language), PERIOD.in_(language)} <= set(texts(cover))
    asked = "\n".join(texts(questions))
    assert all(question in asked for question in sample().questions)


def test_slides_are_16_by_9_and_no_layout_is_left_over() -> None:
    made = decks.opened(decks.sample_file())
    assert made.slide_width / made.slide_height == pytest.approx(16 / 9)  # type: ignore[operator]
    assert [layout.name for layout in made.slide_layouts] == ["Cover", "Content"]
    assert not [name for name in parts(decks.sample_file()) if "thumbnail" in name]


def test_the_same_report_is_the_same_file() -> None:
    assert deck(sample(), "th") == decks.sample_file()
    assert deck(sample(), "en") != decks.sample_file()


def test_the_file_says_the_moment_of_its_figures_and_no_other() -> None:
    about = decks.opened(decks.sample_file()).core_properties
    assert about.created == about.modified == sample().as_of.replace(tzinfo=None)
    assert about.author == "Truat"


def test_no_picture_is_in_the_deck() -> None:
    names = list(parts(decks.sample_file()))
    assert not [name for name in names if name.endswith((".png", ".jpeg", ".jpg", ".emf"))]


# What stands on every slide.


def test_every_slide_of_a_demonstration_says_so() -> None:
    assert all(DEMONSTRATION in texts(one) for one in decks.slides(sample()))


def test_no_slide_of_real_figures_says_so() -> None:
    real = sample(is_demonstration=False)
    assert not [one for one in decks.slides(real) if DEMONSTRATION in texts(one)]


def test_every_slide_says_place_period_moment_and_number() -> None:
    _, *views = decks.slides(sample())
    for number, (one, view) in enumerate(zip(views, sample().slides, strict=False), start=2):
        shown = texts(one)
        assert f"{view.place.th} · {view.period.th}" in shown
        assert "ข้อมูล ณ 20 เม.ย. 2569 09:30" in shown
        assert str(number) in shown


def test_target_and_sources_stand_at_the_foot() -> None:
    one = only(slide(both("x"), target=Text("เป้าหมาย 4", "Target 4"), sources=SOURCES))
    listed = "; ".join(source.th for source in SOURCES)
    assert f"เป้าหมาย 4 · ที่มา: {listed}" in texts(one)


def test_sources_that_do_not_fit_have_a_slide_of_their_own() -> None:
    many = tuple(both(f"รายงานการเงินฉบับที่ {number} ของจังหวัด") for number in range(30))
    report = replace(sample(), slides=(slide(both("x"), sources=many),), questions=())
    _, view, *ends = decks.slides(report)
    (foot,) = [text for text in texts(view) if text.startswith("ที่มา")]
    assert foot.startswith(f"ที่มา: {many[0].th}; {many[1].th}")
    assert foot.endswith("; ที่มาอื่นดูสไลด์ท้ายเล่ม")
    assert all(decks.title(one).startswith("แหล่งข้อมูล") for one in ends)
    listed = "\n".join("\n".join(texts(one)) for one in ends).splitlines()
    assert [one.th for one in many] == [line for line in listed if line.startswith("รายงาน")]


def test_a_source_that_is_too_long_alone_is_read_on_the_last_slide() -> None:
    view = slide(both("x"), sources=(both("รายงานการเงิน " * 40),))
    _, one, last = decks.slides(replace(sample(), slides=(view,), questions=()))
    assert "ที่มา: ดูสไลด์ท้ายเล่ม" in texts(one)
    assert ("รายงานการเงิน " * 40).strip() in texts(last)


# Titles and lines.


def test_a_title_is_shrunk_by_rule_and_at_last_cut() -> None:
    sizes = []
    for words in (1, 25, 40, 400):
        one = only(slide(both("โรงพยาบาล " * words)))
        run = one.shapes.title.element.find(f".//{A}rPr")  # type: ignore[union-attr]
        sizes.append(int(run.get("sz")) / 100)
    assert sizes[0] == TITLES[0]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] == LONG_TITLES[-1]
    assert decks.title(one).endswith("…")
    assert ("โรงพยาบาล " * 400).strip() in notes(one)


@pytest.mark.parametrize("figure", [None, bars(3), bars(13)], ids=["alone", "beside", "above"])
def test_lines_have_their_mark_and_their_status_in_words(figure: object) -> None:
    lines = tuple(
        Line(tone, STATUS[tone], both(f"ประโยค {tone}")) for tone in ("fail", "pass", "6")
    )  # type: ignore[arg-type]
    shown = texts(only(slide(both("x"), lines=lines, figure=figure)))
    assert {"✕ ไม่ผ่าน", "✓ ผ่าน", "ระดับ 6"} <= set(shown)
    assert {"ประโยค fail", "ประโยค pass", "ประโยค 6"} <= set(shown)


def test_a_problem_is_said_and_no_empty_chart_drawn() -> None:
    one = only(slide(both("x"), problem=Text("ยังไม่มีรายงาน", "none"), figure=trend()))
    assert "ยังไม่มีรายงาน" in texts(one)
    assert not decks.charts(one)


def test_a_trend_without_any_value_is_no_chart() -> None:
    silent = tuple(replace(one, values=(None,) * 24) for one in trend().series)
    one = only(slide(both("x"), figure=replace(trend(), series=silent)))
    assert not decks.charts(one)
    assert "ยังไม่มีตัวเลขให้แสดง" in texts(one)


def test_bars_without_any_value_are_a_table() -> None:
    silent = tuple(replace(bar, value=None, shown=both("ไม่ได้รายงาน")) for bar in bars(3).bars)
    one = only(slide(both("x"), figure=replace(bars(3), bars=silent)))
    assert not decks.charts(one)
    assert [row[0] for row in decks.table(one)[1:]] == [bar.name.th for bar in bars(3).bars]


# More than one slide.


@pytest.mark.parametrize(("count", "pages"), [(13, 1), (14, 2), (30, 3)])
def test_bars_go_on_on_further_slides(count: int, pages: int) -> None:
    report = replace(sample(), slides=(slide(both("x"), figure=bars(count)),), questions=())
    _, *found = decks.slides(report)
    assert len(found) == pages
    held = [decks.charts(one)[0] for one in found]
    values = [v for one in held for v in next(iter(one.series.values()))]
    assert values == [bar.value for bar in bars(count).bars]
    scales = {
        (
            one.element.find(f".//{decks.C}max").get("val"),
            one.element.find(f".//{decks.C}min").get("val"),
        )
        for one in held
    }
    assert len(scales) == 1
    if pages > 1:
        assert found[-1].shapes.title.text == f"x ({pages}/{pages})"  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [13, 14, 40])
def test_rows_go_on_on_further_slides(count: int) -> None:
    report = replace(sample(), slides=(slide(both("x"), figure=matrix(count)),), questions=())
    _, *found = decks.slides(report)
    assert len(found) == -(-count // 13)
    rows = [row for one in found for row in decks.table(one)[1:]]
    assert [row[0] for row in rows] == [name.th for name, _ in matrix(count).rows]


def test_lines_stand_on_the_first_of_several_slides_only() -> None:
    lines = (Line("fail", STATUS["fail"], both("หนึ่ง")),)
    view = slide(both("x"), figure=matrix(30), lines=lines)
    _, first, *others = decks.slides(replace(sample(), slides=(view,), questions=()))
    assert "หนึ่ง" in texts(first)
    assert not [one for one in others if "หนึ่ง" in texts(one)]


# Tables.


def test_a_matrix_is_a_table_with_marks_words_and_colours() -> None:
    one = only(slide(both("x"), figure=matrix()))
    head, *rows = decks.table(one)
    assert head == [matrix().corner.th, *(column.th for column in matrix().columns)]
    for row, (name, cells) in zip(rows, matrix().rows, strict=True):
        assert row == [name.th, *(f"{c.mark} {c.shown.th}".strip() for c in cells)]
    fills = re.findall(r'<a:solidFill><a:srgbClr val="(\w+)"/></a:solidFill></a:tcPr>', xml_of(one))
    judged = [cell for _, cells in matrix().rows for cell in cells]
    assert [f for n, f in enumerate(fills[7:]) if n % 7] == [MANNERS[c.tone].fill for c in judged]


def test_a_name_of_many_lines_stands_whole_and_takes_its_room_from_the_others() -> None:
    long = both("1 ร้อยละ 100 ของหน่วยบริการสาธารณสุขสามารถจัดบริการตามศักยภาพที่ขึ้นทะเบียนไว้กับสำนักงาน " * 2)
    cells = tuple(Cell(both("≥ ร้อยละ 100"), "pass", "✓") for _ in range(3))
    rows = ((long, cells), *((both(f"ตัวชี้วัด {at}"), cells) for at in range(8)))
    columns = tuple(both(f"คอลัมน์ {at}") for at in range(3))
    one = only(slide(both("x"), figure=Matrix(both("t"), both("h"), columns, rows)))
    assert decks.table(one)[1][0] == long.th.strip()
    heights = [row.height for shape in one.shapes if shape.has_table for row in shape.table.rows]  # type: ignore[attr-defined]
    assert heights[1] > heights[2] == heights[-1]


def test_columns_without_room_for_their_words_go_on_on_a_further_slide() -> None:
    plain = matrix(4)
    twice = tuple((name, (*cells, *cells)) for name, cells in plain.rows)
    wide = Matrix(plain.title, plain.corner, plain.columns * 2, twice)
    _, *found = decks.slides(
        replace(sample(), slides=(slide(both("x"), figure=wide),), questions=())
    )
    assert len(found) == 2
    read = [decks.table(one) for one in found]
    assert [*read[0][0][1:], *read[1][0][1:]] == [column.th for column in wide.columns]
    assert not [cell for one in read for row in one for cell in row if cell.endswith("…")]


def test_districts_without_borders_are_a_table() -> None:
    areas = tuple(MapArea(f"D610{n}", both(f"อำเภอ {n}"), STATUS["pass"], "pass") for n in (1, 2))
    one = only(slide(both("x"), figure=AreaMap(both("แผนที่"), "P61", areas)))
    assert decks.table(one)[1:] == [["อำเภอ 1", "✓ ผ่าน"], ["อำเภอ 2", "✓ ผ่าน"]]


def xml_of(one: decks.Slide) -> str:
    return one.part.blob.decode()


# Thai, and what breaks files.


@each_language
def test_every_run_has_its_language_and_both_typefaces(language: Language) -> None:
    file = decks.sample_file(language)
    found = 0
    for name, content in parts(file, ".xml").items():
        if not name.startswith(("ppt/slides/", "ppt/charts/", "ppt/notesSlides/")):
            continue
        tree = ElementTree.fromstring(content)
        for tag in ("rPr", "defRPr", "endParaRPr"):
            for run in tree.iter(f"{A}{tag}"):
                found += 1
                assert run.get("lang") in ("th-TH", "en-GB"), name
                faces = {run.find(f"{A}{kind}").get("typeface") for kind in ("latin", "cs")}  # type: ignore[union-attr]
                assert faces in ({"Sarabun"}, {"Segoe UI Symbol"}), name
                if language == "th":
                    assert run.get("lang") == "th-TH"
    assert found > 200


def test_thai_text_is_marked_as_thai_in_english_decks_too() -> None:
    for content in parts(decks.sample_file("en"), ".xml").values():
        for run in ElementTree.fromstring(content).iter(f"{A}r"):
            if re.search("[ก-๛]", run.findtext(f"{A}t") or ""):
                assert run.find(f"{A}rPr").get("lang") == "th-TH"  # type: ignore[union-attr]


def test_no_english_stands_on_a_thai_deck() -> None:
    said = {text for one in decks.slides(sample()) for text in texts(one)}
    words = {word for text in said for word in re.findall("[A-Za-z]{2,}", text)}
    assert words <= {"Cash", "Current", "ratio", "TPS"}


def test_wicked_texts_break_nothing() -> None:
    made = decks.opened(decks.wicked_file())
    assert len(made.slides) >= len(sample().slides) + 2
    forbidden = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\u202a-\u202e]")
    for name, content in parts(decks.wicked_file(), ".xml").items():
        ElementTree.fromstring(content)
        assert not forbidden.search(content.decode()), name


def test_what_was_replaced_is_told_in_the_notes() -> None:
    one = only(slide(both("รพ.醫")))
    assert decks.title(one) == "รพ.□"
    assert "U+91AB" in notes(one)


# Notes.


def test_notes_hold_the_own_note_every_figure_with_its_cell_and_all_sources() -> None:
    view = sample().slides[0]
    said = notes(only(view))
    assert view.note in said
    for fact in view.facts:
        where = fact.origin.th if fact.origin else "ไม่ทราบที่มา"
        assert f"{fact.name.th}: {fact.shown.th} ({where})" in said
    assert all(source.th in said for source in view.sources)


def test_a_note_keeps_its_lines() -> None:
    assert "หนึ่ง\nสอง" in notes(only(slide(both("x"), note="หนึ่ง\nสอง")))


def test_a_view_with_nothing_to_note_has_no_notes() -> None:
    assert notes(only(slide(both("x")))) == ""


def test_a_long_deck_keeps_its_order() -> None:
    _, *views, _ = decks.slides(long(20))
    assert [decks.title(one) for one in views] == [one.title.th for one in long(20).slides]


def test_the_frame_of_a_slide_is_left_by_no_shape() -> None:
    assert ACROSS < 960
    for file in (decks.sample_file(), decks.wicked_file()):
        made = decks.opened(file)
        for one in made.slides:
            for shape in one.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= made.slide_width + 1, shape.name  # type: ignore[operator]
                assert shape.top + shape.height <= made.slide_height + 1, shape.name  # type: ignore[operator]
