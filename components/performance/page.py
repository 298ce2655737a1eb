"""The page of a department's performance: filters, key message, tiles, sections."""

from collections.abc import Iterable
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy, charts
from components.parts.anatomy import Message, Tile
from components.parts.downloads import XLSX, blank_buttons, download_button
from components.parts.status import Status, mark
from components.parts.tables import Column, table_html
from components.performance.words import cell
from components.reader.filters import choice
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, tag
from components.reader.numbers import NONE
from components.why.rules import marks, quoted
from core.criteria.catalog import catalog
from core.services.performance.radar import pmqa_radar
from core.services.performance.rules import performance_rules
from core.services.performance.sections import FORMS_OF, SECTIONS, pmqa_edges, section_name, sheets
from core.services.performance.sheets import Sheet
from core.services.performance.view import (
    FORMS,
    PerformanceView,
    form_names,
    performance_view,
    risk_cells,
    scored,
    spent_percent,
    whole_score,
)
from core.services.performance.wording import (
    headline,
    nothing_reported,
    performance_workbook,
    points_text,
)
from core.services.rules.explanation import OpenQuestion
from core.text import say

OFFICE: Final = "office"
YEAR: Final = "year"
PART: Final = "part"


def selection(engine: Engine) -> PerformanceView | None:
    """What the address asks for; None while there is nothing to show."""
    parameters = st.query_params
    return performance_view(
        engine, office=parameters.get(OFFICE, ""), year=parameters.get(YEAR, "")
    )


def how_to_begin() -> None:
    """What to do where nothing of a department is stored yet."""
    anatomy.headline(tr(nothing_reported()))
    text = _(
        "Type the parts of the annual report into their blank forms ({names}), drop them on the"
        " page for workbooks and store them.",
        names="{names}",
    )
    before, after = text.split("{names}")
    names = quoted(", ".join(map(tr, form_names())))
    st.html(tag("p", before, names, after))
    _forms(FORMS)


def _forms(form_ids: Iterable[str]) -> None:
    """The blank forms, and where a filled one is sent: a table that is sent again replaces it."""
    blank_buttons(form_ids)
    st.html(tag("p", link(_("To the page for workbooks"), "upload")))


def filter_row(shown: PerformanceView) -> str:
    """The unit, the year, and the section that is shown."""
    wide, narrow, middle = st.columns([1.4, 0.7, 1.4])
    with wide:
        choice(OFFICE, _("Unit"), shown.offices, hide_label=True)
    with narrow:
        years = [str(year) for year in shown.years]
        choice(YEAR, _("Fiscal year"), years, label_of=_year, hide_label=True)
    with middle:
        return choice(PART, _("Part"), SECTIONS, label_of=_section, hide_label=True)


def _year(year: str) -> str:
    return _("FY {year}", year=year)


def _section(section: str) -> str:
    return tr(section_name(section))


def heading(shown: PerformanceView) -> None:
    """The key message."""
    anatomy.headline(tr(headline(shown)))


def tiles(shown: PerformanceView) -> None:
    """Indicators at the advanced tier, points, money spent, contradictions."""
    judged = scored(shown)
    share = spent_percent(shown)
    bases = performance_rules().bases
    anatomy.tiles(
        [
            Tile(
                label=_("Indicators at the advanced tier"),
                value=f"{sum(one.tier == 'advanced' for one in judged):,}/{len(judged):,}",
            ),
            Tile(
                label=_("Points out of 100 (assumed)"),
                value=points_text(whole_score(shown)),
                change=_(
                    "performance {performance:g}%, potential {potential:g}%",
                    performance=bases.performance,
                    potential=bases.potential,
                ),
            ),
            Tile(
                label=_("Money spent, by its rows"),
                value=NONE if share is None else f"{share:.2f}%",
                change=_printed_share(shown),
            ),
            Tile(
                label=_("Contradictions in what was sent"),
                value=f"{len(shown.contradictions):,}",
            ),
        ]
    )


