"""Whatever people and tools do to the printed form, the same figures are read from it."""

import copy
import itertools
import random
import re
import unicodedata
from dataclasses import replace

import pytest

from core.services.intake.kinds import Intake
from tests.core.forms.assessment import star_books as star
from tests.core.forms.assessment.star_books import (
    EVIDENCE,
    FULL,
    NUMBER,
    SCORE,
    TITLE,
    Box,
    Page,
    Pages,
)

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
MARKS = re.compile("[\u0e47-\u0e4e]")
VOWELS_TOO = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# Shifted marks as PDF tools write them into the private area.
SHIFTED = {"\u0e48": "\uf70a", "\u0e49": "\uf70b", "\u0e4c": "\uf70e", "\u0e47": "\uf712"}
PRIVATE = {ord(mark): code for mark, code in SHIFTED.items()}


@pytest.fixture(scope="module")
def original() -> Intake:
    return star.read(star.pages())


def assert_same(found: Intake, original: Intake) -> None:
    assert star.inputs(found) == star.inputs(original)
    assert star.points(found) == star.points(original)
    assert star.totals(found) == star.totals(original)
    told = [code for code, _ in star.codes(found, "W010", "W011", "W015")]
    assert told == []


# Columns


@pytest.mark.parametrize(
    "order",
    [
        (NUMBER, TITLE, FULL, SCORE, EVIDENCE),
        (NUMBER, TITLE, SCORE, EVIDENCE, FULL),
        (TITLE, FULL, SCORE, EVIDENCE, NUMBER),
        (None, NUMBER, None, TITLE, EVIDENCE, None, FULL, None, SCORE),
        (SCORE, FULL, EVIDENCE, TITLE, NUMBER),
        (None, None, SCORE, TITLE, FULL),
        (NUMBER, TITLE, EVIDENCE, SCORE, FULL),
    ],
    ids=str,
)
@pytest.mark.parametrize("header", ["repeated", "named", "missing"])
def test_columns_may_stand_anywhere(order, header: str, original: Intake) -> None:
    found = star.pages()
    top = found[0].rows[4]
    if header == "named":
        top[SCORE].value = "คะแนนที่ได้"
    elif header == "missing":
        found[0].rows[4] = [Box() for _ in top]
    assert_same(star.read(star.reordered(found, order)), original)


def test_figures_of_other_years_beside_the_yellow_cells_change_nothing(original: Intake) -> None:
    found = star.pages()
    for row in found[0].rows:
        row += [Box(61.5) if row[SCORE].yellow else Box(), Box("ตรวจแล้ว")]
    found[0].rows[4][5] = Box("ปี 2560")
    assert_same(star.read(found), original)


def test_perfect_points_are_not_taken_for_full_marks() -> None:
    found = star.pages()
    for row in found[0].rows:
        if row[SCORE].yellow and row[FULL].value and not isinstance(row[FULL].value, str):
            row[SCORE].value = row[FULL].value
    found[0].rows[4] = [Box() for _ in found[0].rows[4]]
    result = star.read(found)
    assert star.points(result)["star.a.24"] == 100
    assert star.codes(result, "W01") == [("W012", "")]


# Rows


def test_empty_rows_and_rows_of_remarks_change_nothing(original: Intake) -> None:
    found = star.pages()
    draw = random.Random(1)
    rows = []
    for row in found[0].rows:
        rows.append(row)
        if draw.random() < 0.3:
            rows += [[Box() for _ in row], [Box(), Box("หมายเหตุ ตรวจสอบแล้ว"), Box(), Box(), Box()]]
    found[0].rows = rows
    assert_same(star.read(found), original)


