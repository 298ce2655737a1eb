"""The tables of a comparison: a row for each indicator, each figure leading to its theme."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from components.areas.results import area_key
from components.compare.words import target_of
from components.frame.navigation import page_of
from components.parts.downloads import table_buttons
from components.parts.shares import STATUSES
from components.parts.status import SIGNS, mark, status_word
from components.parts.tables import head_row, scrolling
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import of_age, period_short
from components.reader.view_cache import cached_by_view
from components.why.origins import head_of
from core.scoring.base.states import Verdict
from core.services.comparison.areas import AreaComparison, AreaRow, Compared, Rank
from core.services.comparison.data import ComparedCriterion
from core.services.comparison.periods import PeriodComparison, PeriodRow
from core.services.comparison.takeaways import areas_rows, periods_rows
from core.services.comparison.wording import change_text, direction_text, share_text
from core.services.geography.country import Place
from core.services.overview.area_share import Share
from core.services.rules.origin import Origin


def table(shown: AreaComparison | PeriodComparison, known: Origin) -> None:
    """All rows in the order of the menu, and the same to take away."""
    if isinstance(shown, AreaComparison):
        st.html(_areas(shown))
        make = partial(areas_rows, shown, current_language())
        codes = [area.code for area in shown.areas]
    else:
        st.html(_periods(shown))
        _left_out(shown)
        make = partial(periods_rows, shown, current_language())
        codes = [shown.area.code, str(shown.before)]
    head = head_of(_("Every indicator"), shown.chain, known)
    table_buttons("compare", make, head, f"compare-{'-'.join(codes)}-{shown.moment}")


@cached_by_view
def _areas(shown: AreaComparison) -> Html:
    titles = [_("Indicator and target"), *(tr(area.name) for area in shown.areas)]
    rows = [_area_row(row, shown.areas) for row in shown.rows]
    return _whole(_("What each area came to, in percent of its facilities"), titles, rows)


def _area_row(row: AreaRow, areas: Sequence[Place]) -> Html:
    reported = next((cell.share for cell in row.cells if cell.share), None)
    period = of_age(period_short(row.period), is_stale=row.is_stale)
    cells = (
        _cell(row.criterion, cell, area, _rank(cell.rank))
        for cell, area in zip(row.cells, areas, strict=True)
    )
    return tag("tr", _head(row.criterion, reported, period), *cells)


def _rank(rank: Rank) -> str:
    return {"best": _("▲ best"), "worst": _("▼ worst"), "": ""}[rank]


def _head(criterion: ComparedCriterion, share: Share | None, when: str = "") -> Html:
    """The name, its full length under the mouse; what is asked, and in which period it was."""
    below = joined(tag("small", text) for text in (target_of(share), when) if text)
    # Names quote their sources, Latin letters and all.
    return tag(
        "th", tr(criterion.short), below, scope="row", title=tr(criterion.name), translate="no"
    )


def _cell(criterion: ComparedCriterion, cell: Compared, area: Place, *beside: str) -> Html:
    """The share with its verdict, a link to its theme; below it its counts, and what is beside."""
    share = cell.share
    if share is None or not share.reporting:
        return tag("td", NONE, tag("small", _missing(share)))
    page, shown = page_of(criterion.id)
    label = _(
        "{place}, {name}: {figure}, {verdict}",
        place=tr(area.name),
        name=tr(criterion.short),
        figure=share_text(criterion, share),
        verdict=_word(share.verdict),
    )
    figure = _figure(criterion, share)
    shown_figure = (
        link(
            figure, page, label=label, area=area_key(area.code), criterion=shown,
            period=str(cell.period),
        )
        if page
        else figure
    )  # fmt: skip
    below = joined(tag("small", text) for text in (_counts(share), _open(share), *beside) if text)
    return tag("td", shown_figure, below, translate="no")


def _figure(criterion: ComparedCriterion, share: Share) -> Html:
    text = share_text(criterion, share)
    if share.verdict is Verdict.NOT_JUDGED:
        return tag("span", text, class_="t-plain")
    status = STATUSES[share.verdict]
    return tag("span", f"{SIGNS[status]} {text}", class_=f"t-status t-{status}")


def _word(verdict: Verdict) -> str:
    return _("Not judged") if verdict is Verdict.NOT_JUDGED else status_word(STATUSES[verdict])


def _missing(share: Share | None) -> str:
    if share is None:
        return _("Not reported")
    return _("Not reported") if share.expected else _("Does not apply")


def _counts(share: Share) -> str:
    reported = _("reported {given}/{of}", given=f"{share.reporting:,}", of=f"{share.expected:,}")
    return f"{share.number:,}/{share.over:,} · {reported}"


def _open(share: Share) -> str:
    """What the verdict could still become once the silent ones report."""
    if not share.is_open:
        return ""
    best, worst = (status_word(STATUSES[verdict]) for verdict in (share.best, share.worst))
    return _("still open: {best} or {worst}", best=best, worst=worst)


@cached_by_view
def _periods(shown: PeriodComparison) -> Html:
    titles = [
        _("Indicator and target"),
        _("Earlier period"),
        _("This period"),
        _("Change (points)"),
        _("Verdict"),
    ]
    rows = [_period_row(row, shown.area) for row in shown.rows]
    return _whole(_("What the area came to before and now"), titles, rows)


def _left_out(shown: PeriodComparison) -> None:
    if shown.left_out:
        text = _(
            "Left out, judged by the same round both times: {count} indicators",
            count=shown.left_out,
        )
        st.caption(text)


def _period_row(row: PeriodRow, area: Place) -> Html:
    sides = [side.share for side in (row.now, row.before) if side and side.share]
    return tag(
        "tr",
        _head(row.criterion, sides[0]),
        _side(row.criterion, row.before, area),
        _side(row.criterion, row.now, area),
        _change(row),
        tag("td", _turn(row)),
    )


def _side(criterion: ComparedCriterion, side: Compared | None, area: Place) -> Html:
    if side is None:
        return tag("td", NONE, tag("small", _("Not judged in this period")))
    return _cell(criterion, side, area, period_short(side.period))


def _change(row: PeriodRow) -> Html:
    sign = {"better": "▲ ", "worse": "▼ "}.get(row.direction or "", "")
    way = tag("small", f"{sign}{tr(direction_text(row.direction))}") if row.direction else ""
    return tag("td", tag("strong", change_text(row.change)), way)


def _turn(row: PeriodRow) -> Html:
    """The verdict before and now; one alone where nothing turned."""
    before, now = row.verdicts
    if row.has_turned:
        arrow = tag("span", " → ", class_="t-plain")
        return joined((mark(STATUSES[before]), arrow, mark(STATUSES[now])))
    if now is Verdict.NOT_JUDGED:
        has_value = row.now is not None and row.now.percent is not None
        return tag("span", _word(now) if has_value else NONE)
    return mark(STATUSES[now])


def _whole(caption: str, titles: Sequence[str], rows: Sequence[Html]) -> Html:
    head = head_row((title, "") for title in titles)
    return scrolling(caption, head, joined(rows), "t-compared")
