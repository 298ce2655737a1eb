"""A program beside the server that stores what people send, so that who looks need not wait.

Storing computes for a tenth of a second, and Python lets one thread compute at a time: in the
server every click of others would stand in line with it. Here files are stored one after the
other, each whole, in the name of whoever sent it.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import IO, Final

from sqlalchemy import Engine

from core.access.actors import Actor, acting, current_actor
from core.access.roles import Action
from core.errors import TruatError
from core.paths import ROOT
from core.services.bulk.parcels import packed, unpacked
from core.services.bulk.readers import load
from core.services.guard.doors import ANYWHERE, door
from core.services.importing import store_intake
from core.services.importing.receipts import Receipt
from core.services.intake.kinds import Intake
from core.store.audit.origin import Origin, coming_from, origin
from core.store.engine.one_view import ask_anew
from core.store.engine.unit_of_work import engine_for

_COMMAND: Final = (sys.executable, "-c", "from core.services.bulk import clerk; clerk.work()")
_IDLE: Final = 900.0
"""Seconds without a file after which the clerk goes home, and its memory with it."""
_WORD: Final = 8
_BEHIND: Final = 5
"""How far it stands back behind other programs of the machine, the server among them."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """What the clerk is to do with a file, and for whom; `is_preview`: nothing is stored."""

    address: str
    intake: bytes
    data: bytes
    by: str
    subject: str | None
    actor: Actor
    came: Origin
    is_preview: bool

    def run(self) -> Receipt:
        with acting(self.actor), coming_from(self.came.via, self.came.place):
            engine, intake = engine_for(self.address), unpacked(self.intake)
            if self.is_preview:
                return store_intake.preview(
                    engine, intake, self.data, by=self.by, subject=self.subject
                ).receipt
            return store_intake.store(engine, intake, self.data, by=self.by, subject=self.subject)


class Clerk:
    """The program, begun when it is wanted; who comes while it is busy waits in line."""

    def __init__(self) -> None:
        self._line, self._counting = Lock(), Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._going_home: Timer | None = None
        self._storing = 0

    @property
    def is_storing(self) -> bool:
        """Whether a file is being stored, or waits to be."""
        return self._storing > 0

    def begin(self) -> None:
        """Have it there by the time it is wanted; returns at once."""
        if self._line.acquire(blocking=False):
            try:
                self._there()
            finally:
                self._line.release()

    def end(self) -> None:
        """Send it home; what it is at it ends first."""
        with self._line:
            self._leave()

    def answer(self, errand: _Errand) -> Receipt | TruatError | None:
        """What came of an errand; None where the clerk was lost over it, and nobody knows."""
        self._count(errand, 1)
        try:
            with self._line:
                return self._ask(pickle.dumps(errand, pickle.HIGHEST_PROTOCOL))
        finally:
            self._count(errand, -1)

    def _count(self, errand: _Errand, by: int) -> None:
        with self._counting:
            self._storing += 0 if errand.is_preview else by

    def _there(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._leave()
        if self._process is None:
            # It reads from a pipe that closes with this program, however that ends.
            self._process = subprocess.Popen(  # noqa: S603
                _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
            )
        self._stay()
        self._going_home = Timer(_IDLE, self.end)
        self._going_home.daemon = True
        self._going_home.start()
        return self._process

    def _ask(self, errand: bytes) -> Receipt | TruatError | None:
        process = self._there()
        try:
            _send(process.stdin, errand)
            answer: Receipt | TruatError = pickle.loads(_receive(process.stdout))  # noqa: S301
            return answer  # By our own process alone, as what it reads is ours.
        except (OSError, EOFError, pickle.UnpicklingError):
            self._leave()
            return None

    def _stay(self) -> None:
        if self._going_home:
            self._going_home.cancel()

    def _leave(self) -> None:
        self._stay()
        if self._process is not None:
            with suppress(OSError):
                self._process.communicate()
            self._process = None


_CLERK: Final[list[Clerk]] = []


def employ() -> None:
    """Have files stored beside this program from now on; without it they are stored within."""
    _CLERK[:] = [Clerk()]


def get_ready() -> None:
    """Have the clerk at hand, where there is one: somebody has a file that may be stored."""
    for clerk in _CLERK:
        clerk.begin()


@door(Action.UPLOAD, ANYWHERE)
def preview(
    engine: Engine, intake: Intake, data: bytes, *, by: str = "", subject: str | None = None
) -> Receipt:
    """What storing a file would do, as its receipt; stores nothing. Raises as `store` does.

    Nobody waits for files that are stored meanwhile: then it tells of the figures alone.
    """

    def within() -> Receipt:
        return store_intake.preview(engine, intake, data, by=by, subject=subject).receipt

    if any(clerk.is_storing for clerk in _CLERK):
        return within()
    errand = _errand(engine, intake, data, by=by, subject=subject, is_preview=True)
    return _done(errand, within)


@door(Action.UPLOAD, ANYWHERE)
def store(
    engine: Engine, intake: Intake, data: bytes, *, by: str, subject: str | None = None
) -> Receipt:
    """Store a file as `core.services.importing.store_intake.store` does, which says what it raises.

    Where the clerk is lost in between, the file is stored here: once, whatever became of it there.
    """

    def within() -> Receipt:
        return store_intake.store(engine, intake, data, by=by, subject=subject)

    errand = _errand(engine, intake, data, by=by, subject=subject, is_preview=False)
    return _done(errand, within)


def _errand(
    engine: Engine, intake: Intake, data: bytes, *, by: str, subject: str | None, is_preview: bool
) -> _Errand:
    address = engine.url.render_as_string(hide_password=False)
    parcel = packed(intake)
    return _Errand(address, parcel, data, by, subject, current_actor(), origin(), is_preview)


def _done(errand: _Errand, within: Callable[[], Receipt]) -> Receipt:
    answer = _CLERK[0].answer(errand) if _CLERK else None
    ask_anew()
    if answer is None:
        return within()
    if isinstance(answer, TruatError):
        raise answer
    return answer


def _send(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is None:
        raise EOFError
    pipe.write(len(content).to_bytes(_WORD, "big"))
    pipe.write(content)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> bytes:
    """A message of the other side; `EOFError` where it is gone."""
    length = pipe.read(_WORD) if pipe else b""
    if pipe is None or len(length) < _WORD:
        raise EOFError
    content = pipe.read(int.from_bytes(length, "big"))
    if len(content) < int.from_bytes(length, "big"):
        raise EOFError
    return content


def work() -> None:
    """In the program itself: do one errand after the other until the server is gone."""
    if hasattr(os, "nice"):
        os.nice(_BEHIND)  # Where cores are few, whoever looks goes first.
    load()
    # What anything prints goes where it disturbs no answer.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    while True:
        try:
            errand: _Errand = pickle.loads(_receive(sys.stdin.buffer))  # noqa: S301
        except EOFError:
            return
        answer: Receipt | TruatError
        try:
            answer = errand.run()
        except TruatError as error:
            answer = error
        _send(answers, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