@pytest.mark.parametrize("seed", range(4))
def test_items_may_stand_in_any_order(seed: int, original: Intake) -> None:
    found = star.pages()
    page = found[0]
    heads = [*star.item_rows(page), star.row_of(page, "หมวด คปสอ.")]
    blocks = [page.rows[a:b] for a, b in itertools.pairwise(heads)]
    random.Random(seed).shuffle(blocks)
    page.rows[heads[0] : heads[-1]] = itertools.chain(*blocks)
    assert_same(star.read(found), original)


def test_lines_of_an_item_may_stand_in_another_order(original: Intake) -> None:
    found = star.pages()
    page = found[0]
    first = star.row_of(page, "1.หมวดสินทรัพย์ (เงินสด")
    page.rows[first : first + 9] = reversed(page.rows[first : first + 9])
    assert_same(star.read(found), original)


def test_pages_may_repeat_their_header(original: Intake) -> None:
    found = star.pages()
    page = found[0]
    rows = []
    for number, row in enumerate(page.rows):
        if number > 5 and number % 23 == 0:
            rows += copy.deepcopy(page.rows[1:5])
        rows.append(row)
    page.rows = rows
    assert_same(star.read(found), original)


@pytest.mark.parametrize("hidden", ["rows", "columns", "input rows"])
def test_what_is_hidden_is_read_as_well(hidden: str, original: Intake) -> None:
    found = star.pages()
    page = found[0]
    if hidden == "columns":
        page.hidden_columns = ("A", "C", "E")
    elif hidden == "rows":
        page.hidden_rows = tuple(range(1, 40))
    else:
        page.hidden_rows = tuple(n for n, row in enumerate(page.rows, 1) if row[SCORE].yellow)
    assert_same(star.read(found), original)


# Sheets


def split(found: Pages) -> tuple[Page, Page]:
    rows = found[0].rows
    begin = star.row_of(found[0], "หมวด คปสอ.")
    return Page("หมวด ก", rows[:begin]), Page("หมวด ข", [rows[4], *rows[begin:]])


def test_sections_may_stand_on_sheets_of_their_own(original: Intake) -> None:
    a, b = split(star.pages())
    assert_same(star.read([b, a]), original)


@pytest.mark.parametrize("section", ["a", "b"])
def test_one_section_alone_is_scored_and_the_others_are_missed(
    section: str, original: Intake
) -> None:
    page = dict(zip("ab", split(star.pages()), strict=True))[section]
    found = star.read([page])
    other = "b" if section == "a" else "a"
    assert star.totals(found)[section] == star.totals(original)[section]
    assert star.totals(found)[other] is None
    assert star.codes(found, "W01") == [("W012", ""), ("W012", "")]


@pytest.mark.parametrize("matrix", [True, False], ids=["table", "rows"])
@pytest.mark.parametrize("where", ["alone", "own sheet", "same sheet", "first"])
def test_section_c_is_read_as_printed(where: str, matrix: bool, original: Intake) -> None:
    ab, c = star.pages(), star.page_c(matrix)
    width = max(len(row) for row in c.rows)
    below = Page(ab[0].name, [*ab[0].rows, [Box()] * width, *c.rows])
    found = star.read(
        {"alone": [c], "own sheet": [*ab, c], "same sheet": [below], "first": [c, *ab]}[where]
    )
    typed = {key: number for key, (number, _) in star.inputs(found).items() if "star.c." in key}
    assert typed == star.typed_c()
    got = {key[-1]: value for key, value in star.points(found).items() if "star.c." in key}
    assert got == star.RAW_C
    assert star.codes(found, "W010", "W011", "W015") == []
    if where != "alone":
        assert {k: v for k, v in star.inputs(found).items() if "star.c." not in k} == star.inputs(
            original
        )


