"""One slide on the shared screen; the same from a page as it is and from a stored meeting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

import orjson
import streamlit as st

from components.parts.wrapping import unbroken
from components.present.layout import Layout, layout, where
from components.reader.assets import asset_address
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, tag
from components.reader.periods import moment_text
from core.areas import parse_area
from core.demo.progress import is_empty
from core.errors import UsageError
from core.figures.shared.shapes import Outline, districts_of
from core.figures.shared.tones import sign
from core.reports.drawn import drawn
from core.reports.slide import MOST_LINES, AreaMap, Slide
from core.services.geography.district_shapes import shapes_of
from core.services.stores import open_store
from core.store.engine.settings import chosen

# Streamlit takes every drawing out of HTML; a component may draw, and changes all of it at once.
_SCREEN: Final = st.components.v2.component(
    "screen",
    js="""
export default async (component) => {
  const data = JSON.parse(new TextDecoder().decode(component.data));
  const screen = await import(new URL(data.script, document.baseURI));
  return screen.default({ ...component, data });
};
""",
    isolate_styles=False,
)

_NOTHING: Final = Html()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """From a slide to the others: addresses, empty where there is none.

    `number` counts from 1, of `of`; both are 0 where slides are not numbered. `beside` is whatever
    else stands in the foot: a timer, say.
    """

    end: str
    next: str = ""
    previous: str = ""
    first: str = ""
    last: str = ""
    number: int = 0
    of: int = 0
    beside: Html = _NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When the figures are of, and whether they are invented."""

    as_of: datetime
    is_demonstration: bool


def moment_shown(as_of: datetime) -> Moment:
    """The moment of what is shown of the store in use; in an empty one nothing is invented."""
    invented = chosen() == "demo" and not is_empty(open_store())
    return Moment(as_of=as_of, is_demonstration=invented)


def screen(slide: Slide, moment: Moment, way: Way) -> None:
    """Fill the screen with a slide; the one before stays until this one is there."""
    html = slide_html(slide, moment, way)
    description = ". ".join(filter(None, (_numbered(way), tr(slide.place), tr(slide.title))))
    _SCREEN(key="screen", data=_sent(html, description, asset_address("present/screen.js")))


def bar(moment: Moment, way: Way) -> None:
    """What stands above a page that has no slide and is shown as it is, larger."""
    parts = (_demonstration(moment), _ways(way), _end(way))
    st.html(tag("div", *parts, class_="t-presented"))


def slide_html(slide: Slide, moment: Moment, way: Way) -> Html:
    """A slide in the language of the view, laid out for 1280 × 720 pixels."""
    sizes = layout(slide, current_language())
    place = tag("p", where(slide, current_language()))
    top = tag("div", place, _demonstration(moment), _end(way), class_="t-slide-top")
    title = tag("h1", unbroken(tr(slide.title)), style=_size(sizes.title))
    body = tag("div", _figure(slide, sizes), _lines(slide, sizes), class_="t-slide-body")
    inside = tag("div", top, title, body, _foot(sizes, moment, way), class_="t-slide")
    return tag("section", inside, class_="t-stage", aria_label=_("Slide"), tabindex="-1")


@lru_cache(maxsize=128)
def _sent(html: str, label: str, script: str) -> bytes:
    """As bytes: in Streamlit's own JSON every Thai letter takes twice as many."""
    return orjson.dumps({"html": html, "said": label, "script": script})


def _size(pixels: float) -> str:
    return f"--size: {pixels}"


def _demonstration(moment: Moment) -> Html:
    if not moment.is_demonstration:
        return _NOTHING
    text = _("Demonstration: all hospitals and figures are invented.")
    return tag("p", tag("strong", text), class_="t-ribbon t-slide-demo", role="note")


def _figure(slide: Slide, sizes: Layout) -> Html:
    if slide.figure is None:
        return _NOTHING
    svg = Html(drawn(slide.figure, current_language(), sizes.figure, _districts(slide)))
    caption = tag("figcaption", unbroken(sizes.caption))
    wide, high = sizes.figure
    return tag("figure", caption, svg, style=f"--wide: {wide}; --high: {high}")


def _districts(slide: Slide) -> dict[str, Outline]:
    """The shapes of the districts of a map, where somebody loaded them."""
    if not isinstance(slide.figure, AreaMap):
        return {}
    try:
        province = parse_area(slide.figure.focus).province
    except UsageError:
        return {}
    return districts_of(shapes_of(province)) if province else {}


def _lines(slide: Slide, sizes: Layout) -> Html:
    items = list(_items(slide))
    if not items:
        return _NOTHING
    if rest := len(items) - sizes.lines:
        items[sizes.lines :] = [tag("li", _("… and {count} more", count=rest))]
    style = f"{_size(sizes.line)}; --wide: {sizes.lines_wide}"
    return tag("ul", *items, style=style, class_="t-slide-lines", role="list")


def _items(slide: Slide) -> Iterator[Html]:
    if slide.problem:
        yield tag("li", unbroken(tr(slide.problem)))
    for line in slide.lines[: MOST_LINES - bool(slide.problem)]:
        status_text = tr(line.status)
        mark = (
            tag("b", sign(line.tone), aria_hidden="true")
            if sign(line.tone) not in status_text
            else ""
        )
        status = tag("span", mark, status_text, class_=f"t-status {_tone_class(line.tone)}")
        yield tag("li", status, " ", unbroken(tr(line.text)))


def _tone_class(tone: str) -> str:
    return f"t-level-{tone}" if tone.isdigit() else f"t-{tone}"


def _foot(sizes: Layout, moment: Moment, way: Way) -> Html:
    as_of = tag("p", _("As of {moment}", moment=moment_text(moment.as_of)))
    right = tag("div", way.beside, as_of, _ways(way), class_="t-slide-right")
    target = tag("div", tag("p", sizes.foot.target), right, class_="t-slide-target")
    sources = tag("p", sizes.foot.sources) if sizes.foot.sources else ""
    return tag("footer", target, sources, class_="t-slide-foot")


def _numbered(way: Way) -> str:
    if not way.of:
        return ""
    return _("Slide {number} of {of}", number=way.number, of=way.of)


def _ways(way: Way) -> Html:
    """Links that keys follow as well: static/present/keys.js says which."""
    number = tag("span", f"{way.number}/{way.of}") if way.of else ""
    links = (
        _link("‹", way.previous, _("Previous slide"), rel="prev", data_present="previous"),
        number,
        _link("›", way.next, _("Next slide"), rel="next", data_present="next"),
        _link("", way.first, _("First slide"), data_present="first", hidden="hidden"),
        _link("", way.last, _("Last slide"), data_present="last", hidden="hidden"),
    )
    items = {"data_present": "items", "data_of": str(way.of)} if way.of else {}
    return tag("nav", *links, class_="t-slide-ways", aria_label=_("Slides"), **items)


def _link(sign_: str, address: str, label: str, **attributes: str) -> Html:
    if not address:
        return _NOTHING
    return tag(
        "a", sign_, href=address, target="_self", class_="t-link", aria_label=label, title=label,
        **attributes,
    )  # fmt: skip


def _end(way: Way) -> Html:
    return _link("✕", way.end, _("Stop presenting"), data_present="end")
