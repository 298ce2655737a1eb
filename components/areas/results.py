"""Results of areas on a page: where the reader is, tiles, the figure and the table of a ranking."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict

import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import Past, Tile
from components.parts.shares import (
    STATUSES,
    change_since,
    percent_of,
    percent_text,
    target_text,
)
from components.parts.status import mark
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, tag
from components.reader.numbers import NONE
from components.reader.periods import period_short
from core.areas import COUNTRY, Level, parse_area
from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.geography.country import Place
from core.services.overview.area_share import Line, Share
from core.services.overview.view import Indicator, Shown
from core.services.overview.wording import lowest_limit_percent, value_text


def place_breadcrumb(chain: Sequence[Place], page: str) -> Html:
    """The places from the country down to an area, those above it as links on this page."""
    *above, here = chain
    return anatomy.breadcrumb(
        *(link(tr(place.name), page, area=area_key(place.code)) for place in above), tr(here.name)
    )


def area_key(code: str) -> str:
    """The value of an area in the address: empty for the country, which is the default."""
    return "" if code == COUNTRY else code


def value_of(row: Shown, indicator: Indicator) -> str:
    """The figure of an area or hospital in a ranking; empty where its status says it all."""
    return tr(value_text(row, indicator))


class JudgedFigure(TypedDict):
    """The share that judged an area, and how it is written."""

    figure: float | None
    figure_text: str


def judged_figure(share: Share | None) -> JudgedFigure:
    """The share an area was judged by; none where it has no target or nobody reported."""
    if share is None or not share.reporting or not share.is_judged:
        return JudgedFigure(figure=None, figure_text="")
    return JudgedFigure(figure=share.percent, figure_text=lowest_limit_percent(share))


def line_tile(
    line: Line, share: Share, before: Share | None, months: Iterable[tuple[Period, Share]] = ()
) -> Tile:
    """A line of a target: its share, its target, the change from the month before, its course."""
    earlier = {one.id: one for one in before.lines}.get(line.id) if before else None
    return Tile(
        label=tr(line.name),
        value=percent_of(line.share, line.limit),
        target=target_text(line),
        change=change_since(line.share, earlier.share if earlier else None, month=True),
        reported=(share.reporting, share.expected),
        status=STATUSES[line.verdict] if line.limit is not None else None,
        past=tuple(_past(line.id, when, one) for when, one in months),
    )


def _past(line: str, when: Period, share: Share) -> Past:
    """A line of a target in an earlier month; without value where nobody had reported."""
    past = {one.id: one for one in share.lines}.get(line) if share.reporting else None
    if past is None:
        return Past(period_short(when), None, NONE)
    return Past(period_short(when), past.share, f"{percent_text(past.share, past.limit)}%")


def level_change_tile(rose: int, fell: int) -> Tile:
    """How many hospitals are at a higher level than the month before, and at a lower one."""
    return Tile(
        label=_("Worse than the month before"),
        value=f"{rose:,}",
        unit=_("hospitals"),
        change=_("better: {count}", count=f"{fell:,}"),
    )


def ranking(
    rows: Sequence[Shown], page: str, *, title: str, measure: str, value: Callable[[Shown], str]
) -> None:
    """A table of areas: value, reported and verdict of each; a name leads into it on a page.

    `measure` heads the column of what `value` writes. Nothing is drawn without rows.
    """
    if not rows:
        return
    is_district = parse_area(rows[0].place.code).level is Level.DISTRICT
    columns = (
        Column(_("District") if is_district else _("Province")),
        Column(measure, number=True),
        Column(_("Reported, of how many"), number=True),
        Column(_("Verdict")),
    )
    cells = [(_name(row, page), value(row), _reported(row), _verdict(row)) for row in rows]
    st.html(tag("div", table_html(title, columns, cells), class_="t-compact t-long"))


def _name(row: Shown, page: str) -> Html:
    return link(tr(row.place.name), page, area=row.place.code)


def _reported(row: Shown) -> str:
    return f"{row.share.reporting:,}/{row.share.expected:,}" if row.share else ""


def _verdict(row: Shown) -> Html:
    share = row.share
    without_target = share is not None and share.reporting and not share.is_judged
    verdict = share.verdict if share else Verdict.NOT_JUDGED
    return mark(STATUSES[verdict], _("Not judged") if without_target else None)
