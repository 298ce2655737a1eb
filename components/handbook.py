"""The handbook on the page: every rule behind a line that opens, searched and filtered."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache, partial
from itertools import groupby
from typing import Final

import streamlit as st

from components import anatomy, filters
from components.disclosure import disclosure
from components.language import _, current, tr
from components.markup import Html, joined, tag
from components.numbers import whole
from components.rules import marks, quoted, rungs, source, terms
from core.periods import month_of
from core.services.handbook import Chapter, Entry, handbook
from core.services.handbook_text import handbook_markdown, theme_name, years_text
from core.text import Language

_ANY: Final = "any"
_BANGKOK: Final = timezone(timedelta(hours=7))
_FEW: Final = 3
"""So few results open by themselves."""

_found = lru_cache(maxsize=64)(handbook)


def filtered() -> tuple[Chapter, ...]:
    """The row of filters, and the rules that pass them."""
    everything = _found()
    themes = list(dict.fromkeys(chapter.theme for chapter in everything))
    wide, middle, narrow = st.columns([2, 1, 1])
    with wide:
        query = filters.search("q", _("Search the rules"))
    with middle:
        theme = filters.choice("theme", _("Theme"), [_ANY, *themes], named=_theme)
    with narrow:
        year = filters.choice("year", _("Fiscal year"), [_ANY, *_years(everything)], named=_year)
    found = _found(None if year == _ANY else int(year), " ".join(query.split()))
    return tuple(chapter for chapter in found if theme in {_ANY, chapter.theme})


def key_message(found: Sequence[Chapter]) -> str:
    """How many rules there are, and how many of them leave a question open."""
    return _(
        "Rules: {count} · the source contradicts itself in {open} · {assumed} rest on assumptions",
        count=len(found),
        open=sum(bool(chapter.questions) for chapter in found),
        assumed=sum(any(_assumptions(chapter.entry)) for chapter in found),
    )


def chapters(found: Sequence[Chapter]) -> None:
    """The rules under the headings of their themes."""
    if not found:
        st.write(_("No rule holds all these words. Try fewer, or another year or theme."))
    for theme, own in groupby(found, key=lambda chapter: chapter.theme):
        anatomy.section(tr(theme_name(theme)))
        few = len(found) <= _FEW
        st.html(joined(_chapter(chapter, current(), opened=few) for chapter in own))


def download() -> None:
    """The whole handbook as one text."""
    st.download_button(
        _("Download the handbook"),
        partial(_markdown, current()),
        "truat-handbook.md",
        "text/markdown",
        key="handbook.download",
        on_click="ignore",
        icon=":material/download:",
    )


def _markdown(language: Language) -> bytes:
    return handbook_markdown(language).encode()


def _theme(theme: str) -> str:
    return _("All themes") if theme == _ANY else tr(theme_name(theme))


def _year(year: str) -> str:
    return _("Latest") if year == _ANY else year


def _years(everything: Iterable[Chapter]) -> list[str]:
    """Fiscal years from the first that has a rule to the present one, newest first."""
    now = month_of(datetime.now(_BANGKOK).date()).fiscal_year
    starts = [first for chapter in everything if (first := chapter.fiscal_years[0])]
    return [str(year) for year in range(now, min(starts, default=now) - 1, -1)]


@lru_cache(maxsize=1024)
def _chapter(chapter: Chapter, _language: Language, *, opened: bool) -> Html:
    """`_language` is that of the view, and keeps what was written in the other apart."""
    entry = chapter.entry
    about = [tr(years_text(chapter.fiscal_years))]
    if entry.full is not None:
        about.insert(0, _("full marks {full}", full=whole(entry.full)))
    about.append(_("{count} cases", count=chapter.cases))
    if chapter.questions:
        about.append("⚠")
    if any(_assumptions(entry)):
        about.append("∅")
    return disclosure(
        joined((_title(entry), tag("small", " · ".join(about)))),
        tag("p", quoted(entry.id), class_="t-sources"),
        _entry(entry),
        marks(chapter.questions, (), chapter.notes),
        source(chapter.citation),
        opened=opened,
    )


def _entry(entry: Entry) -> Html:
    return joined(
        (
            tag("p", quoted(tr(entry.rule))),
            rungs(entry.rungs, with_points=entry.full is not None),
            _members(entry),
            terms((tr(name), tr(text)) for name, text in entry.provenance),
            marks((), entry.assumptions, ()),
            *(disclosure(_part(part), _entry(part)) for part in entry.parts),
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
