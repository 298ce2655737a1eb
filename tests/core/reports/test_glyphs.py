import unicodedata

import pytest

from core.reports.glyphs import LACKING, SYMBOLS, code_points, is_known, readable, width
from core.text import translations
from tests.core.reports.reports import WICKED


def test_plain_thai_and_english_stay_as_they_are() -> None:
    for text in ("โรงพยาบาลส่งเสริมสุขภาพตำบลน้ำพุ", "ป่าที่ปู่ฏิบัติ ๑๒๓ ฯลฯ ฿", "Level 4–7 (37.5 %)"):
        assert readable(text).text == text
        assert readable(text).replaced == ()


def test_every_interface_sentence_can_be_written() -> None:
    catalogue = translations("th")._catalog  # type: ignore[attr-defined]
    sentences = [text for text in catalogue.values() if isinstance(text, str)]
    assert len(sentences) > 1000
    lacking = {one for text in sentences[1:] for one in readable(text).replaced}
    assert lacking == set()


def test_what_the_typeface_lacks_becomes_a_box_and_is_told() -> None:
    found = readable("รพ.醫院 เมือง")
    assert found.text == f"รพ.{LACKING} เมือง"
    assert found.replaced == ("醫", "院")
    assert code_points(found.replaced[:1]) == "U+91AB CJK UNIFIED IDEOGRAPH-91AB"


def test_several_in_a_row_are_one_box() -> None:
    assert readable("😀😀😀").text == LACKING


def test_lines_become_one_line() -> None:
    assert readable("a\nb\r\nc\td\u2028e\x85f").text == "a b c d e f"


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u202e", "\u2067", "\u200d", "\ufeff"])
def test_what_turns_or_hides_text_goes_without_a_word(unseen: str) -> None:
    assert readable(f"ก{unseen}ข") == readable("กข")


@pytest.mark.parametrize("forbidden", ["\x00", "\x07", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_forbids_becomes_a_box(forbidden: str) -> None:
    found = readable(f"ก{forbidden}ข")
    assert found.text == f"ก{LACKING}ข"
    assert len(found.replaced) == 1


def test_two_marks_stay_on_a_letter_and_a_third_goes() -> None:
    assert readable("ที่").text == "ที่"
    assert readable("ที" + "่" * 9).text == "ที่"


@pytest.mark.parametrize("text", WICKED)
def test_nothing_wicked_is_left(text: str) -> None:
    found = readable(text).text
    assert all(is_known(letter) for letter in found)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Cf", "Zl") for letter in found)
    assert found == readable(found).text


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert readable("e\u0301").text == "é"


def test_marks_above_and_below_take_no_width() -> None:
    assert width("ก", 20) > 0
    assert width("กู้", 20) == width("ก", 20)


def test_width_grows_with_size_and_weight() -> None:
    assert width("ระดับ", 40) == pytest.approx(2 * width("ระดับ", 20))
    assert width("ระดับ", 20, bold=True) > width("ระดับ", 20)


def test_symbols_have_a_width_though_no_measured_face_has_them() -> None:
    assert all(width(symbol, 10) > 0 for symbol in SYMBOLS)
