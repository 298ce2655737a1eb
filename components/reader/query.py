"""The query of the view's address: names and their values."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qs

from components.reader.streamlit_internals import query_string


def query() -> Mapping[str, str]:
    """Every name and value of the view's address, the last of a repeated name; empty outside."""
    return _parsed(query_string())


@lru_cache(maxsize=256)
def _parsed(text: str) -> Mapping[str, str]:
    values = parse_qs(text, keep_blank_values=True)
    return MappingProxyType({name: several[-1] for name, several in values.items()})
