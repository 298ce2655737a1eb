"""What a scorecard says: its key message, its rows by name, its cells in figures."""

from core.periods import period_text
from core.quantities import MISSING
from core.scoring.explain.figures import points
from core.services.overview.wording import lowest_limit_percent
from core.services.scorecard.columns import Column
from core.services.scorecard.view import Cell, Scorecard
from core.services.themes.wording import value_text
from core.text import Text, say


def scorecard_message(shown: Scorecard) -> Text:
    """How many targets the area meets, and how many rows are shown."""
    met, judged = shown.met
    names = {
        "place": shown.area.name,
        "rows": say(
            "{kind}: {count}", kind=row_names(shown.selection.rows), count=f"{shown.count:,}"
        ),
    }
    if not judged:
        when = period_text(shown.selection.moment)
        return say("{place}: no target is judged for {period} · {rows}", period=when, **names)
    return say("{place}: targets met: {met} of {judged} · {rows}", met=met, judged=judged, **names)


def row_names(rows: str) -> Text:
    """What a kind of rows is called."""
    return {
        "regions": say("Health regions"),
        "provinces": say("Provinces"),
        "districts": say("Districts"),
        "hospitals": say("Public hospitals"),
        "units": say("Primary care units"),
    }[rows]


def caption(shown: Scorecard) -> Text:
    """What the table is: rows, indicators, period."""
    return say(
        "{rows} by indicator, {period}",
        rows=row_names(shown.selection.rows),
        period=period_text(shown.selection.moment),
    )


def cell_figure(column: Column, cell: Cell) -> str:
    """The figure of a cell as the page of its theme writes it; a dash where there is none."""
    if cell.gap or cell.value is None:
        return MISSING
    if cell.share is not None:
        return lowest_limit_percent(cell.share)
    if column.kind == "level":
        return f"{cell.value:.0f}"
    return value_text(cell.value, column.unit) if column.unit else points(cell.value)