def test_the_table_of_topics_is_known_by_its_short_titles_and_by_numbers_alone() -> None:
    page = star.page_c()
    header = next(n for n, row in enumerate(page.rows) if len(row) > 9 and row[2].value)
    for box in page.rows[header][2:]:
        box.value = re.sub(r"\n.*?(\(\d.*)", r" \1", box.value, flags=re.DOTALL)
    for topic, title in enumerate(("โรคไข้เลือดออก", "อุบัติเหตุจราจร", "ขยะ"), 1):
        page.rows[header + topic][1].value = f"๔.{topic} {title}"
    page.rows = [[*row[:2], Box(), *row[2:]] for row in page.rows]
    assert star.points(star.read([page]))["star.c.04"] == star.RAW_C["4"]


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize(
    "other", ["notes", "blank copy", "hidden copy", "summary", "empty", "chart figures"]
)
def test_other_sheets_change_nothing(other: str, place: str, original: Intake) -> None:
    ours = star.pages()
    added = {
        "notes": Page("บันทึก", [[Box("คำชี้แจง"), Box(12)], [Box("ผู้รายงาน"), Box(None)]]),
        "blank copy": replace(star.pages("star-2561-printed-blank.xlsx")[0], name="แบบฟอร์มเปล่า"),
        "hidden copy": replace(
            star.pages("star-2561-printed-half-filled.xlsx")[0], name="เดิม", hidden=True
        ),
        "summary": Page("สรุป", [row for row in star.pages()[0].rows if row[NUMBER].value]),
        "empty": Page("Sheet3", []),
        "chart figures": Page(
            "กราฟ",
            [[Box("วิเคราะห์ตนเองในภาพรวม"), Box("ค่าเป้าหมาย"), Box("ค่าที่ประเมินตนเอง")]]
            + [[Box(name), Box(5), Box(2.5)] for name in ("การพัฒนาระบบบริการ", "ปริมาณผลงานวิชาการ")],
        ),
    }[other]
    assert_same(star.read([added, *ours] if place == "before" else [*ours, added]), original)


def test_a_form_on_hidden_sheets_only_is_read(original: Intake) -> None:
    found = star.pages()
    found[0].hidden = True
    assert_same(star.read([Page("หน้าแรก", [[Box("สวัสดี")]]), *found]), original)


# Merged cells


def test_merged_cells_speak_by_their_top_left(original: Intake) -> None:
    found = star.pages()
    page = found[0]
    heads = star.item_rows(page)
    page.rows = [[*row, Box()] for row in page.rows]
    for head, after in zip(heads, [*heads[1:], heads[-1] + 3], strict=True):
        page.merges.append(f"A{head + 1}:A{after}")
        page.merges.append(f"B{head + 1}:C{head + 1}")
    yellow = [n for n, row in enumerate(page.rows, 1) if row[SCORE].yellow]
    page.merges += [f"E{row}:F{row}" for row in yellow]
    assert_same(star.read(found), original)


def test_a_label_merged_up_to_its_figure_is_still_a_label(original: Intake) -> None:
    found = star.pages()
    page = found[0]
    for number, row in enumerate(page.rows, 1):
        if row[FULL].value == "ร้อยละที่ได้":
            row[TITLE], row[FULL] = row[FULL], Box()
            page.merges.append(f"B{number}:D{number}")
    assert_same(star.read(found), original)


# Words


def decomposed(text: str) -> str:
    return text.replace("\u0e33", "\u0e4d\u0e32")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: MARKS.sub("", text), id="no tone marks"),
        pytest.param(lambda text: VOWELS_TOO.sub("", text), id="no vowels above and below"),
        pytest.param(lambda text: text.replace("ปี", "ป"), id="some vowels lost"),
        pytest.param(lambda text: text.translate(PRIVATE), id="marks of old fonts"),
        pytest.param(decomposed, id="sara am in two"),
        pytest.param(lambda text: unicodedata.normalize("NFKD", text), id="decomposed"),
        pytest.param(lambda text: text.translate(THAI_DIGITS), id="Thai digits"),
        pytest.param(lambda text: text.replace(" ", "  \u00a0"), id="wide spaces"),
        pytest.param(lambda text: text.replace(" ", ""), id="no spaces"),
        pytest.param(lambda text: text.replace(" ", "\n"), id="wrapped"),
        pytest.param(lambda text: re.sub("(.{30})", "\\1\r\n", text), id="wrapped anywhere"),
        pytest.param(lambda text: text[:34], id="cut short"),
        pytest.param(lambda text: f"  {text} ", id="padded"),
        pytest.param(lambda text: text.upper(), id="capitals"),
        pytest.param(lambda text: text.replace("-", "–"), id="dashes"),
        pytest.param("\u200b".join, id="zero-width spaces"),
    ],
)
def test_titles_are_known_however_they_are_written(change, original: Intake) -> None:
    assert_same(star.read(star.each_text(star.pages(), change)), original)


