"""A comparison to take away."""

from core.scoring.base.state_words import verdict_text
from core.scoring.explain.words import edge_text, number
from core.services.comparison.areas import AreaComparison, Compared, Rank
from core.services.comparison.periods import Direction, PeriodComparison, PeriodRow
from core.services.exports.workbook import Rows
from core.services.overview.area_share import Share
from core.text import Language, Text, say


def areas_rows(shown: AreaComparison, language: Language) -> Rows:
    """A line for each indicator and area."""
    head = [say("Indicator"), say("Target"), say("Area code"), say("Area"), *_titles()]
    rows = [
        [
            row.criterion.name.in_(language),
            _target(cell.share, language),
            area.code,
            area.name.in_(language),
            *_figures(cell, language),
            _rank(cell.rank, language),
        ]
        for row in shown.rows
        for area, cell in zip(shown.areas, row.cells, strict=True)
    ]
    titles = [*head, say("Standing")]
    return [[title.in_(language) for title in titles], *rows]


def periods_rows(shown: PeriodComparison, language: Language) -> Rows:
    """A line for each indicator: before, then now, then the change."""
    head = [say("Indicator"), say("Area code"), say("Area"), say("Target")]
    was = [say("{title} before", title=title) for title in _titles()]
    titles = [*head, *was, *_titles(), say("Change"), say("Direction")]
    rows = [
        [
            row.criterion.name.in_(language),
            shown.area.code,
            shown.area.name.in_(language),
            _target(_newest(row), language),
            *_figures(row.before, language),
            *_figures(row.now, language),
            row.change,
            _way(row.direction, language),
        ]
        for row in shown.rows
    ]
    return [[title.in_(language) for title in titles], *rows]


def _titles() -> list[Text]:
    return [
        say("Period"),
        say("Percent"),
        say("Facilities"),
        say("Of"),
        say("Reported"),
        say("Expected"),
        say("Verdict"),
    ]


def _figures(cell: Compared | None, language: Language) -> list[object]:
    if cell is None or cell.share is None:
        return ["" if cell is None else str(cell.period), *[None] * 6]
    share, is_known = cell.share, cell.percent is not None
    return [
        str(cell.period),
        cell.percent,
        share.number if is_known else None,
        share.over,
        share.reporting,
        share.expected,
        verdict_text(share.verdict).in_(language),
    ]


def _newest(row: PeriodRow) -> Share | None:
    sides = (row.now, row.before)
    return next((side.share for side in sides if side and side.share), None)


def _target(share: Share | None, language: Language) -> str:
    """Every target, named where there are several."""
    lines = [line for line in share.lines if line.op and line.limit is not None] if share else []
    targets = [
        (
            line.name.in_(language),
            edge_text(line.op, number(line.limit), percent=True).in_(language),
        )
        for line in lines
        if line.op and line.limit is not None
    ]
    if len(targets) == 1:
        return targets[0][1]
    return ", ".join(f"{name}: {limit}" for name, limit in targets)


def _rank(rank: Rank, language: Language) -> str:
    words = {"best": say("Best"), "worst": say("Worst")}
    return words[rank].in_(language) if rank else ""


def _way(direction: Direction | None, language: Language) -> str:
    words = {"better": say("Better"), "worse": say("Worse"), "same": say("Unchanged")}
    return words[direction].in_(language) if direction else ""
