"""Thai text is compared whatever a keyboard, a PDF or an old font did to it."""

import pytest

from core.text import Text, fold, say


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ร้อยละที่ได้", "รอยละที่ได"),
        ("ร้อยละที่ได้", "ร้อยละ ที่\u00a0ได้ "),
        ("น้ำหนัก", "น้ํา" + "หนัก"),
        ("น้ำหนัก", "น\u0e4d\u0e49า" + "หนัก"),
        ("ข้อ ๑๒.๕", "ข้อ 12.5"),
        ("ผ่าน", "ผ\uf70aาน"),
        ("ปั่น", "ป\uf710\uf70aน"),
        ("ปี", "ป\uf702"),
        ("แพทย์", "แพทย"),
        ("A–B", "a-b"),
        ("หน่วย\u200bบริการ", "หน่วยบริการ"),
    ],
)
def test_the_same_words_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("ปี", "ปา"), ("ตำบล", "อำเภอ"), ("1.1", "11")])
def test_other_words_do_not(one, other):
    assert fold(one) != fold(other)


def test_a_sentence_is_filled_in_its_own_language():
    text = Text("พบ {name}", "Found {name}").fill(name=Text("ก", "A"))
    assert (text.th, text.en) == ("พบ ก", "Found A")


def test_braces_in_what_is_filled_in_are_left_alone():
    assert say("{reason}", reason="{0} {x}").en == "{0} {x}"
