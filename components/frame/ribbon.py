"""The ribbon over every page while the demonstration's data is open."""

import streamlit as st

from components.reader.language import _
from components.reader.markup import tag
from core.demo.loading import is_loaded, load
from core.services.stores import open_store
from core.store.engine.settings import choose, chosen


def ribbon() -> None:
    """Say that the figures are invented; one click opens a store of one's own."""
    if chosen() != "demo":
        return
    with st.container(key="ribbon", horizontal=True, vertical_alignment="center"):
        said = _("Demonstration: all hospitals and figures are invented.")
        st.html(tag("p", tag("strong", said), class_="t-ribbon", role="note"), width="content")
        st.button(
            _("Begin with your own data"),
            key="begin",
            type="tertiary",
            on_click=choose,
            args=("own",),
        )


def back_to_demonstration() -> None:
    """Offer the invented data where there is nothing of one's own yet."""
    st.button(_("See the demonstration"), key="demonstration", on_click=_demonstrate)


def _demonstrate() -> None:
    """Open the demonstration; the first time it has to be made up, which takes a while."""
    if not is_loaded(open_store("demo")):
        bar = st.progress(0.0, text=_("Preparing the demonstration"))

        def told(share: float) -> None:
            bar.progress(share)

        load(progress=told)
        bar.empty()
    choose("demo")
