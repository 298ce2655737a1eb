"""A status is never colour alone, and what it says differs for each of them."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import re
from typing import get_args

from components.parts.status import SIGNS, Status
from tests.components.drawn import draw, html_of


def page() -> None:
    import streamlit as st

    from components.parts.status import SIGNS, mark

    for status in SIGNS:
        st.html(mark(status))
    st.html(mark("fail", "3 < 4"))


def test_sign_word_and_colour_are_there_for_every_status() -> None:
    drawn = [element.value for element in draw(page).get("html")]
    words = ["ผ่าน", "เฝ้าระวัง", "ไม่ผ่าน", "ไม่มีข้อมูล"]
    for html, status, word in zip(drawn, get_args(Status), words, strict=False):
        assert f"t-{status}" in html
        assert f">{SIGNS[status]}</b>{word}<" in re.sub("</?bdi>", "", html)
    assert len(set(SIGNS.values())) == len(get_args(Status))


def test_other_words_take_the_place_of_the_plain_one() -> None:
    assert "</b>3 &lt; 4</span>" in html_of(draw(page))


def levels() -> None:
    import streamlit as st

    from components.parts.status import basis_marks
    from core.services.scored.basis import UNKNOWN, Basis

    in_doubt = Basis("books", ("W380",))
    st.html(basis_marks(in_doubt) or "-")
    st.html(basis_marks(in_doubt, is_whole=True))
    st.html(basis_marks(Basis("typed")))
    st.html(basis_marks(UNKNOWN) or "nothing")


def test_a_level_says_what_it_rests_on_and_what_is_to_be_checked() -> None:
    short, whole, typed, unknown = (one.value for one in draw(levels).get("html"))
    assert "เดบิตไม่เท่ากับเครดิต (W380)" in short
    assert "เดบิตไม่เท่ากับเครดิต (W380)" in whole
    assert ">งบทดลอง<" in short
    assert ">คำนวณจากงบทดลอง<" in whole
    assert ">กรอกเอง<" in typed
    assert unknown == "nothing"
