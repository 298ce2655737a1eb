import pytest

from core.reports.deck.fitting import Frame, cut, fitted, name_lines, widest, wrapped
from core.reports.glyphs import width

LONG = "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านหนองบัวทองใต้ " * 6


@pytest.mark.parametrize("size", [11.0, 18.0, 30.0])
@pytest.mark.parametrize("across", [60.0, 200.0, 880.0])
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(size: float, across: float) -> None:
    for text in (LONG, "W" * 300, "a b " * 80, "ก" * 300):
        lines = wrapped(text, across, size)
        assert "".join(lines) == text
        assert all(width(line.rstrip(), size) <= across for line in lines)


def test_lines_break_between_words() -> None:
    first = wrapped("ระดับวิกฤตของโรงพยาบาลทุกแห่ง", 130, 18)[0]
    assert first in ("ระดับ", "ระดับวิกฤต", "ระดับวิกฤตของ")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("โรงพยาบาลหนองขาหย่าง (สาธิต)", ("โรงพยาบาล", "หนองขาหย่าง ", "(สาธิต)")),
        ("โรงพยาบาลทัพทัน", ("โรงพยาบาลทัพทัน",)),
        ("Nong Khayang Hospital", ("Nong Khayang ", "Hospital")),
    ],
)
def test_a_name_that_has_no_room_in_a_line_breaks_behind_its_kind(
    name: str, lines: tuple[str, ...]
) -> None:
    assert name_lines(name, 103, 12, 4).rows == lines
    short = name_lines(name, 40, 12, 1)
    assert (short.lines, short.is_cut) == (1, True)


def test_a_piece_of_a_word_does_not_begin_with_a_mark() -> None:
    lines = wrapped("กู้" * 60, 70, 18)
    assert len(lines) > 2
    assert not any(line[0] in "ู้" for line in lines)


def test_the_largest_size_that_fits_is_taken() -> None:
    text = "สั้น"
    assert fitted(text, (300, 1), (30, 20)).size == 30
    narrow = width(text, 30) / 0.95 - 1
    assert fitted(text, (narrow, 1), (30, 20)).size == 20


def test_what_fits_at_no_size_is_cut_and_says_so() -> None:
    found = fitted(LONG, (200, 2), (20, 12))
    assert found.is_cut
    assert found.size == 12
    assert found.text.endswith("…")
    assert len(wrapped(found.text, 200, 12)) == 2


def test_one_word_that_is_too_long_is_cut_within() -> None:
    found = cut("W" * 300, (100, 1), 20)
    assert found.is_cut
    assert width(found.text, 20) <= 100


def test_what_just_fits_is_not_cut() -> None:
    assert not cut("พอดี", (widest(["พอดี"], 20) + 0.01, 1), 20).is_cut
    assert cut("พอดี", (widest(["พอดี"], 20) - 1, 1), 20).is_cut


def test_an_empty_text_is_an_empty_line() -> None:
    assert fitted("", (100, 1), (20,)).lines == 1


def test_below_leaves_what_is_left() -> None:
    assert Frame(1, 2, 30, 40).below(10) == Frame(1, 12, 30, 30)
    assert Frame(1, 2, 30, 40).below(50).height == 0
