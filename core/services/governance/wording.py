"""A governance matrix in words: its key message, and the figure of each light."""

from collections.abc import Sequence
from typing import Final

from core.criteria.model import LightColumn
from core.periods import period_text
from core.quantities import MISSING
from core.scoring.base.state_words import Status
from core.scoring.base.states import State
from core.scoring.explain.figures import points, rounded_beside
from core.scoring.themes.lights import LightColour
from core.services.governance.cells import LightCell
from core.services.governance.view import MatrixView
from core.text import Text, say

LIGHTS: Final[dict[LightColour, Status]] = {
    LightColour.GREEN: "pass",
    LightColour.YELLOW: "watch",
    LightColour.RED: "fail",
    LightColour.NONE: "none",
}
_MOST_DECIMALS: Final = 6


def matrix_message(shown: MatrixView) -> Text:
    """How many hospitals have a red light, of how many, and where most are red."""
    names = {"place": shown.area.name, "matrix": shown.matrix.name, "of": f"{shown.now.lit:,}"}
    if not shown.now.lit:
        return say(
            "{place}: {matrix} has no light in {period}", period=period_text(shown.period), **names
        )
    if not shown.now.red:
        return say("{place}: none of {of} hospitals has a red light in {matrix}", **names)
    most = max(shown.columns, key=lambda one: one.red)
    return say(
        "{place}: {number} of {of} hospitals have a red light in {matrix}"
        " · most of them: {column} ({red})",
        number=f"{shown.now.red:,}",
        column=most.name,
        red=f"{most.red:,}",
        **names,
    )


def light_figure(cell: LightCell, unit: str, edges: Sequence[float]) -> str:
    """A figure with few decimals, and with more where rounding would put it across an edge.

    `unit` is that of its column, `edges` are where the column's lights part.
    """
    value = cell.figure
    if value is None:
        return MISSING
    if unit == "level":
        return f"{value:g}"
    if unit == "of":
        return f"{value:g}/{cell.full:g}"
    if unit == "points":
        return points(value)
    shown = rounded_beside(value, edges, decimals=1, most=_MOST_DECIMALS)
    return f"+{shown}" if unit == "margin" and value > 0 else shown


def edges_of(rule: LightColumn) -> tuple[float, ...]:
    """Where a column's lights part."""
    return tuple(one.edge[1] for one in rule.lights if one.edge)


def unlit_text(cell: LightCell) -> Text:
    """Why nothing is lit, in a word or two; a dash where nothing was told."""
    nothing = Text(MISSING, MISSING)
    return {
        State.REPORTED: say("Not judged"),
        State.NOT_REPORTED: nothing if cell.result is None else say("Incomplete"),
        State.NOT_APPLICABLE: say("Does not apply"),
        State.CONTRADICTORY: say("Contradictory"),
        State.STALE: nothing,
        State.ERROR: say("Error in the figures"),
    }[cell.state]
