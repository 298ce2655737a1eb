"""Processes that read and check files side by side, one for each core."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from multiprocessing.connection import wait
from threading import Thread
from types import TracebackType
from typing import Final

from core.access.actors import THE_PROGRAM, acting
from core.errors import WorkbookError
from core.forms.model.form import forms
from core.forms.model.issues import issue_of
from core.services.bulk.parcels import packed, unpacked
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake, Refused
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.scored.reading import form_items
from core.services.stores import on_hand
from core.store.engine.unit_of_work import engine_for

_MOST: Final = 8
"""Readers at most: one process stores what they read, and keeps up with no more."""


@dataclass(frozen=True)
class ReadingOptions:
    """How files are to be read: beside which store, and as which form of which year.

    `learnt` counts the files stored so far that others are read with, such as a register.
    """

    address: str | None = None
    form_id: str | None = None
    fiscal_year: int | None = None
    learnt: int = 0

    def knowing_more(self) -> "ReadingOptions":
        """The same after another such file was stored."""
        return replace(self, learnt=self.learnt + 1)


class Readers:
    """Reads files in other processes; use as a context.

    A file that ends its process is refused as damaged, and no other file is lost with it.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._count = processes or min(cores(), _MOST)
        load()
        self._pool = self._new_pool()

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def begin(self, data: bytes, name: str, options: ReadingOptions) -> Callable[[], Intake]:
        """Have a file read; calling the answer waits for it."""
        return partial(self._ended, self._submit(data, name, options), data, name, options)

    def _submit(self, data: bytes, name: str, options: ReadingOptions) -> "Future[bytes] | None":
        try:
            return self._pool.submit(_read, data, name, options)
        except BrokenProcessPool:
            return None

    def _ended(
        self, future: "Future[bytes] | None", data: bytes, name: str, options: ReadingOptions
    ) -> Intake:
        if future is not None:
            try:
                return unpacked(future.result())
            except BrokenProcessPool:
                pass
        return self._alone(data, name, options)

    def _alone(self, data: bytes, name: str, options: ReadingOptions) -> Intake:
        """Read a file with no other beside it, after a process ended over one of several."""
        with self._new_pool(1) as pool:
            try:
                return unpacked(pool.submit(_read, data, name, options).result())
            except BrokenProcessPool:
                return Refused(file=name, issues=(issue_of(WorkbookError("F004")),))
            finally:
                self._mend()

    def _mend(self) -> None:
        """Go on with new processes where the old ones are gone."""
        try:
            self._pool.submit(os.getpid)
        except BrokenProcessPool:
            self._pool = self._new_pool()

    def _new_pool(self, count: int | None = None) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(count or self._count, _context(), _end_with_parent)
        pool.submit(os.getpid)  # Starts the processes, before this one holds anything open.
        return pool


def cores() -> int:
    """How many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> multiprocessing.context.BaseContext:
    """Copies of this process, which has loaded what readers need; elsewhere than on Linux new ones.

    A program of many threads, such as the server, has another program import its files.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _end_with_parent() -> None:
    """In a reader: end as soon as the program that wants its files is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(gone: int) -> None:
        wait([gone])
        os._exit(1)

    Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def load() -> None:
    """Load forms and rules once, before processes are copied."""
    for known in forms().values():
        form_items(known.id, known.fiscal_year)


def _read(data: bytes, name: str, options: ReadingOptions) -> bytes:
    known = _known(options.address, options.learnt) if options.address else NOTHING
    form_id, year = options.form_id, options.fiscal_year
    return packed(examine(data, name, form_id=form_id, fiscal_year=year, on_hand=known))


@lru_cache(maxsize=1)
def _known(address: str, _learnt: int) -> OnHand:
    # In a process of its own, which knows nobody: what files are read with is the program's.
    with acting(THE_PROGRAM):
        return on_hand(engine_for(address))
