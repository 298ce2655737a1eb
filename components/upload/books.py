"""A dropped trial balance: how its hospital stands in the last month, and the ministry's ratios."""

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined
from components.reader.numbers import money, whole
from components.reader.periods import period_short, period_text
from components.upload.finance import level_reason
from components.why.rules import quoted
from core.forms.trial_balance.ratios import RatioValue
from core.periods import Period
from core.services.intake.kinds import TrialBalanceIntake
from core.services.scored.finance_why import explain_row, levels

_HOSPITALS: Final = 12
"""So many hospitals' ratios are shown; the file's JSON has them all."""


def key_message(intake: TrialBalanceIntake) -> str:
    """The level of the last month that has one; empty unless the file is of a single hospital."""
    last = _last(intake)
    if last is None:
        return ""
    _place, hcode, period, level = last
    return _(
        "{facility}: crisis level {level} in {month}, from the books of {count} months",
        facility=hcode,
        level=whole(level),
        month=period_short(period),
        count=len(intake.reading.lines),
    )


def reason(intake: TrialBalanceIntake) -> None:
    """Why the level of the key message is what it is; nothing of several hospitals."""
    last = _last(intake)
    why = explain_row(intake.table, last[0]) if last else None
    if last is None or why is None:
        return
    _place, _hcode, period, level = last
    title = _("Why level {level} in {month}", level=whole(level), month=period_short(period))
    anatomy.section(title)
    st.html(joined(level_reason(why[0])))


def _last(intake: TrialBalanceIntake) -> tuple[int, str, Period, float] | None:
    """The last month of a single hospital that has a level: its row, whose, when, the level."""
    judged = levels(intake.table)
    lines = [
        (place, line.hcode, line.period, float(level))
        for place, (line, level) in enumerate(zip(intake.reading.lines, judged, strict=True))
        if line.hcode is not None and line.period is not None and not math.isnan(level)
    ]
    if not lines or len({line.hcode for line in intake.reading.lines}) != 1:
        return None
    return max(lines, key=lambda one: one[2])


def ratios(intake: TrialBalanceIntake) -> None:
    """A line to open for the ratios of each hospital's last month."""
    last: dict[str, tuple[Period, Sequence[RatioValue]]] = {
        line.hcode: (line.period, values)
        for line, values in zip(intake.reading.lines, intake.ratios, strict=True)
        if line.hcode is not None and line.period is not None
    }
    tables = [
        table_html(
            _("Ratios of {facility}, {period}", facility=hcode, period=period_text(period)),
            _columns(),
            map(tuple, map(_cells, values)),
        )
        for hcode, (period, values) in islice(last.items(), _HOSPITALS)
    ]
    if tables:
        st.html(disclosure(_("The ministry's ratios of the last month"), joined(tables)))


def _columns() -> list[Column]:
    return [
        Column(_("Ratio")),
        Column(_("Above the line (baht)"), number=True),
        Column(_("Below the line (baht)"), number=True),
        Column(_("Value"), number=True),
        Column(_("Unit")),
    ]


def _cells(value: RatioValue) -> Iterator[str | Html]:
    ratio = value.ratio
    units = {"ratio": _("times"), "baht": _("baht"), "percent": "%", "days": _("days")}
    yield quoted(f"{ratio.id} {tr(ratio.name)}")
    yield from map(money, (value.x, value.y, value.value))
    yield units[ratio.unit]
