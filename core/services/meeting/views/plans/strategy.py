"""The slide of a strategy plan: KPIs that miss their target, late activities, how all stand."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Engine

from core.periods import period_text
from core.reports.slide import MOST_LINES, Cell, Line, Matrix, Slide
from core.scoring.base.state_words import SIGNS, STATUSES, verdict_text
from core.scoring.base.states import Verdict
from core.services.meeting.views.figures import MOST
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    first_names,
    marked,
    nothing_stored,
)
from core.services.strategy.view import KpiView, PlanView, plan_view, resolve_selection
from core.services.strategy.wording import (
    headline,
    item_name,
    kpi_short,
    no_plan,
    result_text,
    target_text,
)
from core.text import Text, say

_MOST_LISTED: Final = 3


def plan_slide(engine: Engine, page: str, address: Address) -> Slide:
    """A province's plan at the end of a month: what is red, and what is late."""
    selected = resolve_selection(
        engine,
        area=address.get(AREA, ""),
        year=address.get("year", ""),
        period=address.get(PERIOD, ""),
    )
    if selected is None:
        return nothing_stored(page, address, no_plan())
    shown = plan_view(engine, selected.area, selected.fiscal_year, selected.period)
    done, whole = len(shown.in_state("done")), len(shown.activities)
    return Slide(
        page,
        as_stored(address),
        shown.place.name,
        period_text(shown.period),
        headline(shown),
        lines=tuple(islice(_lines(shown), MOST_LINES)),
        figure=_matrix(shown) if shown.kpis else None,
        facts=(counted_fact(say("Activities done"), done, whole),),
    )


def _lines(shown: PlanView) -> Iterator[Line]:
    """The red KPIs with the activities behind them, what is late, then what is well."""
    for kpi in shown.failing[:_MOST_LISTED]:
        text = say("{name}: {result}", name=kpi_short(shown, kpi), result=result_text(kpi))
        numbers = ", ".join(one.item.number for one in kpi.late)
        behind = say("{told}; late: {late}", told=text, late=numbers) if numbers else text
        yield marked("fail", behind)
    late = shown.in_state("late")
    if late:
        names = Text.joined(first_names((item_name(one.item) for one in late), _MOST_LISTED), "; ")
        yield marked("watch", say("Late: {names}", names=names))
    else:
        yield marked("pass", say("No activity is late."))


def _matrix(shown: PlanView) -> Matrix:
    """The KPIs with target and result, those that fail first."""
    ordered = sorted(shown.kpis, key=lambda kpi: kpi.verdict is not Verdict.FAIL)[:MOST]
    return Matrix(
        say("KPIs against their targets"),
        say("KPI"),
        (say("Target"), say("Result"), say("Late activities")),
        tuple((kpi_short(shown, kpi), _cells(kpi)) for kpi in ordered),
    )


def _cells(kpi: KpiView) -> tuple[Cell, ...]:
    status = STATUSES[kpi.verdict]
    is_judged = kpi.verdict is not Verdict.NOT_JUDGED
    result = result_text(kpi) if kpi.share is not None else verdict_text(kpi.verdict)
    late = str(len(kpi.late))
    return (
        Cell(target_text(kpi), "none"),
        Cell(result, status, SIGNS[status] if is_judged else ""),
        Cell(Text(late, late), "fail" if kpi.late else "pass"),
    )
