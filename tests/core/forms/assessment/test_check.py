"""Every message of an assessment, provoked at its cell, in both languages; where values end."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.forms.model.issues import CellIssue, messages
from core.services.intake.kinds import Intake
from tests.core.forms.assessment import star_books as star
from tests.core.forms.assessment.star_books import Box, Page, Pages

# Cells of the filled sample.
ITEM_1, COVERAGE, TB_DEATHS, ITEM_4, ITEM_12, LEVEL_10, EOC_LINE, SUM_2, WEIGHTED_1 = (
    "E8", "E12", "E41", "E26", "E85", "E73", "E48", "E10", "E6",
)  # fmt: skip
SHEET = star.SHEET


def counted(a: Any, b: Any, typed: Any = None) -> Pages:
    """The sample with columns for numerator and denominator, filled in for item 1."""
    found = star.pages()
    for row in found[0].rows:
        row += [Box(), Box()]
    found[0].rows[4][5:] = [Box("ตัวตั้ง (A)"), Box("ตัวหาร (B)")]
    found[0].rows[7][4:] = [Box(typed, yellow=True), Box(a), Box(b)]
    return found


def without_row(start: str) -> Pages:
    found = star.pages()
    del found[0].rows[star.row_of(found[0], start)]
    return found


def stray() -> Pages:
    found = star.pages()
    found[0].rows.append([Box(), Box("รวมคะแนนพิเศษ"), Box(), Box(), Box(77, yellow=True)])
    return found


def twice() -> Pages:
    return [*star.pages(), Page("สำเนา", star.pages()[0].rows)]


def own_result(cell: str, value: float) -> Pages:
    """As saved by Excel: one formula shows its result."""
    return star.put(cell, value)


def damaged(cell: str) -> bytes:
    """A number written as no program writes one."""
    value = re.compile(rb'(<c r="%s"[^>]*>)<v>77777</v>' % cell.encode())

    def change(_: str, content: bytes) -> bytes:
        return value.sub(rb"\1<v>5_0</v>", content)

    return star.repacked(star.data(star.put(cell, 77777)), change)


CASES: dict[str, tuple[Callable[[], bytes | Pages], str, str, str]] = {
    # code: how, cell, found, expected
    "W010": (stray, "E170", "77", ""),
    "W011": (lambda: without_row("1.1 เร่งรัด"), "B27", "", ""),
    "W015": (twice, "B6", "", ""),
    "W101": (lambda: star.put(ITEM_1, 108), ITEM_1, "108", "0–100"),
    "W102": (lambda: star.put(EOC_LINE, 6), EOC_LINE, "6", "0–5"),
    "W103": (lambda: star.put(ITEM_1, "สิบ"), ITEM_1, "สิบ", "0–100"),
    "W104": (lambda: counted(5, 4), "F8", "5", "4"),
    "W105": (lambda: star.put(EOC_LINE, "#DIV/0!"), EOC_LINE, "#DIV/0!", "0–5"),
    "W107": (lambda: star.put(LEVEL_10, 2.5), LEVEL_10, "2.5", "1, 2, 3, 4, 5"),
    "W108": (lambda: star.put(EOC_LINE, "=1+1"), EOC_LINE, "", "0–5"),
    "W109": (lambda: star.put(ITEM_1, 0.86), ITEM_1, "0.86", "86"),
    "W110": (lambda: counted(3, 4, 80), ITEM_1, "80", "75"),
    "W111": (lambda: counted(5, 0), "G8", "0", "a number above zero"),
    "W112": (lambda: star.put(ITEM_12, None), ITEM_12, "", "5"),
    "W113": (lambda: star.put(ITEM_1, 64.995), ITEM_1, "64.995", "65"),
    "W114": (lambda: star.put(ITEM_1, date(2018, 6, 25), "d/m/yyyy"), ITEM_1, "25/6/2018", "0–100"),
    "W115": (lambda: damaged(EOC_LINE), EOC_LINE, "5_0", "0–5"),
    "W201": (lambda: own_result(WEIGHTED_1, 2.5), WEIGHTED_1, "2.5", "0.5"),
}
OF_THE_FILE = {"W012", "W013", "W014", "W016", "W017", "W018", "W019", "W202"}
"""Tried with whole files: absent sections, no results of its own, and those of `cells`."""
ALWAYS = {"W012", "W107", "W202"}
"""What the filled sample itself is told: no section C, half a point in E110, never calculated."""


def issues(found: Intake, code: str) -> list[CellIssue]:
    return [issue for issue in found.issues if issue.code == code and issue.cell != "E110"]


@pytest.mark.parametrize("code", CASES)
def test_a_problem_is_told_at_its_cell(code: str) -> None:
    make, cell, found, expected = CASES[code]
    (issue, *others) = issues(star.read(make()), code)
    assert (issue.sheet, issue.cell, issue.found) == (SHEET, cell, found)
    assert str(getattr(issue.expected, "en", issue.expected)) == expected
    assert not others or code == "W015"


@pytest.mark.parametrize("code", CASES)
def test_a_message_is_a_sentence_in_both_languages(code: str) -> None:
    make, cell, *_ = CASES[code]
    text = issues(star.read(make()), code)[0].text
    for sentence in (text.th, text.en):
        assert not re.search(r"[{}]", sentence)
        assert cell in sentence or code == "W011"
    assert re.search("[ก-๙]", text.th)
    assert not re.search("[ก-๙]", text.en.replace(SHEET, "").replace("สิบ", ""))


@pytest.mark.parametrize("code", CASES)
def test_only_errors_take_the_score_of_the_item(code: str) -> None:
    make, *_ = CASES[code]
    found = star.read(make())
    told = {issue.code: issue.severity for issue in found.issues}
    assert set(told) <= ALWAYS | {code} | {"W112"}
    wrong = [item.node.id for item in found.result.items if item.node.status == "error"]
    assert bool(wrong) is (told[code] == "error")
    assert len(wrong) <= 1
    for item in found.result.items:
        if item.node.id in wrong:
            assert (item.node.raw, item.weighted) == (None, None)
        else:
            assert item.node.raw is not None


def test_every_message_of_an_assessment_is_tried() -> None:
    known = {code for code in messages() if re.match("W[012]", code)}
    assert set(CASES) | OF_THE_FILE == known


# Where values end


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (ITEM_1, 100, None),
        (ITEM_1, 100.01, "W101"),
        (ITEM_1, 0, None),
        (ITEM_1, -0.01, "W101"),
        (ITEM_1, 100.004, "W113"),
        (EOC_LINE, 5, None),
        (EOC_LINE, 5.01, "W102"),
        (EOC_LINE, 0, None),
        (EOC_LINE, -1, "W102"),
        (LEVEL_10, 5, None),
        (LEVEL_10, 6, "W102"),
        (LEVEL_10, 0, "W107"),
        (ITEM_1, 0.99, "W109"),
        (ITEM_1, 1, None),
        (TB_DEATHS, 0.5, None),
        (ITEM_1, True, "W103"),
        (ITEM_1, "12.5%", None),
        (ITEM_1, "๑๒.๕", None),
        (ITEM_1, "ร้อยละ 12.5", None),
        (ITEM_1, "12,345.00", "W101"),
        (ITEM_1, "(5)", "W101"),
        (ITEM_1, "-", None),
        (ITEM_1, "–", None),
        (ITEM_1, "ไม่มีข้อมูล", None),
        (ITEM_1, "n/a", None),
        (ITEM_1, "ไม่เกี่ยวข้อง", None),
        (ITEM_1, "12.5.5", "W103"),
        (ITEM_1, "1,23", "W103"),
        (ITEM_1, "#N/A", "W105"),
        (ITEM_1, "#REF!", "W105"),
    ],
)
def test_what_a_cell_may_say(cell: str, value: Any, code: str | None) -> None:
    found = star.read(star.put(cell, value))
    told = [i.code for i in found.issues if i.cell == cell]
    assert told == ([code] if code else [])


def test_a_number_formatted_as_percent_counts_a_hundredfold() -> None:
    found = star.read(star.put(ITEM_1, 0.86, "0.00%"))
    assert star.inputs(found)["star.a.01"][0] == 86
    assert star.codes(found, "W1") == [("W107", "E110")]


@pytest.mark.parametrize(("cell", "item", "full"), [(ITEM_12, "star.a.12", 5), (TB_DEATHS, "", 0)])
def test_silence_that_scores_highest_is_told_loudly(cell: str, item: str, full: float) -> None:
    found = star.read(star.put(cell, None))
    (issue,) = issues(found, "W112")
    assert (issue.cell, issue.severity) == (cell, "warning")
    assert issue.expected in ("5", "0.25")
    if item:
        assert star.points(found)[item] == full


def test_a_merged_input_is_named_by_its_top_left() -> None:
    found = star.put(ITEM_1, 108)
    for row in found[0].rows:
        row.append(Box())
    found[0].merges.append("E8:F8")
    (issue,) = issues(star.read(found), "W101")
    assert issue.cell == "E8"


@pytest.mark.parametrize(
    ("a", "b", "cell", "code"),
    [
        (3, 4, None, None),
        (0, 4, None, None),
        (4, 4, None, None),
        (5, 4, "F8", "W104"),
        (3, None, "G8", "W111"),
        (None, 4, "F8", "W111"),
        (0, 0, "G8", "W111"),
        (-1, 4, "F8", "W103"),
        ("สาม", 4, "F8", "W103"),
        (3, "#N/A", "G8", "W105"),
    ],
)
def test_counts_make_a_percentage_or_a_problem(a: Any, b: Any, cell: str, code: str) -> None:
    found = star.read(counted(a, b))
    told = [(i.code, i.cell) for i in found.issues if i.cell in {"E8", "F8", "G8"}]
    assert told == ([(code, cell)] if code else [])
    raw = star.points(found)["star.a.01"]
    assert raw == (None if code else {3: 5, 0: 1, 4: 5}[a])


def tambons(*totals: float, typed: Any = None) -> Pages:
    """The sample with the tambon checklist filled in, one column per tambon, from E on."""
    found = star.pages()
    page = found[0]
    at = star.row_of(page, "ร้อยละ 80 ของตำบล") + 2
    page.rows[at - 1][4].value = typed
    lines = [[Box(), Box("รายละเอียดเกณฑ์การประเมิน ระดับตำบล"), Box(), Box(100)]]
    for number, (title, full) in enumerate(TAMBON):
        row = [Box(), Box(title), Box(), Box(full)]
        for total in totals:
            before = sum(points for _, points in TAMBON[:number])
            row.append(Box(max(0.0, min(full, total - before)), yellow=True))
        lines.append(row)
    page.rows[at:at] = lines
    return found


TAMBON = [
    ("1.มีการจัดตั้งศูนย์ประสานงานเครือข่ายสุขภาพหนึ่งเดียวระดับตำบล", 2.0),
    ("2.มีคณะกรรมการสุขภาพหนึ่งเดียวระดับตำบล", 8.0),
    ("1. มี SRRT One Health ระดับตำบล มีความพร้อมและปฏิบัติงานได้อย่างมีประสิทธิภาพ", 10.0),
    ("2. มีระบบเฝ้าระวังทางระบาดวิทยาและฐานข้อมูล ครบ 3 ด้าน", 10.0),
    ("3. มีระบบข้อมูลและการเฝ้าระวังโรคและภัยสุขภาพ", 10.0),
    ("1.มีการวางแผน การดำเนินงานตามแผน กำกับติดตามและประเมินผล การป้องกันควบคุมโรคและภัยสุขภาพ", 5.0),
    ("2.มีการสนับสนุนงบประมาณจากหน่วยงานที่เกี่ยวข้องเป็นรูปธรรม", 5.0),
    ("1. โรคนโยบายที่สำคัญของจังหวัดโรคพิษสุนัขบ้า", 10.0),
    ("2. โรคพยาธิใบไม้ตับ", 10.0),
    ("3. โรคที่เป็นปัญหาในพื้นที่ ด้าน คน สัตว์ และสิ่งแวดล้อม ปี 2560 อีก 1 โรค/ภัยสุขภาพ", 10.0),
    ("1. มีนวัตกรรม กิจกรรมเด่น ด้านสุขภาพหนึ่งเดียวระดับตำบล", 10.0),
    ("2. มีการสรุปผลการดำเนินงานและถอดบทเรียน เพื่อการพัฒนาในปีต่อไป", 10.0),
]


@pytest.mark.parametrize(
    ("totals", "passed", "points"),
    [((80.0,), 1, 5), ((79.99,), 0, 0), ((80, 100, 79.99, 10, 85), 3, 3), ((100, 0.5), 1, 2)],
)
def test_tambons_pass_at_eighty(totals: tuple[float, ...], passed: int, points: float) -> None:
    found = star.read(tambons(*totals))
    units = found.reading.units["star.a.04"]
    assert (units.passed, units.assessed) == (passed, len(totals))
    assert units.totals == pytest.approx(totals)
    assert star.points(found)["star.a.04"] == points
    assert (
        star.codes(found, "W010", "W10", "W110") == [("W107", "E113")]
        or [code for code, cell in star.codes(found, "W010", "W110")] == []
    )


def test_a_typed_percentage_outranks_the_tambons_and_says_so() -> None:
    found = star.read(tambons(80, 10, typed=75))
    assert star.points(found)["star.a.04"] == 4
    (issue,) = issues(found, "W110")
    assert (issue.cell, issue.found, issue.expected, issue.severity) == (
        "E26",
        "75",
        "50",
        "note",
    )
    assert issues(star.read(tambons(80, 10, typed=50)), "W110") == []


def test_an_error_in_a_tambons_line_leaves_the_tambon_out_of_the_passes() -> None:
    found = tambons(100, 100)
    row = star.row_of(found[0], "2.มีคณะกรรมการสุขภาพหนึ่งเดียว")
    found[0].rows[row][5].value = 9
    result = star.read(found)
    (issue,) = issues(result, "W102")
    assert issue.cell == f"F{row + 1}"
    units = result.reading.units["star.a.04"]
    assert (units.passed, units.assessed) == (1, 2)


def test_strays_beyond_fifty_are_not_listed() -> None:
    found = star.pages()
    found[0].rows += [[Box(), Box(f"อื่น {n}"), Box(), Box(), Box(n + 0.5)] for n in range(80)]
    assert len(issues(star.read(found), "W010")) == 50


def test_an_error_beside_a_typed_percentage_does_not_take_its_score() -> None:
    found = star.read(counted(5, 4, typed=80))
    assert [i.code for i in found.issues if i.cell == "F8"] == ["W104"]
    assert star.points(found)["star.a.01"] == 5
