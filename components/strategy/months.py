"""The plan by month and quarter, as a figure that the table below says in words."""

from functools import lru_cache
from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.charts import palette
from components.reader.filters import choice
from components.reader.language import _, current_language, tr
from components.reader.markup import tag
from core.figures.gantt import Row
from core.figures.gantt import gantt as gantt_figure
from core.periods import Period, calendar_month, month_name
from core.services.strategy.view import ItemView, PlanView
from core.services.strategy.wording import done_text, months_text, state_name

_PART: Final = "part"
_ALL: Final = "all"
_LATE: Final = "late"
_figure = lru_cache(maxsize=128)(gantt_figure)


def gantt(shown: PlanView) -> None:
    """Activities and steps over the months of the year, with the days on which they were done."""
    anatomy.section(_("The plan by month and quarter"))
    strategies = {one.id: one for one in shown.plan.of("strategy")}
    names = {
        _ALL: _("All activities"),
        _LATE: _("Late activities with their steps"),
        **{key: _("Strategy {number} with its steps", number=one.number)
           for key, one in strategies.items()},
    }  # fmt: skip
    chosen = choice(_PART, _("Part of the plan"), list(names), label_of=lambda key: names[key],
                    hide_label=True)  # fmt: skip
    wanted = _chosen(shown, chosen)
    rows = tuple(_row(shown, one) for one in wanted)
    if not rows:
        st.write(_("Nothing is late."))
        return
    key = _("diamond: the day it was done · dashed: end of {month} · shaded: quarters 2 and 4",
            month=month_name(shown.period.last_day.month, current_language()))  # fmt: skip
    st.html(tag("p", key, class_="t-note"))
    months = tuple(
        month_name(calendar_month(n), current_language(), short=True) for n in range(1, 13)
    )
    st.vega_lite_chart(
        spec=_figure(rows, months, shown.period.number, palette()),
        theme=None,
        key="strategy.gantt",
        alt="; ".join(map(_text, wanted)),
    )


def _chosen(shown: PlanView, part: str) -> list[ItemView]:
    if part == _ALL:
        return list(shown.activities)
    if part == _LATE:
        keep = {one.item.id for one in shown.in_state("late")}
        keep |= {item.id for key in set(keep) for item in shown.plan.under(key)}
    else:
        keep = {item.id for item in shown.plan.under(part)}
    levels = ("activity", "step")
    return [one for one in shown.items if one.item.id in keep and one.item.level in levels]


def _row(shown: PlanView, one: ItemView) -> Row:
    item, is_part = one.item, one.item.level == "step"
    name = f"{item.number} {item.title}" if not is_part else f"\u2003{item.number}. {item.title}"
    note = " ".join(filter(None, (tr(state_name(one.state)), tr(done_text(one)))))
    return Row(name, note, one.months, one.state, _done(shown, one), is_part)


def _done(shown: PlanView, one: ItemView) -> float | None:
    """Where the day lies, in months since the year began."""
    day = one.item.done_on
    if day is None or one.state != "done":
        return None
    first = Period(shown.stored.fiscal_year, "M", 1).first_day
    months = (day.year - first.year) * 12 + day.month - first.month
    return months + (day.day - 1) / 31


def _text(one: ItemView) -> str:
    parts = (one.item.number, tr(months_text(one.months)), tr(state_name(one.state)))
    return " ".join(parts)
