"""How wide text is: as the fonts say, and lines of it broken between words."""

import pytest
from fontTools.ttLib import TTFont

from core.figures.shared.letters import folded, width
from core.paths import STATIC

TEXTS = (
    "โรงพยาบาล 3 จาก 13 แห่งอยู่ระดับ 4–7 · เป้าหมายไม่เกินร้อยละ 4 · ไม่ผ่าน",
    "3 of 13 hospitals at level 4–7, target at most 4%: fail",
    "น้ำใจ",
)


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", TEXTS)
def test_a_line_is_as_wide_as_its_font_makes_it(text: str, *, bold: bool) -> None:
    exact = 0.0
    fonts = [TTFont(STATIC / "fonts" / f"sarabun-{script}-{700 if bold else 400}-normal.woff2")
             for script in ("thai", "latin")]  # fmt: skip
    for letter in text:
        font = next(one for one in fonts if ord(letter) in one.getBestCmap())
        advance, _bearing = font["hmtx"][font.getBestCmap()[ord(letter)]]
        exact += advance / font["head"].unitsPerEm
    assert exact * 20 <= width(text, 20, bold=bold) <= exact * 20 * 1.03


def test_lines_keep_within_their_room_and_lose_nothing() -> None:
    lines = folded(TEXTS[0], 300, 24)
    assert len(lines) > 1
    assert all(width(line, 24) <= 300 for line in lines)
    assert "".join(lines).replace(" ", "") == TEXTS[0].replace(" ", "")


def test_a_word_longer_than_the_room_runs_over_uncut() -> None:
    assert folded("extraordinarily", 20, 24) == ("extraordinarily",)
    assert folded("", 20, 24) == ("",)


def test_marks_above_and_below_take_no_room() -> None:
    assert width("ที่", 20) == width("ท", 20)
