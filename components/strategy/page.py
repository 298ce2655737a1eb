"""The page of a strategy plan: which plan, its key message, tiles, what to know, takeaways."""

from functools import partial

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.parts import anatomy, downloads
from components.parts.anatomy import Message, Tile
from components.parts.downloads import XLSX, download_button
from components.reader.filters import offer
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import tag
from components.reader.periods import moment_text, period_text
from core.forms.model.issues import CellIssue
from core.scoring.base.states import Verdict
from core.services.exports.workbook import Head
from core.services.strategy.takeaways import (
    blank_form,
    example_workbook,
    kpi_workbook,
    plan_document,
    plan_rows,
    plan_workbook,
)
from core.services.strategy.view import PlanView, Selection, plan_view, resolve_selection
from core.services.strategy.wording import assumptions, conflict_text, headline, no_plan
from core.store.engine.settings import chosen

YEAR = "year"


def selection(engine: Engine) -> Selection | None:
    """What the address asks for; None while no plan is stored."""
    chosen = area_filters.selection()
    return resolve_selection(engine, year=st.query_params.get(YEAR, ""), **chosen)


def how_to_begin() -> None:
    """What to do where no plan is stored yet."""
    anatomy.headline(tr(no_plan()))
    text = _(
        "Fill the plan into its form, in the order of the document, drop it on the page for"
        " workbooks and store it. The example is a printed plan that was typed into the form."
    )
    st.html(tag("p", text) + tag("p", link(_("To the page for workbooks"), "upload")))
    with st.container(horizontal=True):
        _blank_forms()


def filter_row(engine: Engine, selected: Selection) -> PlanView:
    """The row of filters, and the plan they leave."""
    wide, middle, narrow = st.columns(3)
    with wide:
        codes = list(selected.names)
        names = {code: tr(name) for code, name in selected.names.items()}
        offer(
            "area", _("Province"), codes, label_of=lambda code: names[code],
            default=selected.area, hide_label=True,
        )  # fmt: skip
    with middle:
        years = {str(year): _("Plan of {year}", year=year) for year in selected.years}
        offer(
            YEAR,
            _("Fiscal year"),
            list(years),
            label_of=lambda year: years[year],
            default=str(selected.fiscal_year),
            hide_label=True,
        )
    with narrow:
        area_filters.period(_("Month"), selected.periods, selected.period)
    return plan_view(engine, selected.area, selected.fiscal_year, selected.period)


def heading(shown: PlanView) -> None:
    """The key message of the plan."""
    anatomy.headline(tr(headline(shown)), anatomy.breadcrumb(tr(shown.place.name)))


def tiles(shown: PlanView) -> None:
    """KPIs and activities by how they stand."""
    judged = [one for one in shown.kpis if one.verdict is not Verdict.NOT_JUDGED]
    met = len(judged) - len(shown.failing)
    late, activities = len(shown.in_state("late")), len(shown.activities)
    of = _("of {count} activities", count=activities)
    anatomy.tiles(
        [
            Tile(
                label=_("KPIs that meet their target"),
                value=f"{met:,}",
                unit=_("of {count} KPIs", count=len(shown.kpis)),
                change=_("with a result: {count}", count=len(judged)),
                status="fail" if shown.failing else "pass" if judged else "none",
            ),
            Tile(label=_("Late activities"), value=f"{late:,}", unit=of),
            Tile(label=_("Done"), value=f"{len(shown.in_state('done')):,}", unit=of),
            Tile(label=_("Under way"), value=f"{len(shown.in_state('running')):,}", unit=of),
            Tile(
                label=_("No month given"), value=f"{len(shown.in_state('unscheduled')):,}", unit=of
            ),
        ]
    )


def show_notes(shown: PlanView) -> None:
    """That two people changed the plan at once, and what the document leaves open."""
    stored = shown.stored
    if stored.conflict is not None:
        text = tr(conflict_text(stored.conflict))
        anatomy.messages([Message(kind="warning", text=text)])
    if stored.issues:
        title = _("What the document contradicts itself in, or leaves open: {count}",
                  count=len(stored.issues))  # fmt: skip
        st.html(anatomy.disclosure(title, anatomy.messages_html(map(_message, stored.issues))))


def _message(issue: CellIssue) -> Message:
    return Message(
        kind=issue.severity,
        text=_("{text} (code {code})", text=issue.text, code=issue.code),
        where=_("Sheet “{sheet}”", sheet=issue.sheet) if issue.sheet else "",
    )


def takeaways(shown: PlanView) -> None:
    """The plan as its form, as a table, and as JSON; the blank form and the printed example."""
    anatomy.section(_("Take away"))
    stored, language = shown.stored, current_language()
    name = f"strategy-plan-{stored.area}-{stored.fiscal_year}"
    with st.container(horizontal=True):
        make = partial(plan_workbook, stored, language)
        download_button("plan.form", _("The plan in its form (Excel)"), make, f"{name}.xlsx", XLSX)
        make = partial(plan_document, shown)
        download_button("plan.json", _("The plan (JSON)"), make, f"{name}.json", "application/json")
        _blank_forms()
    invented = _("Demonstration: all hospitals and figures are invented.")
    about = (invented if chosen() == "demo" else "", period_text(shown.period))
    head = Head(tr(headline(shown)), tuple(filter(None, about)))
    downloads.table_buttons("plan", partial(plan_rows, shown, language), head, f"{name}-table")
    make = partial(kpi_workbook, shown, language, head)
    download_button("plan.kpis", _("The KPIs (Excel)"), make, f"{name}-kpis.xlsx", XLSX)


def _blank_forms() -> None:
    """The form to fill in, and the printed plan in it."""
    language, name = current_language(), "strategy-plan"
    make = partial(example_workbook, language)
    label = _("The printed example (Excel)")
    download_button("plan.example", label, make, f"{name}-example.xlsx", XLSX)
    make = partial(blank_form, language)
    download_button("plan.blank", _("The blank form (Excel)"), make, f"{name}.xlsx", XLSX)


def sources(shown: PlanView) -> None:
    """Whose file it is, and how the plan is read."""
    info = shown.stored.info
    file = _(
        "File no. {number} “{file}” by {by}, {at}",
        number=info.upload_id,
        file=info.file_name,
        by=info.uploaded_by,
        at=moment_text(info.uploaded_at),
    )
    anatomy.sources(file, *(tr(text) for text in assumptions()))
