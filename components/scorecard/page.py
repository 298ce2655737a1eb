"""The page of the scorecard: its filters, its key message, and what can be taken away."""

import re
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.results import place_breadcrumb
from components.frame import navigation
from components.parts import anatomy
from components.parts.downloads import table_buttons
from components.reader.filters import choice, search
from components.reader.language import _, current_language, tr
from components.reader.query import query
from components.scorecard import words
from components.scorecard.table import FROM, PAGE, SORT
from components.why.origins import head_of
from components.why.verified import legend as verified_legend
from core.services.rules.origin import Origin
from core.services.scorecard.selection import Selection, below, resolve_selection
from core.services.scorecard.takeaways import scorecard_rows
from core.services.scorecard.view import VIEW, Scorecard, scorecard
from core.services.scorecard.wording import scorecard_message

ROWS: Final = "rows"
_WRITTEN: Final = re.compile("[0-9]{1,5}")
NAME: Final = "name"


def selection(engine: Engine) -> Selection | None:
    """What the address asks for; None while there is nothing to show."""
    menu = tuple(one for page in navigation.menu().pages for one in page.indicators)
    parameters = query()
    selection_ = resolve_selection(
        engine,
        menu,
        **area_filters.selection(),
        rows=parameters.get(ROWS, ""),
        sort=parameters.get(SORT, ""),
    )
    return selection_ and replace(selection_, name=parameters.get(NAME, "").strip())


def filter_row(engine: Engine, selected: Selection) -> Scorecard:
    """The row of filters, and what they leave."""
    month, region, rows, name, part = st.columns([1.35, 1.25, 1.2, 1.05, 0.85])
    with month:
        area_filters.period(_("Period"), selected.moments, selected.moment)
    shown = scorecard(engine, selected, _first())
    if shown.first >= shown.count:
        shown = scorecard(engine, selected)
    with region:
        area_filters.region(selected.regions, shown.chain)
    with rows:
        _rows(selected)
    with name:
        search(NAME, _("Name or code"), hide_label=True)
    if shown.count > VIEW:
        with part:
            _part(shown)
    return shown


def _rows(selected: Selection) -> None:
    choice(
        ROWS,
        _("Rows of the table"),
        selected.kinds,
        label_of=words.row_names,
        default=below(selected.area),
        hide_label=True,
    )


def _first() -> int:
    """The position of the first row shown, from that of the address, which counts from one."""
    text = query().get(FROM, "")
    return max(0, int(text) - 1) // VIEW * VIEW if _WRITTEN.fullmatch(text) else 0


def _part(shown: Scorecard) -> None:
    """Which fifty rows."""
    starts = range(0, shown.count, VIEW)
    choice(
        FROM,
        _("Rows"),
        [str(start + 1) for start in starts],
        label_of=lambda first: f"{int(first):,}–{min(int(first) + VIEW - 1, shown.count):,}",
        hide_label=True,
    )


def heading(shown: Scorecard) -> None:
    """Where the reader is, and how many targets the area meets."""
    anatomy.headline(tr(scorecard_message(shown)), place_breadcrumb(shown.chain, PAGE))


def take_away(engine: Engine, shown: Scorecard, known: Origin) -> None:
    """All rows of the selection as files."""
    selected = shown.selection
    table_buttons(
        "scorecard",
        partial(scorecard_rows, engine, selected, current_language()),
        head_of(words.caption(shown), shown.chain, known),
        f"scorecard-{selected.area}-{selected.rows}-{selected.moment}",
    )


def legend() -> None:
    """What the marks and lines mean."""
    anatomy.sources(
        _("✓ pass, ! watch, ✕ fail; a plain figure has no target; – has none, and says why."),
        _("The thin line is what came before, oldest on the left; each cell opens its why."),
        verified_legend(),
    )


def nothing(shown: Scorecard) -> None:
    """Say that no row has the name asked for."""
    if not shown.count:
        name = shown.selection.name
        st.write(_("No row is called “{name}”. Try fewer letters or the code.", name=name))
