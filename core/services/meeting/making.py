"""Files that take a while, made beside the pages: one at a time, and once for everybody."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from core.access.actors import as_now
from core.services.meeting.report import Progress

Key = tuple[object, ...]
Work = Callable[[Progress], bytes]
_MOST: Final = 8
"""Files kept, some hundred kilobytes each."""
_LOCK: Final = Lock()


@dataclass
class Making:
    """A file that is being made: `done` of `all` steps; `all` is 0 until it has begun."""

    done: int = 0
    all: int = 0
    _made: Future[bytes] = field(default_factory=Future)

    @property
    def is_ready(self) -> bool:
        """Whether there is a file, or an error."""
        return self._made.done()

    def content(self) -> bytes:
        """The file; waits for it, and raises whatever kept it from being made."""
        return self._made.result()

    def report(self, done: int, all_: int) -> None:
        """How far it is."""
        self.done, self.all = done, all_


_KNOWN: Final[dict[Key, Making]] = {}
_WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="files")


def made(key: Key, work: Work) -> Making:
    """The file of a key, begun at the first call; one that failed is begun anew."""
    with _LOCK:
        known = _KNOWN.get(key)
        if known and not (known.is_ready and known._made.exception()):
            return known
        making = Making()
        # Made by another thread in the name of who asked for it.
        making._made = _WORKER.submit(as_now(work), making.report)
        _KNOWN[key] = making
        while len(_KNOWN) > _MOST:
            del _KNOWN[next(iter(_KNOWN))]
        return making


def known(key: Key) -> Making | None:
    """The file of a key if it was begun."""
    with _LOCK:
        return _KNOWN.get(key)
