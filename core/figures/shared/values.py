"""What the figures of a shared screen are drawn from; `core.reports.slide` holds such values.

Values are in the unit of the figure and None where there are none; `shown` says each in words.
"""

from collections.abc import Sequence
from typing import Protocol

from core.figures.shared.tones import Tone
from core.text import Text


class LimitValue(Protocol):
    """A cut-off and its name."""

    @property
    def value(self) -> float: ...
    @property
    def name(self) -> Text: ...


class BarValue(Protocol):
    """One bar."""

    @property
    def name(self) -> Text: ...
    @property
    def value(self) -> float | None: ...
    @property
    def shown(self) -> Text: ...
    @property
    def tone(self) -> Tone: ...


class BarsValue(Protocol):
    """Things side by side, in the order they are drawn."""

    @property
    def title(self) -> Text: ...
    @property
    def bars(self) -> Sequence[BarValue]: ...
    @property
    def limits(self) -> Sequence[LimitValue]: ...


class SeriesValue(Protocol):
    """Values along periods or spokes."""

    @property
    def name(self) -> Text: ...
    @property
    def values(self) -> Sequence[float | None]: ...
    @property
    def shown(self) -> Sequence[Text]: ...


class TrendValue(Protocol):
    """Values along periods, the oldest first."""

    @property
    def title(self) -> Text: ...
    @property
    def periods(self) -> Sequence[Text]: ...
    @property
    def series(self) -> Sequence[SeriesValue]: ...
    @property
    def limits(self) -> Sequence[LimitValue]: ...


class RadarValue(Protocol):
    """Spokes clockwise from the top, all from 0 to `full`; the last series is that of today."""

    @property
    def title(self) -> Text: ...
    @property
    def spokes(self) -> Sequence[Text]: ...
    @property
    def series(self) -> Sequence[SeriesValue]: ...
    @property
    def full(self) -> float: ...


class CellValue(Protocol):
    """One cell of a matrix; `mark` tells its tone without colour."""

    @property
    def shown(self) -> Text: ...
    @property
    def tone(self) -> Tone: ...
    @property
    def mark(self) -> str: ...


class MatrixValue(Protocol):
    """Things as rows, what is judged as columns."""

    @property
    def title(self) -> Text: ...
    @property
    def corner(self) -> Text: ...
    @property
    def columns(self) -> Sequence[Text]: ...
    @property
    def rows(self) -> Sequence[tuple[Text, Sequence[CellValue]]]: ...


class AreaValue(Protocol):
    """A province, a district or a facility; a facility has a `position`, (longitude, latitude)."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> Text: ...
    @property
    def shown(self) -> Text: ...
    @property
    def tone(self) -> Tone: ...
    @property
    def position(self) -> tuple[float, float] | None: ...


class AreasValue(Protocol):
    """A map; `focus` is the code of the area that fills it."""

    @property
    def title(self) -> Text: ...
    @property
    def focus(self) -> str: ...
    @property
    def areas(self) -> Sequence[AreaValue]: ...
