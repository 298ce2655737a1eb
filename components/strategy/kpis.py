"""The KPIs of a plan: target, result, course, and the activities that serve each."""

from collections.abc import Sequence

import streamlit as st

from components.parts import anatomy
from components.parts.shares import STATUSES
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.why.rules import quoted
from core.periods import Period, calendar_month, month_name
from core.scoring.base.states import Verdict
from core.scoring.explain.figures import percent_text
from core.services.strategy.view import ItemView, KpiView, PlanView
from core.services.strategy.wording import (
    change_text,
    danger_texts,
    kpi_name,
    result_text,
    target_text,
)
from core.text import Text

_PAST = 6
_BEHIND = 8


def kpis(shown: PlanView) -> None:
    """A row for each KPI; a red one names its late activities, which are links to their rows."""
    anatomy.section(_("KPIs against their targets"))
    columns = [
        Column(_("KPI")),
        Column(_("Target"), number=True),
        Column(_("Result")),
        Column(_("How it stands")),
        Column(_("Course (percent)")),
        Column(_("Served by activities")),
    ]
    rows = (_row(shown, one) for one in shown.kpis)
    st.html(table_html(_("KPIs against their targets"), columns, rows, "t-kpis"))
    if late := list(danger_texts(shown)):
        anatomy.section(_("What late activities endanger"))
        st.html(tag("ul", joined(tag("li", quoted(tr(text))) for text in late), class_="t-list"))


def _row(shown: PlanView, one: KpiView) -> tuple[str | Html, ...]:
    item = shown.plan.by_id.get(one.kpi.of or "")
    number = tag("strong", item.number if item else NONE, id=one.kpi.id)
    name = joined((number, " ", quoted(tr(kpi_name(one)))))
    if one.kpi.note:
        name = joined((name, tag("small", quoted(one.kpi.note), class_="t-note")))
    return (
        name,
        tr(target_text(one)),
        _result(shown, one),
        _status(one),
        _course(one),
        _serving(one),
    )


def _result(shown: PlanView, one: KpiView) -> Html:
    """The result, where its figures are shown, and the hospitals that stand in the way."""
    parts: list[str] = [tag("span", tr(result_text(one)))]
    if one.share is not None and one.fed.page:
        address = {"area": shown.stored.area, "period": str(one.share.period)}
        parts.append(tag("small", link(_("where it comes from"), one.fed.page, **address)))
    if one.fed.behind and one.verdict is Verdict.FAIL:
        when = str(one.share.period) if one.share else ""
        parts.append(tag("small", _("not there:"), " ", _behind(shown, one, when)))
    if one.fed.basis is not None:
        parts.append(tag("small", tr(one.fed.basis), class_="t-note"))
    return joined(parts, " ")


def _behind(shown: PlanView, one: KpiView, period: str) -> Html:
    """The hospitals by name, each leading to its page; the first of many."""
    hcodes = one.fed.behind
    first = [
        link(tr(shown.hospitals.get(hcode, Text(hcode, hcode))), "facility",
             area=hcode, period=period)
        for hcode in hcodes[:_BEHIND]
    ]  # fmt: skip
    more = len(hcodes) - len(first)
    return joined((*first, *([_("and {count} more", count=more)] if more else [])), " · ")


def _status(one: KpiView) -> Html:
    status = mark(STATUSES[one.verdict])
    change = tr(change_text(one))
    return joined((status, tag("small", change))) if change else status


def _course(one: KpiView) -> str:
    """The last results, oldest first."""
    past = one.fed.course[-_PAST:]
    return " · ".join(
        f"{_month(share.period)} {percent_text(share.percent, one.target)}" for share in past
    )


def _month(period: Period) -> str:
    return month_name(calendar_month(period.number), current_language(), short=True)


def _serving(one: KpiView) -> Html:
    """The numbers of its activities, which lead to their rows, the late ones first and marked."""
    if not one.serving:
        return Html(NONE)
    others = [serving for serving in one.serving if serving.state != "late"]
    parts = [_numbers(others)] if others else []
    if one.late:
        parts.insert(0, tag("span", mark("fail", _("Late")), " ", _numbers(one.late)))
    return joined(tag("small", part) for part in parts)


def _numbers(several: Sequence[ItemView]) -> Html:
    links = (
        tag("a", one.item.number, href=f"#{anchor(one)}", class_="t-within") for one in several
    )
    return joined(links, " ")


def anchor(one: ItemView) -> str:
    """The id of an item's row in the table of the plan."""
    return f"item-{one.item.id.replace('/', '-')}"
