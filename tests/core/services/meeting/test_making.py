"""A file is made once for everybody who asks, and anew where it failed."""

from threading import Event

import pytest

from core.services.meeting.making import known, made
from core.services.meeting.report import Progress


def test_two_who_ask_get_one_file() -> None:
    times = []

    def work(told: Progress) -> bytes:
        times.append(1)
        told(3, 3)
        return b"deck"

    first = made(("one", 1), work)
    assert first.content() == b"deck"
    assert made(("one", 1), work) is first
    assert (first.done, first.all, times) == (3, 3, [1])
    assert known(("one", 1)) is first


def test_it_says_how_far_it_is_while_it_is_made() -> None:
    begun, go_on = Event(), Event()

    def work(told: Progress) -> bytes:
        told(1, 4)
        begun.set()
        go_on.wait(60)
        return b""

    making = made(("slow",), work)
    assert begun.wait(60)
    assert (making.is_ready, making.done, making.all) == (False, 1, 4)
    go_on.set()
    assert making.content() == b""


def test_what_failed_raises_and_is_begun_anew() -> None:
    def fail(_told: Progress) -> bytes:
        raise ValueError("no font")

    failed = made(("bad",), fail)
    with pytest.raises(ValueError, match="no font"):
        failed.content()
    assert made(("bad",), lambda _told: b"now").content() == b"now"
