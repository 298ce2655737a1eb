"""Waiting for a state, with a patience that no machine uses up unless the state never comes."""

import time
from collections.abc import Callable

PATIENCE = 240.0


def wait_until(reached: Callable[[], bool], *, or_else: Callable[[], str]) -> None:
    """Look again and again whether the state is reached; `or_else` says what did not come."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, or_else()
        time.sleep(0.05)
