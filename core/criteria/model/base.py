"""Strict shapes shared by every kind of rule."""

import itertools
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from core.text import LANGUAGES, Text, say


class Strict(BaseModel):
    """A frozen shape that refuses unknown keys and silent conversions."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True
    )


class ShapeError(ValueError):
    """What a shape refuses, in both languages; raised inside its validators."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def adds_up_to(full: float, total: float) -> Text:
    """Says that full marks are not what the parts add up to."""
    return say("full marks are {full}, but the parts add up to {total}", full=full, total=total)


def _text(raw: Any) -> Text:
    if isinstance(raw, Text):
        return raw
    if not isinstance(raw, dict) or set(raw) != set(LANGUAGES):
        raise ShapeError(say("needs exactly the keys th and en"))
    if not all(isinstance(raw[lang], str) and raw[lang].strip() for lang in LANGUAGES):
        raise ShapeError(say("th and en must both be written"))
    return Text(**{lang: " ".join(raw[lang].split()) for lang in LANGUAGES})


def _tuple(raw: Any) -> Any:
    return tuple(raw) if isinstance(raw, list) else raw


TextField = Annotated[Text, BeforeValidator(_text)]
Listed: Final = BeforeValidator(_tuple)
"""Reads a YAML list as a tuple, so that a loaded rule can be shared and hashed."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.]*$")]


class Source(Strict):
    """Where a rule is printed; `document` is a key of `data/criteria/_sources.yaml`."""

    document: str
    where: Annotated[str, Field(min_length=1)]
    note: TextField | None = None


class Range(Strict):
    """Lowest and highest value that can be true, both included; outside is an error of the cell."""

    lowest: float
    highest: float

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, raw: Any) -> Any:
        if isinstance(raw, list) and len(raw) == 2:
            return {"lowest": raw[0], "highest": raw[1]}
        return raw


class Band(Strict):
    """One rung: `below` is <, `up_to` is <=; without either it catches the rest."""

    below: float | None = None
    up_to: float | None = None
    points: float
    name: TextField | None = None

    @model_validator(mode="after")
    def _one_edge(self) -> "Band":
        if self.below is not None and self.up_to is not None:
            raise ShapeError(say("a rung has below or up_to, not both"))
        return self

    @property
    def edge(self) -> float | None:
        return self.below if self.below is not None else self.up_to


def _check_bands(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    if not bands or bands[-1].edge is not None:
        raise ShapeError(say("the last rung must catch the rest"))
    edges = [(band.edge, band.below is None) for band in bands[:-1]]
    if any(edge is None for edge, _ in edges):
        raise ShapeError(say("only the last rung may be without an edge"))
    # `below: 60` before `up_to: 60` is the one legal repetition: a rung of its own for exactly 60.
    if any(a >= b for a, b in itertools.pairwise(edges)):
        raise ShapeError(say("rungs must rise"))
    return bands


Bands = Annotated[tuple[Band, ...], Listed, AfterValidator(_check_bands)]
