"""Spans of axes, and values as they are written along them and at their marks."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from core.quantities import MINUS
from core.reports.deck.charts.xml import Scale

_STEPS: Final = 4
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_DECIMALS: Final = 4
_HUGE: Final = 1e12


def scale_of(values: Iterable[float], *, from_zero: bool) -> Scale:
    """A span of round numbers around some values; bars begin at zero."""
    known = [*values, *([0.0] if from_zero else [])]
    low, high = min(known), max(known)
    if high - low < 1e-12:
        low, high = low - (0.0 if from_zero else 0.5), high + 1.0
    rough = (high - low) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _ROUND if rough <= one * power * (1 + 1e-9))
    return Scale(math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step)


def roomy(values: Iterable[float]) -> Scale:
    """A span for bars with their values written at the ends: from zero, and a little beyond."""
    known = [*values, 0.0]
    low, high = min(known), max(known)
    air = (high - low or 1.0) * 0.14
    return Scale(
        low - air if low < 0 else 0.0, high + air if high > 0 else air, (high - low) or 1.0
    )


def code_of(values: Sequence[float | None], shown: Sequence[str]) -> str | None:
    """The number format that writes all values as they are shown; None where there is none."""
    pairs = [(value, text) for value, text in zip(values, shown, strict=True) if value is not None]
    for decimals in range(_MOST_DECIMALS + 1):
        if all(_written(value, decimals) == text for value, text in pairs):
            return _code(decimals)
    return None


def axis_code(scale: Scale) -> str:
    """The number format of an axis: as many decimals as its step has."""
    if max(abs(scale.low), abs(scale.high)) >= _HUGE:
        return "0.0E+00"
    decimals = next(
        (d for d in range(_MOST_DECIMALS) if math.isclose(round(scale.step, d), scale.step)),
        _MOST_DECIMALS,
    )
    return _code(decimals)


def marked(code: str, mark: str) -> str:
    """A number format that writes a mark before the number."""
    return ";".join(f'"{mark} "{half}' for half in code.split(";")) if mark else code


def _code(decimals: int) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits};"{MINUS}"{digits}'


def _written(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace("-", MINUS)
