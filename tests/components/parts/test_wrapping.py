"""Headings break between words, and only there."""

import re

from components.parts.wrapping import unbroken


def test_words_stay_whole_and_nothing_is_lost() -> None:
    html = unbroken("คะแนนถ่วงน้ำหนัก")
    assert re.findall(r">([^<]+)<", html) == ["คะแนน", "ถ่วง", "น้ำหนัก"]


def test_a_line_can_end_at_a_space() -> None:
    html = unbroken("คะแนนจาก ทุกหมวด", 16)
    assert re.sub("<[^>]+>", "", html) == "คะแนนจาก ทุกหมวด"
    assert "</bdi> <bdi>" in html


def test_a_short_phrase_stays_whole_when_asked() -> None:
    assert ">กรอกแล้วร้อยละ<" in unbroken("กรอกแล้วร้อยละ แรก", 16)
    assert ">กรอกแล้วร้อยละ<" not in unbroken("กรอกแล้วร้อยละ แรก")


def test_a_figure_stays_with_the_word_before_it() -> None:
    html = unbroken("ระดับ 7 · ก.ย. 2566 · เป้าหมายไม่เกินร้อยละ 4", 16)
    assert {"ระดับ 7 ·", "ก.ย. 2566 ·"} <= set(re.findall(r">([^<]+)<", html))
    assert "ร้อยละ 4<" in html


def test_what_is_counted_stays_with_its_figure() -> None:
    assert ">จำนวน 15 แห่ง<" in unbroken("ระดับ 7 จำนวน 15 แห่ง (เป้าหมายต้องไม่มี)")
    html = unbroken("โรงพยาบาล 55 จาก 890 แห่งอยู่ระดับ 4–7")
    assert {"โรงพยาบาล 55", "จาก 890 แห่ง", "ระดับ 4–7"} <= set(re.findall(r">([^<]+)<", html))


def test_nothing_of_nothing() -> None:
    assert unbroken("", 16) == ""


def test_text_is_not_html() -> None:
    assert "<b>" not in unbroken("<b>")