def test_a_slip_in_every_title_is_forgiven(original: Intake) -> None:
    draw = random.Random(7)

    def slip(text: str) -> str:
        if len(text) < 20:
            return text
        at = draw.randrange(6, len(text) - 6)
        return text[:at] + text[at + 1 :]

    assert_same(star.read(star.each_text(star.pages(), slip)), original)


def test_numbers_of_items_may_be_missing_or_words(original: Intake) -> None:
    for change in (lambda _: None, lambda n: f"{n}.", lambda n: f"ข้อ {n}", str):
        found = star.pages()
        for head in star.item_rows(found[0]):
            box = found[0].rows[head][NUMBER]
            box.value = change(box.value)
        assert_same(star.read(found), original)


def test_a_title_may_carry_its_number(original: Intake) -> None:
    found = star.pages()
    for head in star.item_rows(found[0]):
        row = found[0].rows[head]
        row[TITLE].value, row[NUMBER].value = f"{row[NUMBER].value}. {row[TITLE].value}", None
    assert_same(star.read(found), original)


def test_the_words_of_the_printed_source_are_known(original: Intake) -> None:
    """Titles as a PDF tool gave them: marks in the private area, sara am in two, vowels lost."""
    found = star.pages()
    for head, title in PRINTED.items():
        page = found[0]
        row = next(r for r in page.rows if r[NUMBER].value == head)
        row[TITLE].value = title
    assert_same(star.read(found), original)


PRINTED = {
    2: "ร\uf70bอยละของเด็กอายุ 0-5 ป\uf702 มีพัฒนาการสมวัย",
    4: "การดําเนินงานตําบลสุขภาพหนึ่งเดียว One Health (Rabies/OV-CCA)",
    5: " อัตราความสําเร็จการรักษาผู\uf70bป\uf710วยวัณโรคปอดรายใหม\uf70a",
    8: "ร\uf70bอยละ 100 ของเครือข\uf70aายสุขภาพระดับอําเภอ ดําเนินการขับเคลื่อนและประเมิน รพ .สต.ตาม"
    "\nเกณฑ\uf70e รพ.สต.ติดดาว (GREEN&CLEAN)",
    16: "ร\uf70bอยละของผู\uf70bป\uf70aวย CKD ที่มีอัตราการลดลงของ eGFR<4 ml/min/1.73m2/yr",
    20: " (FCT)ประชาชนกลุ\uf70aมเป\uf705าหมาย ของทีมหมอครอบครัว  ได\uf70bรับการดูแล ตามมาตรฐาน"
    " ในกลุ\uf70aม \nผู\uf70bสูงอายุติดบ\uf70bานติดเตียง  ผู\uf70bป\uf70aวยระยะสุดท\uf70bาย"
    "    ผู\uf70bพิการที่ต\uf70bองได\uf70bรับการดูแล  และเด็ก 0- 5 ป\uf702  ไม\uf70a\n"
    "น\uf70bอยกว\uf70aาร\uf70bอยละ 80",
    23: " ร\uf70bอยละของผู\uf70bป\uf70aวยนอกได\uf70bรับบริการแพทย\uf70eแผนไทยและการแพทย\uf70eทางเลือก",
}
