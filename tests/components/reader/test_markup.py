"""Nothing a person typed becomes part of the page's language."""

from components.reader.markup import Html, joined, safe, tag


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
