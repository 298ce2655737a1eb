"""The kind of rule behind a governance matrix: which light a facility's result lights."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.criteria.model.base import Id, Listed, ShapeError, Strict
from core.criteria.model.rules import Node
from core.text import say


class Light(Strict):
    """Values on one side of an edge light it, first match wins; the last catches the rest."""

    below: float | None = None
    up_to: float | None = None
    at_least: float | None = None
    above: float | None = None
    light: Literal["green", "yellow", "red"]

    @property
    def edge(self) -> tuple[Literal["below", "up_to", "at_least", "above"], float] | None:
        """The comparison and its number; None for the one that catches the rest."""
        names: tuple[Literal["below", "up_to", "at_least", "above"], ...] = (
            "below",
            "up_to",
            "at_least",
            "above",
        )
        given = [(n, getattr(self, n)) for n in names if getattr(self, n) is not None]
        return given[0] if given else None

    @model_validator(mode="after")
    def _one_edge(self) -> "Light":
        given = (self.below, self.up_to, self.at_least, self.above)
        if sum(edge is not None for edge in given) > 1:
            raise ShapeError(say("a light has one edge, or none"))
        return self


class LightColumn(Node):
    """One column: a result, or a part of it, and the light it lights.

    Of a part: its `figure`, its `points`, or its `margin`, how far in percent the figure lies above
    what it was held against. Of primary care units a hospital shows the lowest of its network's.
    """

    kind: Literal["lights"]
    of: Annotated[tuple[Id, ...], Listed, Field(min_length=1)]
    """The criterion; where each inspection round has its own, all of them."""
    part: str | None = None
    """Local id of a part of it."""
    take: Literal["value", "figure", "points", "margin"] = "value"
    lights: Annotated[tuple[Light, ...], Listed, Field(min_length=2)]
    beside: Id | None = None
    """Full id of a test that judges the same by exceptions this column does not know."""

    @model_validator(mode="after")
    def _whole(self) -> "LightColumn":
        if (self.take == "value") != (self.part is None):
            raise ShapeError(say("a value is the whole result's; the rest is a part's"))
        *inner, last = self.lights
        if last.edge is not None or any(light.edge is None for light in inner):
            raise ShapeError(say("only the last light is without an edge"))
        edges = [light.edge[1] for light in inner if light.edge]
        if edges not in (sorted(edges), sorted(edges, reverse=True)):
            raise ShapeError(say("edges must follow in order"))
        return self


class LightMatrix(Node):
    """Facilities as rows, lights as columns."""

    kind: Literal["light_matrix"]
    parts: Annotated[tuple[LightColumn, ...], Listed, Field(min_length=1)]
