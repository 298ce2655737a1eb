"""What was drawn of a view is kept: whoever comes back to it waits for nothing."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

from components.reader.streamlit_internals import query_string

P = ParamSpec("P")
T = TypeVar("T")
_VIEWS: Final = 128


class _Same:
    """One thing and no other: services keep what they answered, so comparing would be in vain."""

    __slots__ = ("it",)

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


def kept(draw: Callable[P, T]) -> Callable[P, T]:
    """Have a function drawn once for each address and each of the things it draws.

    Only for functions that give back what they drew, the same for the same things; words are
    things of their own only while somebody holds them, and are compared.
    """

    @lru_cache(maxsize=_VIEWS)
    def drawn(address: str, *things: object) -> T:  # noqa: ARG001
        return draw(*(one.it if isinstance(one, _Same) else one for one in things))  # type: ignore[arg-type, call-arg]

    @wraps(draw)
    def asked(*things: P.args, **_named: P.kwargs) -> T:
        return drawn(query_string(), *(o if isinstance(o, str) else _Same(o) for o in things))

    return asked
