"""What a scorecard says on the page: its rows by name, and what stands above its columns."""

from components.reader.language import _, tr
from components.reader.periods import of_age, period_short
from core.services.overview.area_share import Share
from core.services.overview.wording import requirement_text
from core.services.scorecard import wording
from core.services.scorecard.columns import Column
from core.services.scorecard.view import Scorecard


def row_names(rows: str) -> str:
    """What a kind of rows is called."""
    return tr(wording.row_names(rows))


def caption(shown: Scorecard) -> str:
    """What the table is: rows, indicators, period."""
    return tr(wording.caption(shown))


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


def targets_text(share: Share | None) -> str:
    """Every target of a share; empty where it is shown and not judged."""
    return tr(requirement_text(share))
