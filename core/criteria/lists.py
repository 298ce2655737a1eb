"""The lists of the data folder: documents cited, themes, measures, and the pages of the menu."""

from collections.abc import Mapping
from typing import Annotated, Literal

from core.criteria.model import Switch
from core.criteria.model.base import Id, Listed, Source, Strict, TextField


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


class ApartSwitch(Switch):
    """A contradiction that no criterion is about, and the page that judges what it is about."""

    about: TextField
    page: Id
    source: Source


class ApartReadings(Strict):
    """`data/criteria/_readings.yaml`."""

    readings: Mapping[str, ApartSwitch]


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


class MenuPage(Strict):
    """One page: `<id>.py` anywhere below `pages/`, at the address `/<id>`; the first is at `/`."""

    id: Id
    icon: str
    title: TextField
    indicators: Annotated[tuple[Id, ...], Listed] = ()
    """The area criteria that a page of a theme shows, the main one first."""
    asks: Literal["read", "rules", "users", "audit"] = "read"
    """What somebody must be allowed to do to open it (`core.access.roles.Action`)."""
    of: Literal["country", "area", "place"] = "place"
    """For what: the whole country, some area, or any place, be it one hospital."""

    @property
    def symbol(self) -> str:
        """The name of the icon as a ligature of the icon font."""
        return self.icon.removeprefix(":material/").removesuffix(":")


class MenuGroup(Strict):
    """Pages under one heading of the menu."""

    title: TextField
    pages: Annotated[tuple[MenuPage, ...], Listed]


class Menu(Strict):
    """`data/themes.yaml`: the whole menu, and the label of the language switch."""

    switch: TextField
    groups: Annotated[tuple[MenuGroup, ...], Listed]

    @property
    def pages(self) -> tuple[MenuPage, ...]:
        return tuple(entry for group in self.groups for entry in group.pages)
