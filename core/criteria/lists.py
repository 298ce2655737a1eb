"""The lists criteria name things of: documents cited, themes, measures."""

from collections.abc import Mapping
from typing import Annotated, Literal

from core.criteria.model.base import Listed, Strict, TextField


class Document(Strict):
    """A source document as it is cited."""

    title: TextField
    file: str


class Documents(Strict):
    """`data/criteria/_sources.yaml`."""

    documents: Mapping[str, Document]


class Themes(Strict):
    """`data/criteria/_themes.yaml`: what each folder of criteria is called."""

    themes: Mapping[str, TextField]


class Measure(Strict):
    """A figure kept in the store or typed in a form: its name and unit."""

    name: TextField
    unit: Literal[
        "answer", "baht", "count", "days", "percent", "points", "ratio", "text", "type", "weight"
    ]
    aliases: Annotated[tuple[str, ...], Listed] = ()
    """Other column titles a form may carry for it."""


class Measures(Strict):
    """`data/measures.yaml`."""

    measures: Mapping[str, Measure]
