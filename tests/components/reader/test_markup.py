"""Nothing a person typed becomes part of the page's language."""

import re

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
        "โรงพยาบาล", "น้อยกว่า", "ร้อยละ", "ไม่ผ่าน",
    ]  # fmt: skip
    assert re.sub("<[^>]+>", "", html) == "โรงพยาบาลผ่านน้อยกว่าร้อยละ 4: ไม่ผ่าน"


def test_a_longer_word_is_kept_before_the_shorter_within() -> None:
    assert "จุดร้อยละ</bdi>" in tag("p", "6.4 จุดร้อยละ")


def test_elements_of_text_alone_take_no_element() -> None:
    assert tag("title", plain("โรงพยาบาล <1>")) == "<title>โรงพยาบาล &lt;1&gt;</title>"
