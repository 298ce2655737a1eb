"""The fields a change is typed into: levers in baht, and days more or less."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from components.foresight import addresses
from components.parts import anatomy
from components.reader.filters import SET
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import tag
from core.criteria.catalog import measure_name
from core.foresight.levers import levers
from core.services.foresight.whatif.change import DAYS

_MOST_LETTERS: Final = 20
_MOST_DAYS: Final = 3650


def fields(wanted: Mapping[str, float]) -> Mapping[str, int | None]:
    """Draw the fields as the address has them; what they hold, None for what is no amount."""
    given: dict[str, int | None] = {}
    for column, (name, lever) in zip(st.columns(len(levers())), levers().items(), strict=True):
        with column:
            typed = st.text_input(
                _("{lever}, baht", lever=tr(lever.name)),
                value=f"{wanted.get(name, 0):,.0f}",
                max_chars=_MOST_LETTERS,
            )
            given[name] = addresses.baht_of(typed)
    for column, name in zip(st.columns(len(DAYS)), DAYS, strict=True):
        with column:
            given[name] = st.number_input(
                _("{figure}, days more or less", figure=tr(measure_name(name))),
                min_value=-_MOST_DAYS,
                max_value=_MOST_DAYS,
                value=int(max(-_MOST_DAYS, min(wanted.get(name, 0), _MOST_DAYS))),
            )
    return given


def submit(given: Mapping[str, int | None], **beside: str) -> None:
    """Write what the fields hold into the address, with parameters beside it, and draw anew.

    Where a field holds no amount this is said, and nothing below is drawn.
    """
    wrong = [tr(levers()[name].name) for name, amount in given.items() if amount is None]
    if wrong:
        anatomy.messages([_no_amount(wrong)])
        st.stop()
    amounts = {name: amount for name, amount in given.items() if amount is not None}
    st.query_params[SET] = addresses.written(amounts)
    for name, value in beside.items():
        st.query_params[name] = value
    st.rerun()


def way_back(wanted: Mapping[str, float]) -> None:
    """The way from a simulation back to what was reported."""
    if wanted:
        st.html(tag("p", link(_("Back to the figures reported"), addresses.PAGE)))


def _no_amount(wrong: Sequence[str]) -> anatomy.Message:
    return anatomy.Message(
        kind="error",
        text=_("Not an amount in whole baht: {levers}", levers=", ".join(wrong)),
        advice=_("Write digits alone, as 5,000,000; nothing was simulated."),
    )
