"""The page of agreement with the ministry: how many results are equal, and why others differ."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.ordered import Head, Value, Worded, ordering
from components.parts.status import basis_marks
from components.parts.tables import Column, is_part, scrolling, table
from components.parts.wrapping import unbroken
from components.reader.filters import choice
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, money, whole
from components.reader.periods import period_short, period_text
from core.errors import UsageError
from core.periods import Period, parse_period
from core.services.agreement.compare import (
    INDICATORS,
    KINDS,
    LEVEL,
    Agreement,
    HospitalMonth,
    Pair,
    agreement,
    indicator_name,
    official_periods,
)
from core.services.agreement.wording import counts, headline, kind_name, nothing_to_compare
from core.services.scored.basis import Basis

_WHEN: Final = "months"
_ALL: Final = ""
_VIEW: Final = 50
_KIND: Final = 20
"""Width up to which the name of a class stays on one line."""
_DIFFERENT: Final = tuple(kind for kind in KINDS if kind != "equal")


def selection(engine: Engine) -> Agreement | None:
    """What the row of filters leaves; None while no table of the ministry was stored."""
    months = official_periods(engine)
    if not months:
        return None
    years = dict.fromkeys(str(month.fiscal_year) for month in reversed(months))
    options = [_ALL, *years, *map(str, reversed(months))]
    narrow, _rest = st.columns([1, 2.5])
    with narrow:
        chosen = choice(_WHEN, _("Months"), options, label_of=_when, hide_label=True)
    return agreement(engine, _period(chosen))


def _period(chosen: str) -> Period | None:
    try:
        return parse_period(chosen) if chosen else None
    except UsageError:
        return None


def _when(option: str) -> str:
    period = _period(option)
    return period_text(period) if period else _("Every month the ministry's table was sent of")


def how_to_begin() -> None:
    """What to do where the ministry's table is not there yet."""
    anatomy.headline(_("No results of the ministry are stored yet"))
    text = _(
        "Take the ministry's monthly table of risk scores as you received it ({columns}), drop it"
        " on the page for workbooks and store it: it is kept apart from computed results and"
        " compared with them here.",
        columns="{columns}",
    )
    before, after = text.split("{columns}")
    # As the ministry heads them, in both languages.
    columns = tag("span", "CR, QR, Cash, NWC, NI, Risk Scoring", translate="no")
    st.html(
        tag("p", before, columns, after) + tag("p", link(_("To the page for workbooks"), "upload"))
    )


def what_is_missing(shown: Agreement) -> bool:
    """Say what is missing where nothing can be compared; whether that is so."""
    missing = nothing_to_compare(shown)
    if missing is None:
        return False
    anatomy.headline(_("There is nothing to compare yet"))
    st.html(tag("p", tr(missing)) + tag("p", link(_("To the page for workbooks"), "upload")))
    return True


def heading(shown: Agreement) -> None:
    """The key message: how many levels are equal."""
    anatomy.headline(tr(headline(shown)))


def tiles(shown: Agreement) -> None:
    """The share of equal levels, classes of difference, and what only one side has."""
    equal, compared, kinds = counts(shown, LEVEL)
    of = _("of {count} hospital-months", count=f"{compared:,}")
    one_side = _(
        "ours {ours}, the ministry's {theirs}",
        ours=f"{len(shown.only_ours):,}",
        theirs=f"{len(shown.only_theirs):,}",
    )
    differing = [
        anatomy.Tile(
            label=_("Differ: {kind}", kind=tr(kind_name(kind))),
            value=f"{kinds[kind]:,}",
            change=of,
        )
        for kind in _DIFFERENT
    ]
    anatomy.tiles(
        [
            anatomy.Tile(
                label=_("Levels that are equal"),
                value=f"{100 * equal / compared:.2f}%" if compared else NONE,
                change=f"{equal:,} {of}",
            ),
            *differing,
            anatomy.Tile(
                label=_("Only one side has them"),
                value=f"{len(shown.only_ours) + len(shown.only_theirs):,}",
                change=one_side,
            ),
        ]
    )


def indicators(shown: Agreement) -> None:
    """Every indicator with how many are equal."""
    rows = (_counted(tr(indicator_name(one)), shown, one, None) for one in INDICATORS)
    table(_("Agreement by indicator"), _count_columns(_("Indicator")), rows)


