"""Areas and facilities of a theme as tables, each name leading on, each result to its why."""

from functools import partial

import streamlit as st

from components.parts.shares import STATUSES, change
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.parts.wrapping import unbroken
from components.reader.language import _, current, tr
from components.reader.links import link
from components.reader.markup import joined, tag
from components.reader.numbers import NONE, points
from components.theme.words import grade_or_value, unit_measure, value_of
from core.areas import Level, parse_area
from core.scoring.base.states import State, Verdict
from core.services.overview.view import Shown
from core.services.themes.data import Unit
from core.services.themes.takeaways import theme_csv
from core.services.themes.view import VIEW, ThemeView


def ranking(shown: ThemeView, page: str) -> None:
    """Share, count, reported and verdict of the areas below; a name leads into it."""
    if not shown.ranking:
        return
    level = parse_area(shown.ranking[0].place.code).level
    columns = (
        Column(_("District") if level is Level.DISTRICT else _("Province")),
        Column(_("% (facilities)"), number=True),
        Column(_("Reported"), number=True),
        Column(_("Verdict")),
    )
    rows = [_area_row(row, shown, page) for row in shown.ranking]
    table = table_html(tr(shown.name), columns, rows)
    st.html(tag("div", table, class_="t-compact t-long"))


def _area_row(row: Shown, shown: ThemeView, page: str) -> tuple[str, ...]:
    share = row.share
    reported = f"{share.reporting:,}/{share.expected:,}" if share else ""
    verdict = STATUSES[share.verdict if share else Verdict.NOT_JUDGED]
    shown_only = _("Not judged") if share and share.reporting and not share.is_judged else None
    name = link(tr(row.place.name), page, area=row.place.code)
    return name, value_of(row, shown.unit), reported, mark(verdict, shown_only)


def facilities(shown: ThemeView) -> None:
    """Every facility, those in need first, fifty at a time; and all of them to take away."""
    first = _first_row(len(shown.units))
    chosen = shown.units[first : first + VIEW]
    titles = [(_("Status"), ""), (_("Name of the facility"), "")]
    titles += [(unit_measure(shown.unit), "t-number"), (_("Change"), "t-number")]
    titles += [(_("Points"), "t-number"), (_("Why"), "")]
    head = joined(tag("th", unbroken(text), scope="col", class_=kind) for text, kind in titles)
    body = joined(_row(one, shown) for one in chosen)
    caption = tag("caption", tr(shown.unit.name))
    table = tag("table", caption, tag("thead", tag("tr", head)), tag("tbody", body))
    name = tr(shown.unit.name)
    st.html(tag("div", table, class_="t-table", role="region", tabindex="0", aria_label=name))
    st.download_button(
        _("Download the table (CSV)"),
        partial(theme_csv, shown, current()),
        f"{shown.unit.id}-{shown.area.code}-{shown.period}.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _first_row(count: int) -> int:
    if count <= VIEW:
        return 0
    starts = range(0, count, VIEW)
    return st.selectbox(
        _("Rows"), starts, format_func=lambda at: f"{at + 1:,}–{min(at + VIEW, count):,}"
    )


def _row(one: Unit, shown: ThemeView) -> str:
    said = _state(one)
    light = mark(STATUSES[one.verdict], said or None)
    earned = (
        NONE if one.points is None or not one.full else f"{points(one.points)}/{points(one.full)}"
    )
    why = (
        link(_("Why"), "facility", area=one.hcode, why=shown.unit.id, period=str(shown.period))
        if one.told
        else ""
    )
    cells = (grade_or_value(one, shown.unit), change(one.value, one.before) or NONE, earned)
    return tag(
        "tr",
        tag("td", light),
        tag("th", link(tr(one.place.name), "facility", area=one.hcode), scope="row"),
        *(tag("td", cell, class_="t-number") for cell in cells),
        tag("td", why),
    )


def _state(one: Unit) -> str:
    """Why there is no verdict; empty where there is one."""
    if one.verdict is not Verdict.NOT_JUDGED:
        return ""
    return {
        State.REPORTED: _("Not judged"),
        State.NOT_REPORTED: _("Not reported in full") if one.told else _("Not reported"),
        State.NOT_APPLICABLE: _("Does not apply"),
        State.CONTRADICTORY: _("Contradictory"),
        State.STALE: _("Too old"),
        State.ERROR: _("Error in the figures"),
    }[one.state]
