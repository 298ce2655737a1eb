"""Column types that behave the same on every database."""

import math
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import DateTime, Dialect, Double
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """A moment; naive ones are taken as UTC, and every one comes back aware, in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        # SQLite keeps no zone: an offset would be lost, so none is handed over.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Figure(TypeDecorator[float]):
    """A float, exactly; NaN is stored as NULL and comes back as NaN. Infinities stay."""

    impl = Double()
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:  # noqa: ARG002
        return storable(math.nan if value is None else value)

    def process_result_value(self, value: Any, dialect: Dialect) -> float:  # noqa: ARG002
        return math.nan if value is None else float(value)


def storable(value: float) -> float | None:
    """A figure as every database keeps it: None for NaN, else a plain float, zero without sign."""
    return None if math.isnan(value) else float(value) + 0.0


def storable_column(values: NDArray[np.float64]) -> list[float | None]:
    """Figures as `storable` makes each."""
    column: list[float | None] = (values + 0.0).tolist()
    for place in np.flatnonzero(np.isnan(values)).tolist():
        column[place] = None
    return column
