"""How often a program may ask: so many calls a minute with one token, in this process."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

_MINUTE: Final = 60.0
_MOST_KEYS: Final = 4096
"""Callers that are remembered; the one who asked longest ago is forgotten first."""


class Limiter:
    """A bucket for each caller: it holds a minute's calls and fills again steadily."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = per_minute, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, caller: str) -> int:
        """Take one call; 0 where there was one left, else the seconds until there is one."""
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop(caller, (float(self._most), now))
            left = min(self._most, left + (now - since) * self._most / _MINUTE)
            wait = 0 if left >= 1 else math.ceil((1 - left) * _MINUTE / self._most)
            self._buckets[caller] = (left if wait else left - 1, now)
            if len(self._buckets) > _MOST_KEYS:
                self._buckets.popitem(last=False)
            return wait
