"""Python's garbage collector, and the work that is done without it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Garbage collection off: cells and rows are many small objects without cycles.

    Scanning them over and over doubles the time of reading them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
