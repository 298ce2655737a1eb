"""A light of a governance matrix in words: its figure, what it rests on, where it leads."""

from collections.abc import Iterable
from typing import NamedTuple

from components.parts.status import SIGNS, status_word
from components.reader.language import _, tr
from components.reader.numbers import NONE
from components.reader.periods import period_text
from core.periods import Period
from core.scoring.base.states import State, Verdict
from core.scoring.themes.lights import LightColour
from core.services.governance.cells import LightCell, UnitCounts
from core.services.governance.takeaways import light_text
from core.services.governance.view import MatrixColumn
from core.services.governance.wording import edges_of, light_figure, unlit_text


class Look(NamedTuple):
    """What of a column its cells need: its name, its figures' unit, and where its lights part."""

    name: str
    unit: str
    edges: tuple[float, ...]


def look_of(column: MatrixColumn) -> Look:
    """The look of a column in the reader's language."""
    return Look(tr(column.name), column.unit, edges_of(column.rule))


def state_word(cell: LightCell) -> str:
    """Why nothing is lit, in a word or two."""
    return tr(unlit_text(cell))


def light_description(cell: LightCell, column: Look) -> str:
    """All that a cell says by signs and colours, as a sentence."""
    return " · ".join(filter(None, _description_parts(cell, column)))


def _description_parts(cell: LightCell, column: Look) -> Iterable[str]:
    figure, name = light_figure(cell, column.unit, column.edges), column.name
    if cell.light is not LightColour.NONE:
        light = tr(light_text(cell.light))
        yield _("{column}: {light}, {figure}", column=name, light=light, figure=figure)
    elif cell.state is State.STALE:
        light, when = tr(light_text(cell.earlier)), period_text(cell.period or "")
        yield _(
            "{column}: not reported; {light} in {period}, {figure}",
            column=name,
            light=light,
            period=when,
            figure=figure,
        )
    else:
        yield _("{column}: {state}", column=name, state=_spelled(cell))
    if cell.turned_red:
        yield _("turned red since the period before")
    if cell.units:
        yield units_text(cell.units)
    if cell.beside is not None:
        verdict = status_word("pass" if cell.beside is Verdict.PASS else "fail")
        yield _("by the TPS with its exceptions: {verdict}", verdict=verdict)


def _spelled(cell: LightCell) -> str:
    text = state_word(cell)
    return _("Not reported") if text == NONE else text


def units_text(units: UnitCounts) -> str:
    """How the primary care units of a network came out."""
    return _(
        "primary care units: green {green}, yellow {yellow}, red {red}, without a light {open}",
        green=units.green,
        yellow=units.yellow,
        red=units.red,
        open=units.open,
    )


def units_marks(units: UnitCounts) -> str:
    """The same in signs, those there are."""
    signs = (SIGNS["pass"], SIGNS["watch"], SIGNS["fail"], SIGNS["none"])
    return " ".join(f"{sign}{n}" for sign, n in zip(signs, units, strict=True) if n)


def short_period(period: Period) -> str:
    """An inspection round where there is little room."""
    return _("round {number}", number=period.number) if period.part == "R" else period_text(period)
