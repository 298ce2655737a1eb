"""What another reading would change, as tables: from what to what, where, and who."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from components.criteria.rereading import PAGE, places
from components.frame.navigation import page_of
from components.parts.downloads import download_button
from components.parts.filtered import AREAS, FIRST, Names
from components.parts.ordered import Head, Value, Worded, ordering
from components.parts.shares import STATUSES
from components.parts.status import basis_marks, mark
from components.parts.tables import Column, is_part, scrolling, table_html
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_text
from components.reader.view_cache import cached_by_view
from core.areas import Level, parse_area
from core.scoring.base.state_words import verdict_text
from core.scoring.base.states import Verdict
from core.services.rereading.changes import ChangedResult, Side
from core.services.rereading.compare import Compared, Rescored
from core.services.rereading.counts import (
    Effect,
    Outcome,
    PartTally,
    by_part,
    changed_areas,
    changed_facilities,
    effect_of,
    shown,
    transitions,
)
from core.services.rereading.takeaways import rescored_csv
from core.services.rereading.wording import side_text, way_text
from core.services.results.listing import indicator_name

VIEW: Final = 50
_MOST: Final = 3
"""Criteria whose outcomes are told side by side."""
_SIGNS: Final[dict[Effect, str]] = {"worse": "▼", "better": "▲", "lost": "–", "gained": "+"}
_VERDICTS: Final = (Verdict.PASS, Verdict.WATCH, Verdict.FAIL, Verdict.NOT_JUDGED)


def outcomes(rescored: Rescored) -> None:
    """From what to what: a table for each rule that comes out as verdicts, grades or levels."""
    html = _outcomes(rescored)
    if html:
        st.html(html)


@cached_by_view
def _outcomes(rescored: Rescored) -> Html:
    by_criterion: dict[str, list[Compared]] = {}
    tables = []
    for one in shown(rescored):
        by_criterion.setdefault(one.criterion, []).append(one)
    for criterion, compared in list(by_criterion.items())[:_MOST]:
        counts = transitions(compared)
        if {outcome for pair in counts for outcome in pair} - {None, Verdict.NOT_JUDGED}:
            tables.append(tag("div", _matrix(criterion, counts), class_="t-compact t-outcomes"))
    return joined(tables)


def _matrix(criterion: str, counts: dict[tuple[Outcome | None, Outcome | None], int]) -> Html:
    met = {outcome for pair in counts for outcome in pair}
    ordered = sorted(met, key=_order)
    corner = tag("th", tag("span", _("Now ↓ then →"), class_="t-word"), scope="col")
    head = joined(tag("th", _outcome(one), scope="col", class_="t-number") for one in ordered)
    rows = joined(
        tag("tr", tag("th", _outcome(was), scope="row"), *_cells(counts, was, ordered))
        for was in ordered
    )
    name = tr(indicator_name(criterion))
    caption = _("{name}: from what to what", name=name)
    return scrolling(caption, tag("tr", corner, head), rows)


def _cells(
    counts: dict[tuple[Outcome | None, Outcome | None], int],
    was: Outcome | None,
    ordered: Sequence[Outcome | None],
) -> list[Html]:
    return [
        tag(
            "td",
            f"{count:,}" if (count := counts.get((was, then), 0)) else "",
            class_="t-number" if was == then or not count else "t-number t-moved",
        )
        for then in ordered
    ]


def _order(one: Outcome | None) -> tuple[int, int, str]:
    """Verdicts from the best down, grades and levels as they stand, no result last."""
    if one is None:
        return 3, 0, ""
    if isinstance(one, Verdict):
        return 2, _VERDICTS.index(one), ""
    return (1, one, "") if isinstance(one, int) else (0, 0, one)


def _outcome(one: Outcome | None) -> Html:
    if one is None:
        return tag("span", _("No result"))
    if isinstance(one, Verdict):
        return mark(STATUSES[one], tr(verdict_text(one)))
    if isinstance(one, int):
        return tag("span", str(one), class_=f"t-level t-level-{one}")
    return tag("strong", one)


def parts(rescored: Rescored) -> None:
    """What lies in the area, part by part; a name leads into it."""
    html = _parts(rescored)
    if html:
        st.html(html)


@cached_by_view
def _parts(rescored: Rescored) -> Html:
    tallies = by_part(rescored)
    if not tallies:
        return Html()
    lost = any(part.tally.lost for part in tallies)
    columns = (
        Column(_("Area")),
        Column(_("Worse"), number=True),
        Column(_("Better"), number=True),
        *((Column(_("No result"), number=True),) if lost else ()),
        Column(_("As before"), number=True),
        Column(_("The area itself")),
    )
    rows = [_part(rescored, part, lost=lost) for part in tallies]
    whole = table_html(_("Part by part"), columns, rows)
    return tag("div", whole, class_="t-compact t-long t-parts")


def _part(rescored: Rescored, part: PartTally, *, lost: bool) -> tuple[str, ...]:
    tally = part.tally
    name = _("Not in the register")
    if part.code:
        name = link(tr(places(rescored).name(part.code)), PAGE, area=part.code)
    without = (tally.lost,) if lost else ()
    counts = (tally.worse, tally.better, *without, tally.unchanged + tally.shifted)
    own = joined((_own(move) for move in part.own_changes), " ")
    return name, *(f"{count:,}" if count else NONE for count in counts), own or NONE


def _own(move: ChangedResult) -> Html:
    sides = (_verdict(move.before), " → ", _verdict(move.after))
    return tag("span", *sides, class_="t-word", title=tr(indicator_name(move.criterion)))


def _verdict(side: Side | None) -> Html:
    verdict = Verdict.NOT_JUDGED if side is None or side.value is None else side.verdict
    return mark(STATUSES[verdict], tr(verdict_text(verdict)))


def facilities(rescored: Rescored) -> None:
    """Everybody who comes out otherwise, those that get worse first."""
    titles = _("Who would come out otherwise"), _("Facility or network")
    _changes_table(rescored, _facilities(rescored), *titles, FIRST)


def areas(rescored: Rescored) -> None:
    """Every area that comes out otherwise, the widest first."""
    titles = _("Areas that would come out otherwise"), _("Area")
    _changes_table(rescored, _areas(rescored), *titles, AREAS)


def _changes_table(
    rescored: Rescored, changes: Sequence[ChangedResult], caption: str, subject: str, names: Names
) -> None:
    """Fifty at a time, filtered by a column and put in order over all, as the address says."""
    if not changes:
        return
    caption, several = _caption(rescored, changes, caption)
    values = partial(_value_of, rescored)
    order = ordering(PAGE, _heads(subject, several=several), changes, values, VIEW, names)
    seen = order.shown(changes, values)
    rows = joined(_line(_row(rescored, move, several=several)) for move in seen)
    kind = is_part(len(seen), len(changes))
    st.html(scrolling(order.caption(caption, caption), order.head, rows, kind))


def _heads(subject: str, *, several: bool) -> list[Head]:
    own = [Head("indicator", _("Indicator"), is_number=False)] if several else []
    return [
        Head("name", subject, is_number=False),
        Head("province", _("Province"), is_number=False),
        *own,
        Head("before", _("As read now")),
        Head("after", _("As compared")),
        Head("change", _("Change"), is_number=False),
    ]


def _value_of(rescored: Rescored, key: str) -> Callable[[ChangedResult], Value]:
    """What results that change have in a column, to be put in order and filtered by."""

    def place(move: ChangedResult) -> Value:
        name = tr(rescored.places[move.period].name(move.subject))
        return Worded(name, f"{name} {move.subject}")

    def province(move: ChangedResult) -> Value:
        where = rescored.places[move.period]
        code = where.part_of(move.subject, Level.PROVINCE)
        return tr(where.name(code)) if code else None

    values: dict[str, Callable[[ChangedResult], Value]] = {
        "name": place,
        "province": province,
        "indicator": lambda move: tr(indicator_name(move.criterion)),
        "before": lambda move: _side_value(move.criterion, move.before),
        "after": lambda move: _side_value(move.criterion, move.after),
        "change": lambda move: tr(way_text(effect_of(move))),
    }
    return values[key]


def _side_value(criterion: str, side: Side | None) -> Value:
    if side is None or side.value is None:
        return None
    words = tr(verdict_text(side.verdict)) if side.verdict is not Verdict.NOT_JUDGED else ""
    return Worded(side.value, words or tr(side_text(criterion, side)))


def _line(cells: Sequence[str]) -> Html:
    first, *others = cells
    return tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in others))


@cached_by_view
def _facilities(rescored: Rescored) -> Sequence[ChangedResult]:
    return changed_facilities(rescored)


@cached_by_view
def _areas(rescored: Rescored) -> Sequence[ChangedResult]:
    return changed_areas(rescored)


def _caption(
    rescored: Rescored, changes: Sequence[ChangedResult], caption: str
) -> tuple[str, bool]:
    """The caption, and whether rows are of several indicators or periods: they say which then."""
    names = {tr(indicator_name(move.criterion)) for move in changes}
    several = len(names) > 1 or len(rescored.periods) > 1
    return (caption if several else f"{caption} · {names.pop()}"), several


def _row(rescored: Rescored, move: ChangedResult, *, several: bool) -> list[str]:
    where = rescored.places[move.period]
    province = where.part_of(move.subject, Level.PROVINCE)
    way = effect_of(move)
    cells = [
        _place(move, tr(where.name(move.subject))),
        tr(where.name(province)) if province else NONE,
        joined((_side(move.criterion, move.before), basis_marks(move.basis)), " "),
        _side(move.criterion, move.after),
        f"{_SIGNS.get(way, '')} {tr(way_text(way))}".strip(),
    ]
    if several:
        indicator = tr(indicator_name(move.criterion))
        when = f" · {period_text(move.period)}" if len(rescored.periods) > 1 else ""
        cells.insert(2, f"{indicator}{when}")
    return cells


def _place(move: ChangedResult, name: str) -> Html:
    """A facility leads to its profile, an area to the page of what is judged there."""
    when = str(move.period)
    if parse_area(move.subject).level is Level.FACILITY:
        return link(name, "facility", area=move.subject, period=when)
    page, criterion = page_of(move.criterion)
    return link(name, page or "overview", area=move.subject, period=when, criterion=criterion)


def _side(criterion: str, side: Side | None) -> Html:
    if side is None or side.value is None:
        return tag("span", NONE)
    text = tr(side_text(criterion, side))
    if side.verdict is Verdict.NOT_JUDGED:
        return tag("span", text)
    return mark(STATUSES[side.verdict], text)


def take_away(rescored: Rescored) -> None:
    """Every result that moves, as a table for a spreadsheet."""
    download_button(
        "rereading",
        _("Download all changes (CSV)"),
        partial(rescored_csv, rescored, current_language()),
        f"readings-{rescored.area}.csv",
        "text/csv",
    )
