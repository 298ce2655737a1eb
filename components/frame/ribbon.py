"""The ribbon over every page while the demonstration is open, and the way back to it."""

import streamlit as st

from components.reader.language import _
from components.reader.markup import tag
from core.demo.loading import is_loaded, load
from core.services.stores import open_store
from core.store.engine.settings import choose, chosen


def ribbon() -> None:
    """A notice that the figures are invented, with a button that opens one's own store."""
    if chosen() != "demo":
        return
    with st.container(key="ribbon", horizontal=True, vertical_alignment="center"):
        text = _("Demonstration: all hospitals and figures are invented.")
        st.html(tag("p", tag("strong", text), class_="t-ribbon", role="note"), width="content")
        st.button(
            _("Begin with your own data"),
            key="begin",
            type="tertiary",
            on_click=choose,
            args=("own",),
        )


def demonstration_button() -> None:
    """A button that opens the demonstration, for a store that is still empty."""
    st.button(_("See the demonstration"), key="demonstration", on_click=_demonstrate)


def _demonstrate() -> None:
    """Open the demonstration; the first time its data is generated, which takes a while."""
    if not is_loaded(open_store("demo")):
        bar = st.progress(0.0, text=_("Preparing the demonstration"))

        def show(share: float) -> None:
            bar.progress(share)

        load(progress=show)
        bar.empty()
    choose("demo")
