"""What is asked of a store once in a view of a page, however many of its parts need the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

T = TypeVar("T")

_ANSWERS: Final[ContextVar[dict[object, Any] | None]] = ContextVar("answers", default=None)


@contextmanager
def one_view() -> Iterator[None]:
    """Let what is asked with `once` be asked once within this block, by this thread."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once(key: object, ask: Callable[[], T]) -> T:
    """The answer of this view to a question; asked at every call outside of a view."""
    answers = _ANSWERS.get()
    if answers is None:
        return ask()
    if key not in answers:
        answers[key] = ask()
    answer: T = answers[key]
    return answer


def ask_anew() -> None:
    """Forget every answer, as after something was stored."""
    answers = _ANSWERS.get()
    if answers is not None:
        answers.clear()
