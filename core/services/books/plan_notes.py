"""What is to be known of a financial plan by line: totals that lack lines judge nothing."""

from collections.abc import Iterator
from typing import Final

from core.criteria.catalog import measure_name
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.table.lines import figures
from core.forms.table.read import TableReading
from core.forms.trial_balance.plan import FORM, TOTALS, plan_figures
from core.periods import period_text
from core.text import Text

_MOST_LISTED: Final = 3


def plan_notes(reading: TableReading) -> Iterator[CellIssue]:
    """A warning for each total that lacks lines of the plan."""
    if reading.form.id != FORM:
        return
    known = figures(reading.form)
    for line in reading.lines:
        if line.subject is None or line.period is None:
            continue
        values = {figure.measure: line.values[figure.place] for figure in known}
        for kind, lines in plan_figures(values, line.period.number).lacking.items():
            if lines:
                names = _names(reading.form)
                params = {
                    "facility": line.subject,
                    "period": period_text(line.period),
                    "title": measure_name(TOTALS[kind]),
                    "count": len(lines),
                    "lines": Text.joined((names[one] for one in lines[:_MOST_LISTED]), ", "),
                }
                spot = line.key_spot
                yield CellIssue("W447", spot.sheet, spot.place.name, "", "", params)


def _names(form: TableForm) -> dict[str, Text]:
    return {choice.id: choice.name for column in form.columns for choice in column.choices}
