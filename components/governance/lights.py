"""A governance matrix: hospitals as rows, lights as columns; every light opens its why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

import streamlit as st

from components.governance.words import (
    Look,
    light_description,
    look_of,
    short_period,
    state_word,
    units_marks,
)
from components.parts.anatomy import disclosure
from components.parts.downloads import filtered_buttons
from components.parts.ordered import Head, Ordering, Value, Worded, ordering
from components.parts.status import SIGNS
from components.parts.tables import Column, is_part, scrolling, table_html
from components.reader.language import _, current_language, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.periods import period_text
from components.reader.store import store_of_view
from components.reader.view_cache import cached_by_view
from components.why.origins import head_of
from components.why.verified import legend as verified_legend
from components.why.verified import sign
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.scoring.explain.words import edge_text, number
from core.scoring.themes.lights import LightColour
from core.services.exports.workbook import Rows
from core.services.governance.cells import LightCell
from core.services.governance.data import LitHospital
from core.services.governance.takeaways import light_text, matrix_rows
from core.services.governance.view import VIEW, MatrixColumn, MatrixView, why_of
from core.services.governance.wording import LIGHTS, light_figure
from core.services.rules.origin import Origin
from core.services.rules.verified.marks import ColumnMarks, Columns, column_marks
from core.text import Language, Text, say

PAGE: Final = "governance"
_NAME: Final = "name"
_TPS: Final = "TPS"


def matrix(shown: MatrixView, known: Origin) -> None:
    """Fifty hospitals at a time in the order of need; and all of them to take away."""
    heads = [Head(_NAME, _("Hospital"), is_number=False)]
    heads += [Head(str(n), tr(one.name), quoted=True) for n, one in enumerate(shown.columns)]
    table = ordering(PAGE, heads, shown.hospitals, _values, VIEW)
    st.html(_table(shown, table, _marks(shown)))
    file = f"{shown.matrix.id}-{shown.area.code}-{shown.period}"
    head = head_of(_caption(shown), shown.chain, known)
    make = partial(_taken, shown, table, current_language())
    filtered_buttons("governance", make, head, file, table.chosen)


def _taken(shown: MatrixView, table: Ordering, language: Language) -> Rows:
    hospitals = tuple(table.chosen.filtered(shown.hospitals, _values))
    return matrix_rows(replace(shown, hospitals=hospitals), language)


def _behind(shown: MatrixView) -> Columns:
    """Every criterion and period that a light of the matrix comes from."""
    cells = (cell for one in shown.hospitals for cell in one.cells)
    keys = {(c.criterion, c.period) for c in cells if c.criterion and c.period}
    return tuple(sorted(keys, key=str))


def _marks(shown: MatrixView) -> tuple[ColumnMarks, ...]:
    """How far what each criterion and period rests on is verified, in the order of `_behind`."""
    return column_marks(store_of_view(), _behind(shown), shown.area.code)


@cached_by_view
def _table(shown: MatrixView, table: Ordering, marks: tuple[ColumnMarks, ...]) -> Html:
    verified = dict(zip(_behind(shown), marks, strict=True))
    chosen = table.shown(shown.hospitals, _values)
    looks = tuple(map(look_of, shown.columns))
    body = joined(_row(one, shown, looks, verified) for one in chosen)
    kind = f"t-matrix t-lights {is_part(len(chosen), len(shown.hospitals))}".strip()
    return scrolling(table.caption(_caption(shown), _caption(shown)), table.head, body, kind)


def _caption(shown: MatrixView) -> str:
    return _(
        "{matrix}, the hospitals in need first: {month}, round {number}",
        matrix=tr(shown.matrix.name),
        month=period_text(shown.period),
        number=shown.period.round.number,
    )


def _values(key: str) -> Callable[[LitHospital], Value]:
    return _name if key == _NAME else partial(_lit, int(key))


def _name(one: LitHospital) -> Value:
    name = tr(one.place.name)
    return Worded(name, f"{name} {one.hcode}")


def _lit(place: int, one: LitHospital) -> Value:
    """The figure of a column that lights, and its colour; of none that it has no light."""
    cell = one.cells[place]
    figure = None if cell.light is LightColour.NONE else cell.figure
    return Worded(figure, tr(light_text(cell.light)))


_Verified = Mapping[tuple[str, Period], ColumnMarks]


def _row(one: LitHospital, shown: MatrixView, looks: Sequence[Look], verified: _Verified) -> Html:
    columns, matrix = shown.columns, shown.matrix.id
    name = link(tr(one.place.name), "facility", area=one.hcode, list=matrix)
    cells = joined(
        tag("td", _light(cell, column, look, matrix), _sign_of(cell, verified), translate="no")
        for cell, column, look in zip(one.cells, columns, looks, strict=True)
    )
    return tag("tr", tag("th", name, scope="row"), cells)


def _sign_of(cell: LightCell, verified: _Verified) -> Html:
    """The sign of how far the self-assessment behind a light is verified; empty for all others."""
    if cell.criterion is None or cell.period is None or cell.subject is None:
        return Html()
    marks = verified.get((cell.criterion, cell.period))
    one = marks.of(cell.subject) if marks else None
    return sign(one) if one else Html()


def light_html(cell: LightCell, column: MatrixColumn, matrix: str = "") -> Html:
    """A mark with its figure, a link to its why where something was told.

    `matrix` is the one whose hospitals stand before and after the one that is led to.
    """
    return _light(cell, column, look_of(column), matrix)


def _light(cell: LightCell, column: MatrixColumn, look: Look, matrix: str) -> Html:
    label, shown = _drawn(current_language(), cell, look)
    if cell.subject is None or cell.criterion is None:
        return tag("span", shown, role="img", aria_label=label)
    why = why_of(column.rule, cell.criterion)
    when = str(cell.period or "")
    return link(
        shown, "facility", label=label, area=cell.subject, why=why, period=when, list=matrix
    )


@lru_cache(maxsize=65_536)
def _drawn(_language: Language, cell: LightCell, look: Look) -> tuple[str, Html]:
    """What a light says in words, and what is seen of it: the same in every area's matrix."""
    seen = joined((_mark(cell, look), *(_small(cell) if cell.subject else ())))
    return light_description(cell, look), seen


