"""Targets of an area step by step through the year, and the measures behind them."""

from collections.abc import Sequence

import streamlit as st

from components.areas import results as area_results
from components.parts.shares import (
    STATUSES,
    difference_text,
    percent_text,
    possible_verdicts,
    target_text,
)
from components.parts.status import mark
from components.parts.tables import Column, table, table_html
from components.reader.language import _, tr
from components.reader.markup import tag
from components.reader.numbers import NONE
from core.scoring.explain.words import edge_text, number
from core.services.overview import wording
from core.services.overview.crisis import CrisisView, Measure, Step, Target


def steps(targets: Sequence[Target]) -> None:
    """A row for each step: the month it ends in, what is asked, what came of it."""
    columns = (
        Column(_("Target")),
        Column(_("By month")),
        Column(_("Asked")),
        Column(_("Reached (%)"), number=True),
        Column(_("Verdict")),
    )
    rows = [_step(one, step) for one in targets for step in one.steps]
    st.html(
        tag("div", table_html(_("Targets of the fiscal year"), columns, rows), class_="t-compact")
    )


def _step(one: Target, step: Step) -> tuple[str, ...]:
    limit = number(step.limit)
    target = _("none") if step.limit == 0 else tr(edge_text(one.op, limit, percent=True))
    month = str(step.through_month)
    month = _("{month} (this period)", month=month) if step.is_current else month
    if step.line is None:
        return tr(one.name), month, target, NONE, mark("none", _("Not yet judged"))
    reached = percent_text(step.line.share, step.limit)
    return tr(one.name), month, target, reached, mark(STATUSES[step.line.verdict])


def ranking(shown: CrisisView) -> None:
    """The areas below the one shown by their share of hospitals in crisis."""
    area_results.ranking(
        shown.ranking,
        "crisis",
        title=tr(wording.indicator_text("crisis", shown.edges)),
        measure=_("% (hospitals)"),
        value=lambda row: area_results.value_of(row, "crisis"),
    )


def measures(shown: Sequence[Measure]) -> None:
    """The measures behind the target that are counted; the others are told in the report."""
    columns = (
        Column(_("Measure")),
        Column(_("Asked")),
        Column(_("Reached (%)"), number=True),
        Column(_("Change (points)"), number=True),
        Column(_("Reported, of how many"), number=True),
        Column(_("Verdict")),
    )
    table(_("The measures behind it"), columns, [_measure(one) for one in shown])


def _measure(one: Measure) -> tuple[str, ...]:
    judged = next((line for line in one.share.lines if line.limit is not None), None)
    name = f"{one.letter} {tr(one.name)}".strip()
    reported = f"{one.share.reporting:,}/{one.share.expected:,}"
    target = target_text(judged) if judged else NONE
    reached = percent_text(one.share.percent, judged.limit if judged else None)
    change = difference_text(one.share.percent, one.before.percent if one.before else None) or NONE
    open_ = tag("small", possible_verdicts(one.share)) if one.share.is_open else ""
    verdict = tag("div", mark(STATUSES[one.share.verdict]), open_, class_="t-verdict")
    return name, target, reached, change, reported, verdict


def open_ends(shown: CrisisView) -> None:
    """What the hospitals without a level could still change; nothing where they could not."""
    if shown.share is None or not shown.share.is_open:
        return
    text = tr(wording.open_ends(shown.share))
    st.html(tag("p", mark("none", text), class_="t-ends"))
