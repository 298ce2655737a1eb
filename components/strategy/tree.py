"""The table of a plan in the order and by the titles of the printed document."""

from collections.abc import Iterator

import streamlit as st

from components.parts import anatomy
from components.parts.status import Status, mark
from components.parts.tables import head_row, scrolling
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.strategy.kpis import anchor
from components.why.rules import quoted
from core.forms.document.plan import QUARTERS, Item, Kpi
from core.services.strategy.view import ItemState, ItemView, KpiView, PlanView
from core.services.strategy.wording import (
    done_text,
    fed_by_text,
    kpi_short,
    level_name,
    state_name,
)

_MARKS: dict[ItemState, Status] = {
    "done": "pass",
    "late": "fail",
    "running": "watch",
    "waiting": "none",
    "unscheduled": "none",
}
_HEAD = ("issue", "objective", "keyword")


def head(shown: PlanView) -> None:
    """What stands above the table: issue, objective, keyword, KPI of the objective, department."""
    plan = shown.plan
    lines = [
        tag(
            "div",
            tag("strong", tr(level_name(item)), ": "),
            quoted(_numbered(item)),
            *_kpis(shown, item),
        )
        for level in _HEAD
        for item in plan.items
        if item.level == level
    ]
    group = plan.head.text("plan.group")
    if group:
        lines.append(tag("div", tag("strong", _("Department"), ": "), quoted(group)))
    if note := plan.head.text("plan.head_note"):
        lines.append(tag("div", tag("small", quoted(note), class_="t-note")))
    st.html(tag("div", joined(lines), class_="t-plan"))


def table(shown: PlanView) -> None:
    """A row for each item from the strategies down; months stand in their quarters as printed."""
    anatomy.section(_("The plan as in the document"))
    head(shown)
    year = shown.stored.fiscal_year
    titles = (
        (_("Problems of {year}", year=year - 1), ""),
        (_("Strategy / sub-strategy / main activity"), ""),
        *((f"Q{quarter}", "") for quarter in QUARTERS),
        (_("Owners"), ""),
        (_("How it stands"), ""),
    )
    rows = joined(_row(shown, one) for one in shown.items if one.item.level not in _HEAD)
    st.html(scrolling(_("The plan as in the document"), head_row(titles), rows, "t-plan t-part"))
    st.html(_signatures(shown))


def _row(shown: PlanView, one: ItemView) -> Html:
    item = one.item
    quarters = (tag("td", quoted(item.row.text(measure))) for measure in QUARTERS.values())
    return tag(
        "tr",
        tag("td", quoted(item.problem)),
        tag("th", joined(_title(shown, one)), scope="row", id=anchor(one)),
        *quarters,
        tag("td", quoted(" / ".join(item.owners))),
        tag("td", _stands(shown, one)),
        class_=f"t-level-{item.level}",
    )


def _title(shown: PlanView, one: ItemView) -> Iterator[Html]:
    """The title as printed, its goal and KPIs below it, then what is noted."""
    item = one.item
    level = "" if item.level == "step" else f"{tr(level_name(item))} "
    yield tag("span", level, quoted(f"{item.number} {item.title}"))
    if item.goal:
        yield tag("small", tag("b", _("Goal"), ": "), quoted(item.goal))
    yield from _kpis(shown, item)
    if fed := fed_by_text(item):
        yield tag("small", tr(fed), class_="t-note")
    if item.note:
        yield tag("small", quoted(item.note), class_="t-note")


def _kpis(shown: PlanView, item: Item) -> Iterator[Html]:
    """The KPIs of an item as printed; one that has two figures stands once."""
    own = [kpi for kpi in shown.plan.kpis if kpi.of == item.id]
    for text in dict.fromkeys(map(_printed, own)):
        yield tag("small", tag("b", _("KPI"), ": "), quoted(text))


def _printed(kpi: Kpi) -> str:
    return f"{kpi.number}. {kpi.text}" if kpi.number else kpi.text


def _numbered(item: Item) -> str:
    return " ".join(filter(None, (item.number, item.title)))


def _stands(shown: PlanView, one: ItemView) -> Html:
    """How an item stands; a late activity with what it endangers."""
    if one.item.level not in ("activity", "step"):
        return Html(tr(done_text(one)))
    parts = [mark(_MARKS[one.state], tr(state_name(one.state))), tag("small", tr(done_text(one)))]
    if one.state == "late" and one.item.level == "activity":
        parts += [tag("small", _endangered(shown, kpi)) for kpi in shown.endangers(one)]
    return joined(parts)


def _endangered(shown: PlanView, kpi: KpiView) -> Html:
    text = _("endangers: {kpi}", kpi=tr(kpi_short(shown, kpi)))
    return tag("a", text, href=f"#{kpi.kpi.id}", class_="t-within")


def _signatures(shown: PlanView) -> Html:
    """Who proposed, endorsed and approved the plan, by role."""
    row = shown.plan.head
    text = (
        (_("Proposed by"), "proposed"),
        (_("Endorsed by"), "endorsed"),
        (_("Approved by"), "approved"),
    )
    lines = [
        tag("p", tag("strong", title, ": "), quoted(row.text(f"plan.{name}_by")))
        for title, name in text
        if row.text(f"plan.{name}_by")
    ]
    return joined(lines)