def months(shown: Agreement) -> None:
    """The crisis level month by month, the newest first; months of one side are counted."""
    compared = [month for month in reversed(shown.months) if counts(shown, LEVEL, month)[1]]
    rows = (_counted(period_short(month), shown, LEVEL, month) for month in compared)
    table(_("Agreement of the crisis level by month"), _count_columns(_("Month")), rows)
    if left := len(shown.months) - len(compared):
        st.html(
            tag("p", _("Months that only one side has: {count}", count=left), class_="t-sources")
        )


def _count_columns(first: str) -> list[Column]:
    titles = (_("Equal"), _("Of"), *(tr(kind_name(kind)) for kind in _DIFFERENT))
    return [Column(first), *(Column(title, number=True) for title in titles)]


def _counted(name: str, shown: Agreement, indicator: str, period: Period | None) -> tuple[str, ...]:
    equal, compared, kinds = counts(shown, indicator, period)
    numbers = (equal, compared, *(kinds[kind] for kind in _DIFFERENT))
    return name, *(f"{number:,}" for number in numbers)


def differences(shown: Agreement) -> None:
    """Hospital-months whose levels differ, each with the figures that do."""
    differing = shown.differing
    if not differing:
        return
    anatomy.section(_("Levels that differ"))
    heads = [
        Head("name", _("Facility"), is_number=False),
        Head("month", _("Month"), is_number=False),
        Head("ours", _("Ours"), "t-number"),
        Head("theirs", _("The ministry's"), "t-number"),
        Head("kind", _("Why"), is_number=False),
        Head("", _("Figures that differ: ours / the ministry's"), is_number=False),
    ]
    values = partial(_value_of, shown)
    order = ordering("agreement", heads, differing, values, _VIEW)
    rows = order.shown(differing, values)
    title = _("Levels that differ")
    kind = is_part(len(rows), len(differing))
    st.html(scrolling(title, order.head, joined(_row(shown, one) for one in rows), kind))


def _value_of(shown: Agreement, key: str) -> Callable[[HospitalMonth], Value]:
    """What hospital-months that differ have in a column, to be put in order and filtered by."""
    values: dict[str, Callable[[HospitalMonth], Value]] = {
        "name": lambda one: Worded(_name(shown, one), f"{_name(shown, one)} {one.hcode}"),
        "month": lambda one: Worded(str(one.period), period_short(one.period)),
        "ours": lambda one: one.level.ours if one.level else None,
        "theirs": lambda one: one.level.theirs if one.level else None,
        "kind": lambda one: tr(kind_name(one.level.kind)) if one.level else None,
    }
    return values[key]


def _name(shown: Agreement, one: HospitalMonth) -> str:
    name = shown.names.get(one.hcode)
    return tr(name) if name else one.hcode


def _row(shown: Agreement, one: HospitalMonth) -> Html:
    level = one.level
    numbers = (whole(level.ours), whole(level.theirs)) if level else (NONE, NONE)
    why = unbroken(tr(kind_name(level.kind)), most=_KIND) if level else NONE
    figures = (pair for pair in one.pairs if pair.kind != "equal" and pair.indicator != LEVEL)
    place = link(_name(shown, one), "facility", area=one.hcode, period=str(one.period))
    return tag(
        "tr",
        tag("th", place, scope="row"),
        tag("td", period_short(one.period)),
        *(
            tag("td", number, " ", basis_marks(basis), class_="t-number")
            for number, basis in zip(numbers, (one.basis, Basis("official")), strict=True)
        ),
        tag("td", why),
        tag("td", "; ".join(map(_figures, figures))),
    )


def _figures(pair: Pair) -> str:
    """Both figures of a pair: ratios and points as they are, amounts in whole baht."""
    largest = max(abs(pair.ours), abs(pair.theirs))
    decimals = 0 if largest >= 1000 or pair.ours.is_integer() else 2
    sides = money(pair.ours, decimals), money(pair.theirs, decimals)
    return f"{tr(indicator_name(pair.indicator))} {' / '.join(sides)}"


def explanation() -> None:
    """What the classes mean, in small type."""
    anatomy.sources(
        _("Rounding: the figures differ by no more than a hundredth, or by ten baht."),
        _("Restated figures: the amounts behind are others, as after books were sent again."),
        _("Another definition: the figures are equal, or only the quick ratio differs."),
        _("The ministry's results are kept apart: no result shown elsewhere is made of them."),
    )
