"""Hospitals as rows, the tests of their level as columns; every mark opens its why."""

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.parts.downloads import table_buttons
from components.parts.ordered import Head, Ordering, ordering
from components.parts.status import SIGNS, Status, status_word
from components.parts.tables import is_part, scrolling
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.view_cache import cached_by_view
from components.why.origins import head_of
from core.services.overview.crisis import VIEW, Cell, CrisisView, MatrixRow, Test, tests_of
from core.services.overview.takeaways import crisis_rows
from core.services.rules.finance import CRISIS
from core.services.rules.judged.amounts import amount_text
from core.services.rules.origin import Origin

PAGE: Final = "crisis"
_NAME: Final = "name"
_LEVEL: Final = "level"


def matrix(engine: Engine, shown: CrisisView) -> None:
    """Fifty hospitals in the order of need or of a column, the sum of their points as the level."""
    heads = [Head(_NAME, _("Hospital"), is_number=False), Head(_LEVEL, _("Level"))]
    heads += [Head(test.id, tr(test.name), quoted=True) for test in shown.tests]
    st.html(_table(engine, shown, ordering(PAGE, heads, len(shown.hospitals), VIEW)))


@cached_by_view
def _table(engine: Engine, shown: CrisisView, table: Ordering) -> Html:
    rows = _rows(engine, shown, table)
    body = joined(_row(row, shown.tests) for row in rows)
    caption = table.caption(
        _("Tests of the crisis level"), _("Tests of the crisis level, the hospitals in need first")
    )
    kind = f"t-matrix {is_part(len(rows), len(shown.hospitals))}".strip()
    return scrolling(caption, table.head, body, kind)


def _rows(engine: Engine, shown: CrisisView, table: Ordering) -> Sequence[MatrixRow]:
    """The rows shown; the tests of all hospitals are read where a test puts them in order."""
    place = next((n for n, test in enumerate(shown.tests) if test.id == table.order.key), None)
    if place is not None:
        everybody = tests_of(engine, shown, shown.hospitals)
        return table.shown(everybody, lambda row: row.cells[place].points if row.cells else None)
    by_name = table.order.key == _NAME
    hospitals = table.shown(
        shown.hospitals, lambda one: tr(one.place.name) if by_name else one.level
    )
    return tests_of(engine, shown, hospitals)


def takeaways(engine: Engine, shown: CrisisView, known: Origin) -> None:
    """Every hospital with the figures of its tests, to take away."""
    make = partial(crisis_rows, engine, shown, current_language())
    head = head_of(_("Tests of the crisis level, the hospitals in need first"), shown.chain, known)
    table_buttons("crisis", make, head, f"crisis-{shown.area.code}-{shown.period}")


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
    level = NONE if one.level is None else str(one.level)
    kind = "none" if one.level is None else f"level-{one.level}"
    arrow = "" if not (one.rose or one.fell) else f" {'▲' if one.rose else '▼'}"
    cells = row.cells or (None,) * len(tests)
    badge = tag("span", level, class_=f"t-level t-{kind}")
    if one.level is not None:
        label = _("Level {level}: why", level=level)
        badge = link(badge, "facility", label=label, area=one.place.code, why=CRISIS)
    return tag(
        "tr",
        tag("th", link(tr(one.place.name), "facility", area=one.place.code), scope="row"),
        tag("td", badge, _change_sign(one.rose, arrow)),
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
