"""What the address of this view asks for."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qs

from streamlit.runtime.scriptrunner import get_script_run_ctx


def asked() -> Mapping[str, str]:
    """Every name and value of the address, of repeated names the last.

    Asked for with every word and link of a page, and so past `st.query_params`, which takes ten
    times as long. Nothing outside of a view.
    """
    return _read(address_asked())


def address_asked() -> str:
    """The same as it stands in the address."""
    view = get_script_run_ctx(suppress_warning=True)
    return view.query_string if view else ""


@lru_cache(maxsize=256)
def _read(query: str) -> Mapping[str, str]:
    found = parse_qs(query, keep_blank_values=True)
    return MappingProxyType({name: values[-1] for name, values in found.items()})
