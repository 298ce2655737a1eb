"""What a scorecard says: its key message, its rows by name, its cells in figures and words."""

from components.parts.shares import target_text, targets_text
from components.reader.language import _, tr
from components.reader.numbers import NONE, points
from components.reader.periods import of_age, period_short, period_text
from core.services.overview.area_share import Share
from core.services.overview.wording import lowest_limit_percent
from core.services.scorecard.columns import Column
from core.services.scorecard.view import Cell, Scorecard
from core.services.themes.wording import value_text


def key_message(shown: Scorecard) -> str:
    """How many targets the area meets, and how many rows are shown."""
    place, when = tr(shown.area.name), period_text(shown.selection.moment)
    met, judged = shown.met
    rows = _("{kind}: {count}", kind=row_names(shown.selection.rows), count=f"{shown.count:,}")
    if not judged:
        return _("{place}: no target is judged for {period} · {rows}",
                 place=place, period=when, rows=rows)  # fmt: skip
    return _(
        "{place}: targets met: {met} of {judged} · {rows}",
        place=place,
        met=met,
        judged=judged,
        rows=rows,
    )


def row_names(rows: str) -> str:
    """What a kind of rows is called."""
    return {
        "regions": _("Health regions"),
        "provinces": _("Provinces"),
        "districts": _("Districts"),
        "hospitals": _("Public hospitals"),
        "units": _("Primary care units"),
    }[rows]


def caption(shown: Scorecard) -> str:
    """What the table is: rows, indicators, period."""
    return _(
        "{rows} by indicator, {period}",
        rows=row_names(shown.selection.rows),
        period=period_text(shown.selection.moment),
    )


def measure(column: Column) -> str:
    """What the figures of a column are counted in."""
    if column.kind == "level":
        return _("Level")
    if column.kind == "points":
        return _("Points")
    is_steps = column.unit is not None and column.unit.value == "blocks_passed"
    return _("Level") if is_steps else "%"


def when(column: Column) -> str:
    """The period of a column, and that it is older than the one asked for where it is."""
    return of_age(period_short(column.period), is_stale=column.is_stale)


def asked(share: Share | None) -> str:
    """Every target of a share; empty where it is shown and not judged."""
    judged = [line for line in share.lines if line.limit is not None] if share else []
    if share is None or not judged:
        return ""
    return target_text(judged[0]) if len(judged) == 1 else targets_text(share)


def figure(column: Column, cell: Cell) -> str:
    """The figure of a cell as the page of its theme writes it; a dash where there is none."""
    if cell.gap or cell.value is None:
        return NONE
    if cell.share is not None:
        return lowest_limit_percent(cell.share)
    if column.kind == "level":
        return f"{cell.value:.0f}"
    return value_text(cell.value, column.unit) if column.unit else points(cell.value)
