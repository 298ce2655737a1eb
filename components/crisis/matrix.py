"""Hospitals as rows, the tests of their level as columns; every mark opens its why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts.downloads import filtered_buttons
from components.parts.ordered import Head, Ordering, Value, Values, Worded, ordering
from components.parts.status import SIGNS, Status, basis_marks, level_digit, status_word
from components.parts.tables import is_part, scrolling
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.view_cache import cached_by_view
from components.why.origins import head_of
from core.services.exports.workbook import Rows
from core.services.overview.crisis import VIEW, Cell, CrisisView, MatrixRow, Test, tests_of
from core.services.overview.month import Hospital
from core.services.overview.takeaways import crisis_rows
from core.services.rules.finance import CRISIS
from core.services.rules.judged.amounts import amount_text
from core.services.rules.origin import Origin
from core.text import Language

PAGE: Final = "crisis"
_NAME: Final = "name"
_LEVEL: Final = "level"


def matrix(engine: Engine, shown: CrisisView, known: Origin) -> None:
    """Fifty hospitals in the order of need or of a column, the sum of their points as the level.

    And all of them, or those that a filter leaves, with the figures of their tests to take away.
    """
    heads = [Head(_NAME, _("Hospital"), is_number=False), Head(_LEVEL, _("Level"))]
    heads += [Head(test.id, tr(test.name), quoted=True) for test in shown.tests]
    table = ordering(PAGE, heads, shown.hospitals, _values(engine, shown), VIEW)
    st.html(_table(engine, shown, table))
    make = partial(_taken, engine, shown, table, current_language())
    head = head_of(_("Tests of the crisis level, the hospitals in need first"), shown.chain, known)
    file = f"crisis-{shown.area.code}-{shown.period}"
    filtered_buttons("crisis", make, head, file, table.chosen)


def _taken(engine: Engine, shown: CrisisView, table: Ordering, language: Language) -> Rows:
    hospitals = tuple(table.chosen.filtered(shown.hospitals, _values(engine, shown)))
    return crisis_rows(engine, replace(shown, hospitals=hospitals), language)


@cached_by_view
def _table(engine: Engine, shown: CrisisView, table: Ordering) -> Html:
    chosen = table.shown(shown.hospitals, _values(engine, shown))
    body = joined(_row(row, shown.tests) for row in tests_of(engine, shown, chosen))
    caption = table.caption(
        _("Tests of the crisis level"), _("Tests of the crisis level, the hospitals in need first")
    )
    kind = f"t-matrix {is_part(len(chosen), len(shown.hospitals))}".strip()
    return scrolling(caption, table.head, body, kind)


def _values(engine: Engine, shown: CrisisView) -> Values[Hospital]:
    """What hospitals have in a column; the tests of all are read where one is asked for."""

    def values(key: str) -> Callable[[Hospital], Value]:
        if key == _NAME:
            return _name
        if key == _LEVEL:
            return lambda one: one.level
        place = next(n for n, test in enumerate(shown.tests) if test.id == key)
        by_hospital = _everybody(engine, shown)
        return lambda one: _judged(shown.tests[place], by_hospital[one.hcode], place)

    return values


@cached_by_view
def _everybody(engine: Engine, shown: CrisisView) -> Mapping[str, tuple[Cell, ...]]:
    rows = tests_of(engine, shown, shown.hospitals)
    return {row.hospital.hcode: row.cells for row in rows}


def _name(one: Hospital) -> Value:
    name = tr(one.place.name)
    return Worded(name, f"{name} {one.hcode}")


def _judged(test: Test, cells: Sequence[Cell], place: int) -> Value:
    cell = cells[place] if cells else None
    return Worded(cell.points if cell else None, status_word(_status(test, cell)))


def legend() -> None:
    """What the marks mean."""
    st.html(
        tag(
            "p",
            _("✓ no risk · ! or ✕ points of risk, printed beside it · – no figure."),
            " ",
            _("Each mark opens the rule, the figures and where they came from."),
            class_="t-sources",
        )
    )


def _row(row: MatrixRow, tests: Sequence[Test]) -> Html:
    one = row.hospital
    arrow = "" if not (one.rose or one.fell) else f" {'▲' if one.rose else '▼'}"
    cells = row.cells or (None,) * len(tests)
    badge = level_digit(one.level)
    if one.level is not None:
        label = _("Level {level}: why", level=one.level)
        badge = link(badge, "facility", label=label, area=one.place.code, why=CRISIS)
    return tag(
        "tr",
        tag("th", link(tr(one.place.name), "facility", area=one.place.code), scope="row"),
        tag("td", badge, _change_sign(one.rose, arrow), basis_marks(one.basis)),
        *(_cell(one.place.code, test, cell) for test, cell in zip(tests, cells, strict=True)),
    )


def _change_sign(rose: bool, sign: str) -> Html:
    if not sign:
        return Html()
    label = _("worse than the month before") if rose else _("better than the month before")
    return tag("span", sign, role="img", aria_label=label, class_="t-moved")


def _cell(hcode: str, test: Test, cell: Cell | None) -> Html:
    status = _status(test, cell)
    points = "" if cell is None or not cell.points else f" {cell.points:g}"
    figure = NONE if cell is None else _figure(cell, test)
    sign = tag(
        "span", f"{SIGNS[status]}{points}", class_=f"t-status t-{status}", aria_hidden="true"
    )
    label = _(
        "{test}: {verdict}, {figure}",
        test=tr(test.name),
        verdict=status_word(status),
        figure=figure,
    )
    mark_link = link(sign, "facility", label=label, area=hcode, why=test.id)
    # Names of tests are quoted from the rule, Latin letters and all.
    return tag("td", mark_link, translate="no")


def _figure(cell: Cell, test: Test) -> str:
    beside = () if cell.limit is None else (cell.limit,)
    return tr(amount_text(cell.figure, test.unit, beside))


def _status(test: Test, cell: Cell | None) -> Status:
    if cell is None or cell.points is None:
        return "none"
    if cell.points == 0:
        return "pass"
    return "fail" if cell.points >= test.full else "watch"