def _mark(cell: LightCell, column: Look) -> Html:
    figure = light_figure(cell, column.unit, column.edges)
    if cell.state is State.STALE:
        status = LIGHTS[cell.earlier]
        return _sign(f"{SIGNS[status]} {figure}", f"t-status t-{status} t-faded")
    if cell.light is LightColour.NONE:
        kind = "t-apart" if cell.state is State.NOT_APPLICABLE else "t-status t-none"
        return _sign(state_word(cell), kind)
    status = LIGHTS[cell.light]
    arrow = " ▲" if cell.turned_red else ""
    return _sign(f"{SIGNS[status]} {figure}{arrow}", f"t-status t-{status}")


def _sign(text: str, kind: str) -> Html:
    return tag("span", text, class_=kind, aria_hidden="true")


def _small(cell: LightCell) -> list[Html]:
    """What stands beside a light: the round it is of, a network's units, the other verdict."""
    texts = []
    if cell.state is State.STALE and cell.period:
        texts.append(short_period(cell.period))
    if cell.units and sum(cell.units) > 1:
        texts.append(units_marks(cell.units))
    if cell.beside is not None:
        texts.append(f"{_TPS} {SIGNS['pass' if cell.beside is Verdict.PASS else 'fail']}")
    return [tag("small", text, aria_hidden="true") for text in texts]


def legend(shown: MatrixView) -> None:
    """What the marks mean, and behind a line when a light is which."""
    lines = [
        _("✓ green · ! yellow · ✕ red, the figure beside it · ▲ red since this period."),
        _("– not reported · dashed: of an earlier round, it lights nothing now."),
    ]
    if any(one.rule.beside for one in shown.columns):
        lines.append(_("TPS ✓ or ✕: that score, which knows exceptions, judges otherwise."))
    if any(cell.units for one in shown.hospitals[:VIEW] for cell in one.cells):
        lines.append(_("Small signs: primary care units by light; the lowest level counts."))
    if any(one.form for one in _marks(shown)):
        lines.append(verified_legend())
    lines.append(_("Each mark opens the rule, the figures and where they came from."))
    st.html(tag("p", " ".join(lines), class_="t-sources"))
    st.html(_rules_line(shown))


@cached_by_view
def _rules_line(shown: MatrixView) -> Html:
    return disclosure(_("When a light is green, yellow or red"), _rules(shown))


def _rules(shown: MatrixView) -> Html:
    colours = (LightColour.GREEN, LightColour.YELLOW, LightColour.RED)
    head = (Column(_("Column")), *(Column(tr(light_text(one))) for one in colours))
    rows = [
        (tr(one.name), *(tr(_edge(one, colour)) for colour in colours)) for one in shown.columns
    ]
    return table_html(tr(shown.matrix.name), head, rows)


def _edge(column: MatrixColumn, colour: LightColour) -> Text:
    """When a light is lit, unless one to its left is."""
    light = next(one for one in column.rule.lights if one.light == colour.name.lower())
    if light.edge is None:
        return say("the rest")
    return edge_text(light.edge[0], number(light.edge[1]))