def _printed_share(shown: PerformanceView) -> str:
    """What the row of the sum prints; empty where it prints nothing."""
    totals = (one for one in shown.rows("performance-budget", "budget") if one.is_total)
    printed = next((one.values.get("budget.percent") for one in totals), None)
    return "" if printed is None else _("printed: {percent}", percent=f"{printed:.2f}%")


def section(shown: PerformanceView, part: str) -> None:
    """The tables of a section, with what is drawn of them."""
    anatomy.section(tr(section_name(part)))
    made = sheets(shown, part)
    if not made:
        st.html(tag("p", _("Nothing of this part was sent.")))
    if part == "pmqa":
        _radar(shown)
        st.html(marks([_question(shown)], (), (), way="filtered"))
    if part == "risk" and made:
        st.html(_matrix(shown))
    for sheet in made:
        st.html(_sheet(sheet))
    _forms(FORMS_OF[part])
    download_button(
        "performance",
        _("Download all tables (Excel)"),
        partial(performance_workbook, shown, current_language()),
        f"performance-{shown.year}.xlsx",
        XLSX,
    )


def _question(shown: PerformanceView) -> OpenQuestion:
    """Where the tiers of PMQA 4.0 begin: as it is read, and as it could be."""
    pmqa, read = performance_rules().pmqa, shown.pmqa_reading
    others = tuple(pmqa_edges(one) for one in pmqa.readings if one.id != read.id)
    note = catalog().switches[pmqa.contradiction].note
    return OpenQuestion(pmqa.contradiction, note, pmqa_edges(read), others)


def _sheet(sheet: Sheet) -> Html:
    columns = [Column(tr(one.title), number=one.is_number) for one in sheet.columns]
    rows = [
        [cell(value, column) for value, column in zip(row, sheet.columns, strict=True)]
        for row in sheet.rows
    ]
    kind = "t-sheet"
    return table_html(tr(sheet.title), columns, rows, kind)


def _radar(shown: PerformanceView) -> None:
    """The seven categories, where they were typed."""
    drawn = pmqa_radar(shown)
    if drawn is None:
        st.html(tag("p", _("Scores of the seven categories were not typed."), class_="t-sources"))
        return
    charts.radar(drawn)
    charts.radar_table(drawn, say("Full marks"), say("Score"))


def _matrix(shown: PerformanceView) -> Html:
    """Risks by likelihood and impact; what needs a plan is marked."""
    rules, by_cell = performance_rules().risk, risk_cells(shown)
    scale = range(1, rules.scale + 1)
    columns = [Column(_("Likelihood"))]
    columns += [Column(_("Impact {number}", number=number), number=True) for number in scale]
    rows = []
    for likelihood in reversed(scale):
        cells: list[str | Html] = [str(likelihood)]
        for impact in scale:
            names = ", ".join(by_cell.get((likelihood, impact), ()))
            level = likelihood * impact
            status: Status = "fail" if level >= rules.begins else "none"
            shown_level = str(level)
            cells.append(mark(status, f"{shown_level}: {names}") if names else shown_level)
        rows.append(cells)
    return table_html(_("Matrix of risks"), columns, rows)


def contradictions(shown: PerformanceView) -> None:
    """Everything that contradicts itself, each with its cell; then what is assumed."""
    anatomy.section(_("Contradictions in what was sent"))
    kinds = {"error": "error", "warning": "warning", "note": "note"}
    messages = [
        Message(
            kind=kinds[one.issue.severity],  # type: ignore[arg-type]
            where=f"{one.file} {one.issue.sheet}".strip(),
            text=tr(one.issue.text),
        )
        for one in shown.contradictions
    ]
    assumed = [Message(kind="note", text=tr(text)) for text in performance_rules().assumptions]
    if not messages:
        st.html(tag("p", _("Nothing contradicts itself.")))
    anatomy.messages([*messages, *assumed])
    anatomy.sources(tr(performance_rules().source), quoted(shown.office))
