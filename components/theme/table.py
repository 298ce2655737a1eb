"""Areas and facilities of a theme as tables, each name leading on, each result to its why."""

from functools import partial

import streamlit as st

from components.areas import results as area_results
from components.parts.downloads import table_buttons
from components.parts.shares import STATUSES
from components.parts.status import mark
from components.parts.tables import first_row, head_row, is_part, scrolling
from components.reader.filters import FACILITY, LIST
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import joined, tag
from components.reader.numbers import NONE, points
from components.theme.words import change_measured, unit_measure
from core.services.exports.workbook import Head
from core.services.themes.data import Unit
from core.services.themes.takeaways import theme_rows
from core.services.themes.view import VIEW, ThemeView
from core.services.themes.wording import graded_text, shown_text, unjudged_text


def ranking(shown: ThemeView, page: str) -> None:
    """The areas below the one shown: share, count, reported and verdict of each."""
    area_results.ranking(
        shown.ranking,
        page,
        title=tr(shown.name),
        measure=_("% (facilities)"),
        value=lambda row: shown_text(row, shown.unit),
    )


def facilities(shown: ThemeView, head: Head) -> None:
    """Every facility, those in need first, fifty at a time; and all of them to take away."""
    first = first_row(len(shown.units), VIEW)
    chosen = shown.units[first : first + VIEW]
    titles = [(_("Status"), ""), (_("Name of the facility"), "")]
    titles += [(unit_measure(shown.unit), "t-number"), (_("Change"), "t-number")]
    titles += [(_("Points"), "t-number"), (_("Why"), "")]
    body = joined(_row(one, shown) for one in chosen)
    kind = is_part(len(chosen), len(shown.units))
    st.html(scrolling(tr(shown.unit.name), head_row(titles), body, kind))
    file = f"{shown.unit.id}-{shown.area.code}-{shown.period}"
    table_buttons("theme", partial(theme_rows, shown, current_language()), head, file)


def _row(one: Unit, shown: ThemeView) -> str:
    state = unjudged_text(one)
    light = mark(STATUSES[one.verdict], tr(state) if state else None)
    earned = (
        NONE if one.points is None or not one.full else f"{points(one.points)}/{points(one.full)}"
    )
    why = (
        link(
            _("Why"), "facility", **_named(one, shown), why=shown.unit.id, period=str(shown.period)
        )
        if one.has_result
        else ""
    )
    cells = (
        graded_text(one, shown.unit),
        change_measured(one.value, one.before, shown.unit),
        earned,
    )
    return tag(
        "tr",
        tag("td", light),
        tag("th", link(tr(one.place.name), "facility", **_named(one, shown)), scope="row"),
        *(tag("td", cell, class_="t-number") for cell in cells),
        tag("td", why),
    )


def _named(one: Unit, shown: ThemeView) -> dict[str, str]:
    """The parameters of a facility, and of the ranking that it stands in."""
    return {FACILITY: one.hcode, LIST: shown.criterion}
