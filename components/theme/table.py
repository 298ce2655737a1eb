"""Areas and facilities of a theme as tables, each name leading on, each result to its why."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from components.areas import results as area_results
from components.parts.downloads import filtered_buttons
from components.parts.ordered import Head, Ordering, Value, Worded, ordering
from components.parts.shares import STATUSES
from components.parts.status import mark, status_word
from components.parts.tables import is_part, scrolling
from components.reader.filters import FACILITY, LIST
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, points
from components.reader.store import store_of_view
from components.reader.view_cache import cached_by_view
from components.theme.words import change_measured, unit_measure
from components.why.verified import linked_mark
from core.scoring.base.states import Verdict
from core.services.exports import workbook as export
from core.services.rules.verified.marks import ColumnMarks, column_marks
from core.services.themes.data import Unit
from core.services.themes.takeaways import theme_rows
from core.services.themes.view import VIEW, ThemeView
from core.services.themes.wording import graded_text, shown_text, unjudged_text
from core.store.assessments.rows import Key
from core.text import Language


def ranking(shown: ThemeView, page: str) -> None:
    """The areas below the one shown: share, count, reported and verdict of each."""
    area_results.ranking(
        shown.ranking,
        page,
        title=tr(shown.name),
        measure=_("% (facilities)"),
        value=lambda row: shown_text(row, shown.unit),
    )


def facilities(shown: ThemeView, head: export.Head, page: str) -> None:
    """Every facility, those in need first, fifty at a time; and all of them to take away."""
    heads = (
        Head("verdict", _("Status")),
        Head("name", _("Name of the facility"), is_number=False),
        Head("value", unit_measure(shown.unit), "t-number"),
        Head("change", _("Change"), "t-number"),
        Head("points", _("Points"), "t-number"),
        Head("", _("Why")),
    )
    table = ordering(page, heads, shown.units, _values, VIEW)
    (verified,) = column_marks(store_of_view(), ((shown.unit.id, shown.period),), shown.area.code)
    st.html(_table(shown, table, verified))
    file = f"{shown.unit.id}-{shown.area.code}-{shown.period}"
    make = partial(_taken, shown, table, current_language())
    filtered_buttons("theme", make, head, file, table.chosen)


def _taken(shown: ThemeView, table: Ordering, language: Language) -> export.Rows:
    units = tuple(table.chosen.filtered(shown.units, _values))
    return theme_rows(replace(shown, units=units), language)


@cached_by_view
def _table(shown: ThemeView, table: Ordering, verified: ColumnMarks) -> Html:
    chosen = table.shown(shown.units, _values)
    body = joined(_row(one, shown, verified) for one in chosen)
    kind = is_part(len(chosen), len(shown.units))
    title = tr(shown.unit.name)
    return scrolling(table.caption(title, title), table.head, body, kind)


def _values(key: str) -> Callable[[Unit], Value]:
    return _VALUES[key]


def _value_with_name(one: Unit) -> Value:
    name = tr(one.place.name)
    return Worded(name, f"{name} {one.hcode}")


def _change(one: Unit) -> Value:
    return None if one.value is None or one.before is None else one.value - one.before


def _urgency(one: Unit) -> Value:
    """The most pressing verdict is the highest; who was not judged has none."""
    pressing = {Verdict.FAIL: 2.0, Verdict.WATCH: 1.0, Verdict.PASS: 0.0}
    return Worded(pressing.get(one.verdict), _status(one))


_VALUES: Final[dict[str, Callable[[Unit], Value]]] = {
    "verdict": _urgency,
    "name": _value_with_name,
    "value": lambda one: one.value,
    "change": _change,
    "points": lambda one: one.points,
}


def _status(one: Unit) -> str:
    state = unjudged_text(one)
    return tr(state) if state else status_word(STATUSES[one.verdict])


def _verified(one: Unit, verified: ColumnMarks) -> Html:
    """How far the self-assessment of a facility is verified; empty where the theme has none."""
    known = verified.of(one.hcode) if one.has_result else None
    if known is None or verified.form is None:
        return Html()
    return tag("small", linked_mark(Key(verified.form, one.hcode, verified.period), known))


def _row(one: Unit, shown: ThemeView, verified: ColumnMarks) -> str:
    light = mark(STATUSES[one.verdict], _status(one))
    earned = (
        NONE if one.points is None or not one.full else f"{points(one.points)}/{points(one.full)}"
    )
    why = (
        link(_("Why"), "facility", **_name(one, shown), why=shown.unit.id, period=str(shown.period))
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
        tag(
            "th",
            joined(
                (
                    link(tr(one.place.name), "facility", **_name(one, shown)),
                    " ",
                    _verified(one, verified),
                )
            ),
            scope="row",
        ),
        *(tag("td", cell, class_="t-number") for cell in cells),
        tag("td", why),
    )


def _name(one: Unit, shown: ThemeView) -> dict[str, str]:
    """The parameters of a facility, and of the ranking that it stands in."""
    return {FACILITY: one.hcode, LIST: shown.criterion}
