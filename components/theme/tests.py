"""The single tests of a theme: which fail most, and what is kept beside those that failed."""

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.tables import Column, first_row, is_part, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from components.reader.numbers import NONE, percent_figure
from core.services.themes.tests import FailedTest, TestCount, ThemeTests, theme_tests
from core.services.themes.view import VIEW, ThemeView

_FIRST = 10
"""Tests shown at once; the others open on a click."""


def tests(engine: Engine, shown: ThemeView, criterion: str) -> None:
    """How many facilities fail each test; and each failed one where something is kept beside it."""
    counted = theme_tests(engine, criterion, shown.period, shown.area.code)
    if not any(count.judged for count in counted.counts):
        return
    anatomy.section(_("Which tests fail most"))
    title = _("Facilities that fail a test")
    st.html(tag("div", _counts(title, counted.counts[:_FIRST]), class_="t-compact"))
    if rest := counted.counts[_FIRST:]:
        more = _("Further tests: {count}", count=len(rest))
        st.html(disclosure(more, _counts(title, rest)))
    if counted.beside and counted.failed:
        _failed(counted, shown)


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


def _failed(counted: ThemeTests, shown: ThemeView) -> None:
    """Every failed test with its figure and what is kept beside it, fifty at a time."""
    first = first_row(len(counted.failed), VIEW, key="theme.failed")
    columns = (
        Column(_("Name of the facility")),
        Column(_("Test")),
        Column(_("Figure"), number=True),
        Column(_("Asked")),
        *(Column(tr(name)) for name in counted.beside),
    )
    rows = [_failed_row(one, shown) for one in counted.failed[first : first + VIEW]]
    kind = is_part(len(rows), len(counted.failed))
    st.html(table_html(_("Failed tests and what is kept beside them"), columns, rows, kind))


def _failed_row(one: FailedTest, shown: ThemeView) -> tuple[str, ...]:
    why = {"area": one.place.code, "why": one.test, "period": str(shown.period)}
    return (
        link(tr(one.place.name), "facility", **why),
        tr(one.name),
        tr(one.figure) if one.figure else NONE,
        tr(one.condition) if one.condition else NONE,
        *(NONE if text is None else tr(text) for text in one.beside),
    )
