"""Figures are rounded as written, and amounts of money compare exactly."""

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quantities import round_half_up, to_satang


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (64.995, 2, 65.00),
        (64.994, 2, 64.99),
        (64.99499999999999, 2, 64.99),
        (2.675, 2, 2.68),
        (0.5, 0, 1.0),
        (1.5, 0, 2.0),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (-64.995, 2, -65.00),
        (0.29, 2, 0.29),
        (1e300, 2, 1e300),
        (45035996273704.965, 2, 45035996273704.97),
        (np.inf, 2, np.inf),
    ],
)
def test_rounds_the_written_figure_half_up(value: float, decimals: int, expected: float) -> None:
    assert round_half_up(np.array([value]), decimals)[0] == expected


def test_missing_stays_missing() -> None:
    assert np.isnan(round_half_up(np.array([np.nan]), 2)[0])
    assert np.isnan(to_satang(np.array([np.nan]))[0])


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_rounds_every_float_as_its_decimal(value: float, decimals: int) -> None:
    exact = Context(prec=400, rounding=ROUND_HALF_UP)
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), context=exact)
    assert round_half_up(np.array([value]), decimals)[0] == float(expected)


@given(st.integers(-(10**7), 10**7), st.integers(0, 6))
def test_rounds_every_tie_away_from_zero(whole: int, decimals: int) -> None:
    tie = Decimal(2 * whole + 1) / 2 / 10**decimals
    expected = tie.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert round_half_up(np.array([float(tie)]), decimals)[0] == float(expected)


@given(st.integers(-(10**14), 10**14))
def test_every_amount_becomes_whole_satang(satang: int) -> None:
    baht = float(Decimal(satang) / 100)
    assert to_satang(np.array([baht]))[0] == satang
