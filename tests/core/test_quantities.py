"""Figures are rounded as written, and amounts of money compare as they were typed."""

from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.quantities import finest_scale, round_half_up, whole_numbers


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
    assert np.isnan(whole_numbers(np.array([np.nan]), 100)[0])


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
    assert whole_numbers(np.array([baht]), 100)[0] == satang


def test_what_is_finer_than_the_scale_is_not_rounded_away() -> None:
    assert whole_numbers(np.array([0.004]), 100)[0] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("rows", "scale"),
    [
        ([[1.23, np.nan], [5.0, 1e12]], 100),  # One for all rows.
        ([[0.1 + 0.2, 12345678.12999999], [1.0, 1.0]], 100),  # Dust of sums is not typed.
        ([[1.234, 1.0], [1.0, 1.0]], [10_000, 100]),
        ([[1.23, 1.0], [1.0, 1.000001]], [100, 1_000_000]),
        ([[1 / 3, 1.0]], [1e8, 100]),
    ],
)
def test_the_finest_decimal_of_a_row_decides_its_scale(rows: list, scale: object) -> None:
    np.testing.assert_array_equal(finest_scale(map(np.array, rows)), scale)
