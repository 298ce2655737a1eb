"""Filters live in the address and nowhere else, so that a copied link opens the same view.

Streamlit's own `bind="query-params"` drops a filter that two pages share when the reader goes from
one to the other; here the address is written when a filter changes and read at every run. Back
therefore undoes the last change.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import streamlit as st

from components.reader import unmet
from components.reader.language import _
from components.reader.query import query
from components.reader.streamlit_internals import query_string
from core.areas import Level, parse_area
from core.errors import UsageError

AREA: Final = "area"
FACILITY: Final = "facility"
"""The hcode of the facility that is looked at: beside the area, which stays chosen."""
LIST: Final = "list"
"""The ranking that the facility was chosen from: an area criterion or a matrix."""
ORDER: Final = "order"
"""The parameter that names the column a table is sorted by: of one page, and no filter."""
COLUMN: Final = "column"
"""The parameter that names the column a table is filtered by: of one page, and no filter of it."""
FILTER: Final = "filter"
"""The parameter of what is asked of that column."""
AREAS_ORDER: Final = "areas_order"
"""The same three of the table of areas, where a page has another table beside it."""
AREAS_COLUMN: Final = "areas_column"
AREAS_FILTER: Final = "areas_filter"
WHY: Final = "why"
"""The parameter that names the test whose explanation is open: of one page, and no filter."""
PRESENT: Final = "present"
"""The parameter of presenter mode, which links carry along as they do filters."""
SET: Final = "set"
"""The parameter that names what is simulated: of one page, and no filter."""
AMONG: Final = "among"
"""The parameter that names which hospitals a simulation changes: of one page, and no filter."""
OF_ONE_PAGE: Final = frozenset(
    {
        WHY,
        ORDER,
        COLUMN,
        FILTER,
        AREAS_ORDER,
        AREAS_COLUMN,
        AREAS_FILTER,
        SET,
        AMONG,
        "upload",
        "late",
        "item",
        "edit",
        "ask",
        "hand",
        "with",
        "assessment",
    }
)
"""Parameters of one page, that no link carries to another."""


def carried_filters() -> Mapping[str, str]:
    """The language and every filter chosen so far: what a link to another page carries along."""
    return _carried(query_string())


@lru_cache(maxsize=256)
def _carried(_address: str) -> Mapping[str, str]:
    chosen = {name: value for name, value in query().items() if name not in OF_ONE_PAGE}
    return MappingProxyType(facility_apart(chosen))


def is_presented() -> bool:
    """Whether the view is shown to a room: without menu, tools and filters, and larger."""
    return query().get(PRESENT) == "1"


def facility_apart(chosen: Mapping[str, str]) -> dict[str, str]:
    """The same, a facility that stands in place of an area named as what it is.

    Whoever chooses another area leaves the facility, and the ranking it was chosen from with it.
    """
    others = {name: value for name, value in chosen.items() if name != AREA}
    if is_facility(chosen.get(AREA, "")):
        return {LIST: "", **others, FACILITY: chosen[AREA]}
    if AREA in chosen:
        return {LIST: "", FACILITY: "", **chosen}
    return {LIST: "", **chosen} if FACILITY in chosen else others


def is_facility(code: str) -> bool:
    """Whether a text has the shape of a facility's code."""
    try:
        return parse_area(code).level is Level.FACILITY
    except UsageError:
        return False


def tell_unmet(what: str, wanted: str, shown: str) -> None:
    """Say under the title that there is no such thing as the address asks for."""
    unmet.tell(not_here(what, wanted, shown))


def not_here(what: str, wanted: str, shown: str) -> str:
    """That there is no such thing as the address asks for, and what is shown instead."""
    return _(
        "{what} “{asked}”: not to be found here; shown is: {shown}",
        what=what,
        asked=wanted,
        shown=shown,
    )


def choice(
    key: str,
    label: str,
    options: Sequence[str],
    *,
    label_of: Callable[[str], str] = str,
    default: str | None = None,
    hide_label: bool = False,
) -> str:
    """The option chosen from a list as of `offer`; an address that asks for another is told so."""
    initial = options[0] if default is None else default
    wanted = query().get(key, initial)
    if wanted not in options:
        tell_unmet(label, wanted, label_of(initial))
    return offer(key, label, options, label_of=label_of, default=default, hide_label=hide_label)


def offer(
    key: str,
    label: str,
    options: Sequence[str],
    *,
    label_of: Callable[[str], str] = str,
    default: str | None = None,
    hide_label: bool = False,
) -> str:
    """The option chosen from a list, each shown as `label_of` writes it.

    `key` is its parameter in the address. The default (else the first option) is left out there,
    and replaces a value that is no option. `hide_label` leaves the label to screen readers.
    """
    initial = options[0] if default is None else default
    wanted = query().get(key, initial)
    st.session_state[key] = wanted if wanted in options else initial
    return st.selectbox(
        label,
        options,
        format_func=label_of,
        key=key,
        filter_mode=None,
        on_change=_write_to_address,
        args=(key, initial),
        label_visibility="collapsed" if hide_label else "visible",
    )


def search(key: str, label: str, *, hide_label: bool = False) -> str:
    """What the reader types into a search box; `key` is its parameter in the address.

    With `hide_label` the label stands in the empty box.
    """
    st.session_state[key] = st.query_params.get(key, "")
    return st.text_input(
        label,
        key=key,
        on_change=_write_to_address,
        args=(key, ""),
        label_visibility="collapsed" if hide_label else "visible",
        placeholder=label if hide_label else None,
    )


def _write_to_address(key: str, default: str) -> None:
    chosen = st.session_state[key]
    if chosen == default:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
