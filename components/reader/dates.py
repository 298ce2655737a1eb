"""Moments in the reader's words, in the time of Thailand."""

from datetime import datetime, timedelta, timezone
from typing import Final

from components.reader.language import current
from core.periods import BUDDHIST_ERA, month_name

_BANGKOK: Final = timezone(timedelta(hours=7))


def moment(at: datetime) -> str:
    """A moment by day, month, year of the Buddhist era and time; `at` is aware of its zone."""
    here = at.astimezone(_BANGKOK)
    name = month_name(here.month, current(), short=True)
    return f"{here.day} {name} {here.year + BUDDHIST_ERA} {here:%H:%M}"
