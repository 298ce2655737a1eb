"""Drawings side by side that answer to the pointer; a table beside them says the same."""

import gzip
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import orjson
import streamlit as st

from components.reader.assets import asset_address
from core.figures.drawing import BETWEEN, Drawing

# Streamlit takes every drawing out of HTML; a component may draw, and its script is kept.
_FIGURES: Final = st.components.v2.component(
    "figures",
    js="""
export default async (c) => {
  const sent = new Blob([c.data]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = await new Response(sent).json();
  return (await import(new URL(data.script, document.baseURI))).default({ ...c, data });
};
""",
    isolate_styles=False,
)


class Figure(NamedTuple):
    """A drawing with its title above and a note below it.

    `along`: the pointer asks for what is nearest along the months, however far above or below.
    """

    title: str
    drawing: Drawing
    note: str = ""
    along: bool = False


def figures(key: str, shown: Sequence[Figure]) -> None:
    """The drawings, as many in a row as have room."""
    _FIGURES(key=key, data=_sent(tuple(shown)))


@lru_cache(maxsize=1024)
def _sent(shown: tuple[Figure, ...]) -> bytes:
    """Compressed once for everybody: the open connection sends a message as it is."""
    figures = [_data(one) for one in shown]
    sent = orjson.dumps({"script": asset_address("figures/figures.js"), "figures": figures})
    return gzip.compress(sent, mtime=0)


def _data(one: Figure) -> dict[str, Any]:
    """A drawing; what its marks say are the phrases of its description."""
    marks = [(round(mark.x), round(mark.y), mark.place) for mark in one.drawing.marks]
    return {
        "title": one.title, "svg": one.drawing.svg, "marks": marks, "between": BETWEEN,
        "note": one.note, "along": one.along,
    }  # fmt: skip
