"""Nothing a person typed becomes part of the page's language."""

import re

import pytest

from components.reader.markup import Html, joined, plain, safe, tag


def test_text_is_escaped_once() -> None:
    assert safe("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert safe(safe("<b>")) == "&lt;b&gt;"


def test_what_a_component_made_stays() -> None:
    assert tag("p", tag("b", "1 < 2")) == "<p><b>1 &lt; 2</b></p>"
    assert joined(["<", Html("<br>")], " · ") == "&lt; · <br>"


def test_an_attribute_cannot_be_left() -> None:
    assert tag("a", "x", title='"><script>') == '<a title="&quot;&gt;&lt;script&gt;">x</a>'


def test_names_of_attributes() -> None:
    assert tag("p", "x", class_="a b", aria_label="c") == '<p class="a b" aria-label="c">x</p>'
    assert tag("p", "x", class_="") == "<p>x</p>"


def test_words_that_browsers_break_stay_whole() -> None:
    html = tag("p", "โรงพยาบาลผ่านน้อยกว่าร้อยละ 4: ไม่ผ่าน")
    assert re.findall("<bdi>([^<]+)</bdi>", html) == [
        "โรงพยาบาล", "น้อยกว่า", "ร้อยละ 4", "ไม่ผ่าน",
    ]  # fmt: skip
    assert re.sub("<[^>]+>", "", html) == "โรงพยาบาลผ่านน้อยกว่าร้อยละ 4: ไม่ผ่าน"


def test_a_longer_word_is_kept_before_the_shorter_within() -> None:
    assert "จุดร้อยละ</bdi>" in tag("p", "6.4 จุดร้อยละ")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("วิกฤต 4–7 ช่วง 12.5–1,000%", ["4–7", "12.5–1,000%"]),
        ("ระดับ 4–6 ไม่เกินร้อยละ 4.5", ["ระดับ 4–6", "ไม่เกิน", "ร้อยละ 4.5"]),
        ("รพ.ก (ระดับ 7) (ร้อยละ 34) (level 7)", ["(ระดับ 7)", "(ร้อยละ 34)", "(level 7)"]),
        ("ห่างเป้าหมาย 354 แห่ง", ["เป้าหมาย", "354 แห่ง"]),
        ("ครบ 5 พ.ค. 2565", ["5 พ.ค. 2565"]),
        ("ระดับ / 7, 3 / 7", ["ระดับ / 7", "3 / 7"]),
        ("Oct–Dec ต.ค.–ธ.ค. 2026-09", []),
    ],
)
def test_a_figure_is_never_broken_within(text: str, whole: list[str]) -> None:
    html = tag("p", text)
    assert re.findall("<bdi>([^<]+)</bdi>", html) == whole
    assert re.sub("<[^>]+>", "", html) == text


def test_elements_of_text_alone_take_no_element() -> None:
    assert tag("title", plain("โรงพยาบาล <1>")) == "<title>โรงพยาบาล &lt;1&gt;</title>"
