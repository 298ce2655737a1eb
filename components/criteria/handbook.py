"""The handbook on the page: every rule behind a line that opens, searched and filtered."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from typing import Final

import streamlit as st

from components.parts.anatomy import disclosure
from components.parts.behind import later
from components.reader import filters
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, joined, plain, tag
from components.reader.numbers import whole
from components.reader.own_files import for_reader
from components.reader.query import query
from components.reader.store import store_of_view
from components.reader.view_cache import cached_by_view
from components.why.rules import Way, marks, quoted, rungs, source, terms
from core.paths import STATIC
from core.periods import in_thailand, month_of
from core.services.handbook.entries import Chapter, Entry, handbook
from core.services.handbook.markdown import theme_name, years_text
from core.services.rereading.contradictions import in_force
from core.text import Language

_ANY: Final = "any"
_FEW: Final = 3
"""So few results open by themselves."""
_ALL: Final = 99
_FONTS: Final = STATIC / "fonts"
_STYLE: Final = Html(
    "body{font:16px/1.6 Thai,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "summary{font-weight:700;list-style:none}details details{margin-left:1.5rem}"
    "summary small{margin-left:.6rem;font-weight:400}dl div{display:flex;gap:.6rem}dd{margin:0}"
    "table{border-collapse:collapse}"
    ":is(td,th){padding:.2rem .6rem;border:1px solid;text-align:start}"
)

_Readings = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _chapters(
    year: int | None = None, words: str = "", readings: _Readings = ()
) -> tuple[Chapter, ...]:
    return handbook(year, words, readings=dict(readings))


def _readings() -> _Readings:
    """The readings that results in the open store follow."""
    return tuple(sorted(in_force(store_of_view()).items()))


def filter_row() -> tuple[Chapter, ...]:
    """The row of filters, and the rules that pass them."""
    all_chapters = _chapters()
    themes = list(dict.fromkeys(chapter.theme for chapter in all_chapters))
    wide, middle, narrow = st.columns([2, 1, 1])
    with wide:
        wanted = filters.search("q", _("Search the rules"))
    with middle:
        theme = filters.choice("theme", _("Theme"), [_ANY, *themes], label_of=_theme)
    with narrow:
        year = filters.choice(
            "year", _("Fiscal year"), [_ANY, *_years(all_chapters)], label_of=_year
        )
    words = " ".join(wanted.split())
    matching = _chapters(None if year == _ANY else int(year), words, _readings())
    return _of_theme(matching, theme)


@cached_by_view
def _of_theme(matching: tuple[Chapter, ...], theme: str) -> tuple[Chapter, ...]:
    return tuple(chapter for chapter in matching if theme in {_ANY, chapter.theme})


@cached_by_view
def key_message(shown: Sequence[Chapter]) -> str:
    """How many rules there are, and how many of them leave a question open."""
    return _(
        "Rules: {count} · the source contradicts itself in {open} · assumptions in {assumed}",
        count=len(shown),
        open=sum(bool(chapter.questions) for chapter in shown),
        assumed=sum(any(_assumptions(chapter.entry)) for chapter in shown),
    )


def chapters(shown: Sequence[Chapter]) -> None:
    """The rules under the headings of their themes."""
    if not shown:
        st.write(_("No rule holds all these words. Try fewer, or another year or theme."))
        return
    st.html(_sections(shown))


@cached_by_view
def _sections(shown: Sequence[Chapter]) -> Html:
    return joined(
        piece
        for theme, own in groupby(shown, key=lambda chapter: chapter.theme)
        for piece in (
            tag("h2", tr(theme_name(theme)), class_="t-section"),
            *(_chapter(one, 1) if len(shown) <= _FEW else _line(one) for one in own),
        )
    )


def behind(why: str) -> Html | None:
    """What stands behind the line of a rule in the year of the address; None: no such rule."""
    year = query().get("year", _ANY)
    if year not in (_ANY, *_years(_chapters())):
        return None
    shown = _chapters(None if year == _ANY else int(year), "", _readings())
    paths = (_behind(one, 0) for one in shown if one.entry.id == why)
    return next(paths, None)


def download() -> None:
    """The whole handbook as a page of its own, to print or to send on."""
    # Made within the view, which knows the language: what asks for the file later does not.
    printed = _printed(current_language(), _readings())
    st.download_button(
        _("Download the handbook"),
        for_reader(lambda: printed),
        "truat-handbook.html",
        "application/octet-stream",  # the server answers with HTML at the addresses of pages alone
        key="handbook.download",
        on_click="ignore",
        icon=":material/download:",
    )


@lru_cache(maxsize=8)
def _printed(language: Language, readings: _Readings) -> bytes:
    """Every rule, unfolded, in the language of the view."""
    title = _("Handbook of criteria")
    parts = [
        tag(
            "section",
            tag("h2", tr(theme_name(theme))),
            *(_chapter(c, _ALL, "none") for c in own),
        )
        for theme, own in groupby(_chapters(None, "", readings), key=lambda chapter: chapter.theme)
    ]
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        tag("title", plain(title)),
        tag("style", _faces(), _STYLE),
    )
    page = tag("html", head, tag("body", tag("h1", title), *parts), lang=language)
    return f"<!DOCTYPE html>{page}".encode()


def _faces() -> Html:
    """The Thai letters themselves: the page may be opened where there are none."""
    faces = []
    for weight in (400, 700):
        file = (_FONTS / f"sarabun-thai-{weight}-normal.woff2").read_bytes()
        place = f"data:font/woff2;base64,{b64encode(file).decode()}"
        faces.append(f"@font-face{{font-family:Thai;font-weight:{weight};src:url({place})}}")
    return Html("".join(faces))


def _theme(theme: str) -> str:
    return _("All themes") if theme == _ANY else tr(theme_name(theme))


def _year(year: str) -> str:
    return _("Latest") if year == _ANY else year


def _years(everything: Iterable[Chapter]) -> list[str]:
    """Fiscal years from the first that has a rule to the present one, newest first."""
    now = month_of(in_thailand(datetime.now(UTC)).date()).fiscal_year
    starts = [first for chapter in everything if (first := chapter.fiscal_years[0])]
    return [str(year) for year in range(now, min(starts, default=now) - 1, -1)]


def _chapter(chapter: Chapter, levels: int, way: Way = "plain") -> Html:
    """A rule with `levels` of its levels open."""
    behind_it = _behind(chapter, levels, way)
    return disclosure(_summary(chapter), behind_it, is_open=levels > 0, why=chapter.entry.id)


def _line(chapter: Chapter) -> Html:
    """A rule whose text is fetched when its line is opened."""
    return later(_summary(chapter), chapter.entry.id, lambda: _behind(chapter, 0))


def _summary(chapter: Chapter) -> Html:
    entry = chapter.entry
    about = [tr(years_text(chapter.fiscal_years))]
    if entry.full is not None:
        about.insert(0, _("full marks {full}", full=whole(entry.full)))
    about.append(_("{count} cases", count=chapter.cases))
    if chapter.questions:
        about.append(_("the source contradicts itself"))
    if any(_assumptions(entry)):
        about.append(_("rests on assumptions"))
    return joined((_title(entry), tag("small", " · ".join(about))))


def _behind(chapter: Chapter, levels: int, way: Way = "plain") -> Html:
    return joined(
        (
            _entry(chapter.entry, levels - 1),
            marks(chapter.questions, (), chapter.notes, way=way),
            source(chapter.citation),
        )
    )


def _entry(entry: Entry, levels: int) -> Html:
    return joined(
        (
            tag("p", quoted(tr(entry.rule))),
            rungs(entry.rungs, with_points=entry.full is not None),
            _members(entry),
            terms((tr(name), tr(text)) for name, text in entry.provenance),
            marks((), entry.assumptions, ()),
            *(
                disclosure(_part(part), _entry(part, levels - 1), is_open=levels > 0)
                for part in entry.parts
            ),
        )
    )


def _part(part: Entry) -> Html:
    if part.full is None:
        return _title(part)
    return joined((_title(part), tag("small", _("full marks {full}", full=whole(part.full)))))


def _title(entry: Entry) -> Html:
    return quoted(f"{entry.no} {tr(entry.name)}".strip())


def _members(entry: Entry) -> Html:
    if not entry.members:
        return Html()
    head = tag("tr", tag("th", _("Item"), scope="col"), tag("th", _("Weight"), scope="col"))
    rows = (
        tag("tr", tag("td", quoted(tr(name))), tag("td", whole(weight), class_="t-number"))
        for _id, name, weight in entry.members
    )
    return tag("table", tag("thead", head), tag("tbody", *rows), class_="t-rungs")


def _assumptions(entry: Entry) -> Iterable[object]:
    yield from entry.assumptions
    for part in entry.parts:
        yield from _assumptions(part)
