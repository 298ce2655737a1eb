"""The single tests of a theme: which fail most, and what is kept beside those that failed."""

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.disclosure import disclosure
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from components.reader.numbers import NONE, against, percent_figure
from core.services.themes.tests import FailedTest, TestCount, ThemeTests, theme_tests
from core.services.themes.view import VIEW, ThemeView

_FIRST = 10
"""Tests shown at once; the others open on a click."""


def tests(engine: Engine, shown: ThemeView, criterion: str) -> None:
    """How many facilities fail each test; and each failed one where something is kept beside it."""
    found = theme_tests(engine, criterion, shown.period, shown.area.code)
    if not any(count.judged for count in found.counts):
        return
    anatomy.section(_("Which tests fail most"))
    title = _("Facilities that fail a test")
    st.html(tag("div", _counts(title, found.counts[:_FIRST]), class_="t-compact"))
    if rest := found.counts[_FIRST:]:
        more = _("Further tests: {count}", count=len(rest))
        st.html(disclosure(more, _counts(title, rest)))
    if found.beside and found.failed:
        _failed(found, shown)


def _counts(title: str, counts: tuple[TestCount, ...]) -> str:
    columns = (
        Column(_("Test")),
        Column(_("Failed"), number=True),
        Column(_("Judged"), number=True),
        Column(_("Percent"), number=True),
    )
    rows = [
        (
            tr(one.name),
            f"{one.failed:,}",
            f"{one.judged:,}",
            percent_figure(100 * one.failed / one.judged) if one.judged else NONE,
        )
        for one in counts
    ]
    return table_html(title, columns, rows)


def _failed(found: ThemeTests, shown: ThemeView) -> None:
    """Every failed test with its figure and what is kept beside it, fifty at a time."""
    first = 0
    count = len(found.failed)
    if count > VIEW:
        starts = range(0, count, VIEW)
        first = st.selectbox(
            _("Rows"),
            starts,
            format_func=lambda at: f"{at + 1:,}–{min(at + VIEW, count):,}",
            key="theme.failed",
        )
    columns = (
        Column(_("Name of the facility")),
        Column(_("Test")),
        Column(_("Figure"), number=True),
        Column(_("Asked")),
        *(Column(tr(name)) for name in found.beside),
    )
    rows = [_failed_row(one, shown) for one in found.failed[first : first + VIEW]]
    st.html(table_html(_("Failed tests and what is kept beside them"), columns, rows))


def _failed_row(one: FailedTest, shown: ThemeView) -> tuple[str, ...]:
    why = {"area": one.place.code, "why": one.test, "period": str(shown.period)}
    return (
        link(tr(one.place.name), "facility", **why),
        tr(one.name),
        against(one.figure, one.limit),
        tr(one.asked) if one.asked else NONE,
        *(NONE if said is None else tr(said) for said in one.beside),
    )
