"""After a file is stored: what the next click shows is read behind whoever goes on.

A file changes the results of its months, and with them everything that is kept by version: without
this the first who looks would wait for what the program can read by itself.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import count
from time import sleep
from typing import Final

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting
from core.areas import Level, parse_area
from core.errors import TruatError
from core.services.importing.receipts import Receipt
from core.services.overview.month import month
from core.services.overview.view import view
from core.services.profiles.facility import profile
from core.services.profiles.themes import facility_themes
from core.services.themes import attention

_MOST_MONTHS: Final = 3
_MOST_FACILITIES: Final = 5
_CALM: Final = 0.5
"""Seconds in which nothing else was stored before anything is read."""
_WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read ahead")
_NUMBERS: Final = count(1)
_newest = 0


def read_ahead_of(engine: Engine, done: Receipt) -> Future[None]:
    """Begin to read what the pages of a receipt need, and return at once.

    Of several files stored one after the other the last one counts: the others would be old before
    they are read.
    """
    global _newest  # noqa: PLW0603 - one for all views of this process
    _newest = next(_NUMBERS)
    return _WORKER.submit(_read, engine, done, _newest)


def _read(engine: Engine, done: Receipt, number: int) -> None:
    if number == _newest:
        # Where many store at once, the next one is done in a moment.
        sleep(_CALM)
    with suppress(TruatError), acting(THE_PROGRAM):
        for step in _steps(engine, done):
            if number != _newest:
                return
            step()


def _steps(engine: Engine, done: Receipt) -> Iterator[Callable[[], object]]:
    """What is read, the likeliest next click first: the file's facilities, its months, the rest."""
    months = sorted({period.month for _subject, period in done.keys}, reverse=True)[:_MOST_MONTHS]
    for hcode in _facilities(done) if months else ():
        yield partial(profile, engine, hcode, months[0])
        yield partial(facility_themes, engine, hcode, months[0])
    for period in months:
        yield partial(month, engine, period)
    yield partial(view, engine, period="", area="", with_themes=True)
    yield partial(attention.read_ahead, engine)


def _facilities(done: Receipt) -> list[str]:
    codes = dict.fromkeys(subject for subject, _period in done.keys)
    known = (code for code in codes if _is_facility(code))
    return list(known)[:_MOST_FACILITIES]


def _is_facility(code: str) -> bool:
    try:
        return parse_area(code).level is Level.FACILITY
    except TruatError:
        return False
