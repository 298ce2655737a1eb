"""The calculator of time saved: steps, minutes, people and times, before and after."""

from collections.abc import Callable

import streamlit as st

from components.parts import anatomy
from components.reader.language import _, tr
from components.reader.markup import tag
from core.services.backoffice.calculator import Work, estimate, estimate_text
from core.services.backoffice.programme import programme


@st.fragment
def show() -> None:
    """Two rows of four numbers, and the estimate below them."""
    anatomy.section(_("Estimate of the time saved"))
    before = _work("before", _("before"))
    after = _work("after", _("after"))
    st.html(tag("p", tag("strong", tr(estimate_text(estimate(before, after))))))
    st.html(tag("p", tr(programme().calculator.assumption), class_="t-sources"))


def _work(key: str, when: str) -> Work:
    titles: tuple[Callable[[], str], ...] = (
        lambda: _("Steps, {when}", when=when),
        lambda: _("Minutes a step, {when}", when=when),
        lambda: _("People, {when}", when=when),
        lambda: _("Times in the quarter, {when}", when=when),
    )
    numbers = []
    for column, (name, title) in zip(
        st.columns(4), zip(Work._fields, titles, strict=True), strict=True
    ):
        with column:
            numbers.append(
                st.number_input(
                    title(),
                    min_value=0.0,
                    value=0.0,
                    step=1.0,
                    format="%g",
                    key=f"backoffice.{key}.{name}",
                )
            )
    return Work(*numbers)
