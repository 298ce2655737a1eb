"""Rows of the register as plain data, for code that does without a database."""

from dataclasses import dataclass
from datetime import date

from core.areas import COUNTRY
from core.periods import Period


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A region, province or district with both names; `parent` is the area it lies in."""

    code: str
    name_th: str
    name_en: str
    parent: str = COUNTRY


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A facility as it is at a time; None for what is not known.

    `kind` is hospital or pcu. `district` is its CUP; province and region follow from it.
    """

    hcode: str
    hcode9: str | None
    name_th: str
    name_en: str
    kind: str
    district: str
    hgr: str | None = None
    level: str | None = None
    beds: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    island: bool = False
    transferred: bool = False
    hcode9_new: str | None = None
    closed_on: date | None = None
    """The last day of one that is no longer there."""

    def is_open_in(self, period: Period) -> bool:
        """Whether it was there to the end of a period; else it is not expected to report on it."""
        return self.closed_on is None or self.closed_on >= period.month.last_day
