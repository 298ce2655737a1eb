"""The way to the next and the previous facility of the ranking one came from."""

import streamlit as st
from sqlalchemy import Engine

from components.areas.results import area_key
from components.reader.filters import LIST
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, tag
from core.services.geography.country import Place
from core.services.overview.view import View
from core.services.profiles.neighbours import Neighbours, neighbours


def ways(engine: Engine, hcode: str, view: View) -> Html:
    """Previous, the place in the ranking, and next; nothing where it is in no ranking."""
    ranking = st.query_params.get(LIST, "")
    shown = neighbours(engine, hcode, view.period, area=view.area, ranking=ranking)
    if shown is None or shown.of == 1:
        return Html()
    text = _(
        "{place} of {of} in {area}, ranked by: {ranking}",
        place=f"{shown.place:,}",
        of=f"{shown.of:,}",
        area=tr(shown.area.name),
        ranking=tr(shown.ranking),
    )
    return tag(
        "nav",
        _way(shown.before, shown, is_next=False),
        tag("span", text),
        _way(shown.after, shown, is_next=True),
        class_="t-neighbours",
        aria_label=_("Other facilities of the ranking"),
    )


def _way(to: Place | None, shown: Neighbours, *, is_next: bool) -> Html:
    if to is None:
        return Html()
    name = tr(to.name)
    text = _("Next: {name} ›", name=name) if is_next else _("‹ Previous: {name}", name=name)
    ranking = st.query_params.get(LIST, "")
    return link(text, "facility", facility=to.code, area=area_key(shown.area.code), list=ranking)
