"""The slide of comparisons: areas or moments side by side, where they differ most."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Engine

from core.periods import Period, period_short, period_text
from core.reports.slide import MOST_LINES, Cell, Fact, Line, Matrix, Slide
from core.scoring.base.state_words import SIGNS, STATUSES, Status, verdict_text
from core.scoring.base.states import Verdict
from core.services.comparison import areas as by_areas
from core.services.comparison.areas import AreaComparison, AreaRow, Compared
from core.services.comparison.data import ComparedCriterion, criteria_of
from core.services.comparison.periods import (
    Direction,
    PeriodComparison,
    PeriodRow,
    before_of,
    compare_periods,
)
from core.services.comparison.wording import (
    change_text,
    comparison_message,
    direction_text,
    share_text,
)
from core.services.meeting.views.figures import MOST, first_of
from core.services.meeting.views.parts import (
    AREA,
    NOTHING,
    PERIOD,
    Address,
    as_stored,
    counted_fact,
    nothing_stored,
    source_lines,
)
from core.services.overview.area_share import Share
from core.services.rules.menu import menu_criteria
from core.services.rules.origin import Origin, origin
from core.text import Text, say

_WAYS: Final[dict[Direction, tuple[Status, str]]] = {
    "better": ("pass", "▲"),
    "worse": ("fail", "▼"),
    "same": ("none", ""),
}
"""How a change is marked: its sign says whether it is for the better."""


def compare_slide(engine: Engine, page: str, address: Address) -> Slide:
    """Areas side by side, or one area now and before: where they differ most."""
    selected = by_areas.resolve_selection(
        engine,
        criteria_of(menu_criteria()),
        period=address.get(PERIOD, ""),
        areas=address.get("areas", ""),
        area=address.get(AREA, ""),
    )
    if selected is None:
        return nothing_stored(page, address)
    if address.get("by") == "periods":
        before = before_of(selected, address.get("before", ""))
        return _periods(engine, page, address, compare_periods(engine, selected, before))
    return _areas(engine, page, address, by_areas.compare(engine, selected))


def _areas(engine: Engine, page: str, address: Address, shown: AreaComparison) -> Slide:
    rows = sorted(shown.comparable, key=lambda row: -row.spread)
    names = tuple(place.name for place in shown.areas)
    cells = tuple((row.criterion.short, _side_cells(row.criterion, row.cells)) for row in rows)
    slide = _compared(page, address, comparison_message(shown), shown.moment)
    if not rows:
        return replace(slide, place=names[0], problem=_nothing_in_common())
    return replace(
        slide,
        place=Text.joined(names, " · "),
        lines=tuple(_area_line(row, names) for row in rows[:MOST_LINES]),
        figure=_matrix(say("Where they differ most"), names, cells),
        sources=source_lines(
            _origin(engine, rows, shown.moment, *(place.code for place in shown.areas))
        ),
        facts=tuple(_met(place.name, *shown.met(at)) for at, place in enumerate(shown.areas)),
    )


def _periods(engine: Engine, page: str, address: Address, shown: PeriodComparison) -> Slide:
    rows = sorted(shown.comparable, key=_turn)
    slide = _compared(page, address, comparison_message(shown), shown.moment)
    if not rows or shown.before is None:
        return replace(slide, place=shown.area.name, problem=_nothing_in_common())
    columns = (period_short(shown.before), period_short(shown.moment), say("Change (points)"))
    cells = tuple((row.criterion.short, _moved_cells(row)) for row in rows)
    return replace(
        slide,
        place=shown.area.name,
        lines=tuple(map(_period_line, rows[:MOST_LINES])),
        figure=_matrix(say("What changed most"), columns, cells),
        sources=source_lines(_origin(engine, rows, shown.moment, shown.area.code)),
        facts=(_met(period_short(shown.moment), *shown.met),),
    )


def _compared(page: str, address: Address, title: Text, moment: Period) -> Slide:
    return Slide(page, as_stored(address), NOTHING, period_text(moment), title)


def _origin(
    engine: Engine, rows: Iterable[AreaRow | PeriodRow], moment: Period, *areas: str
) -> Origin:
    return origin(engine, tuple(row.criterion.id for row in rows), moment, *areas)


def _nothing_in_common() -> Text:
    return say("No indicator was reported by both.")


def _met(of: Text, met: int, judged: int) -> Fact:
    return counted_fact(say("{place}: targets met", place=of), met, judged)


def _turn(row: PeriodRow) -> tuple[bool, float]:
    """What became worse first, and by most."""
    return row.direction != "worse", -abs(row.change or 0.0)


def _matrix(
    title: Text, columns: tuple[Text, ...], rows: tuple[tuple[Text, tuple[Cell, ...]], ...]
) -> Matrix:
    return Matrix(
        first_of(title, len(rows[:MOST]), len(rows)), say("Indicator"), columns, rows[:MOST]
    )


def _side_cells(criterion: ComparedCriterion, sides: Iterable[Compared | None]) -> tuple[Cell, ...]:
    return tuple(_share_cell(criterion, side.share if side else None) for side in sides)


def _share_cell(criterion: ComparedCriterion, share: Share | None) -> Cell:
    figure = share_text(criterion, share)
    verdict = share.verdict if share else Verdict.NOT_JUDGED
    status = STATUSES[verdict]
    mark = "" if verdict is Verdict.NOT_JUDGED else SIGNS[status]
    return Cell(Text(figure, figure), status, mark)


def _moved_cells(row: PeriodRow) -> tuple[Cell, ...]:
    change = change_text(row.change)
    tone, mark = _WAYS[row.direction or "same"]
    moved = Cell(Text(change, change), tone, mark)
    return (*_side_cells(row.criterion, (row.before, row.now)), moved)


def _area_line(row: AreaRow, names: Sequence[Text]) -> Line:
    """An indicator with the share of every area, as the first of them stands."""
    value = (
        say("{name} {figure}", name=name, figure=share_text(row.criterion, cell.share))
        for name, cell in zip(names, row.cells, strict=True)
    )
    text = say("{name}: {figure}", name=row.criterion.short, figure=Text.joined(value, " · "))
    return _judged_line(row.cells[0].share, text)


def _period_line(row: PeriodRow) -> Line:
    """An indicator before and now, and whether that is better."""
    figures = {
        "name": row.criterion.short,
        "before": share_text(row.criterion, row.before.share if row.before else None),
        "now": share_text(row.criterion, row.now.share if row.now else None),
        "way": direction_text(row.direction),
    }
    text = say("{name}: {before} → {now}, {way}", **figures)
    return _judged_line(row.now.share if row.now else None, text)


def _judged_line(share: Share | None, text: Text) -> Line:
    verdict = share.verdict if share else Verdict.NOT_JUDGED
    return Line(STATUSES[verdict], verdict_text(verdict), text)
