"""A cache for what is drawn, by the view's address and the objects it is drawn from."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

from components.reader.streamlit_internals import query_string
from core.access.actors import Grant, current_actor

P = ParamSpec("P")
T = TypeVar("T")
_VIEWS: Final = 512


class _ById:
    """A cache key by identity: services cache their answers, so comparing contents is wasted."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.value is other.value


def cached_by_view(draw: Callable[P, T]) -> Callable[P, T]:
    """Decorator: call a function once for each address and each set of positional arguments.

    And once for each reach of who looks: what is drawn for one is not shown to another. For
    functions without side effects. Arguments are told apart by identity, texts by content, because
    equal texts are often different objects.
    """

    @lru_cache(maxsize=_VIEWS)
    def cached(address: str, reach: tuple[Grant, ...], *keys: object) -> T:  # noqa: ARG001
        return draw(*(key.value if isinstance(key, _ById) else key for key in keys))  # type: ignore[arg-type, call-arg]

    @wraps(draw)
    def wrapper(*values: P.args, **_keywords: P.kwargs) -> T:
        reach = current_actor().reach
        return cached(
            query_string(), reach, *(v if isinstance(v, str) else _ById(v) for v in values)
        )

    return wrapper
