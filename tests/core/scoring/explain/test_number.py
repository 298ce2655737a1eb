"""A figure for people never looks like another one than it was judged as."""

import pytest

from core.scoring.explain.words import number


@pytest.mark.parametrize(
    ("value", "beside", "shown"),
    [
        (4.4999999919, (), "4.5"),
        (4.4999999919, (4.5,), "4.49"),
        (4.5, (4.5,), "4.5"),
        (4.5000001, (4.5,), "4.51"),
        (-7.500001, (-7.5,), "\u22127.51"),
        (-0.001, (), "0"),
        (89.999, (80, 90), "89.99"),
        (90.001, (80, 90), "90.01"),
        (80.004, (80, 90), "80.01"),
        (1234567.891, (5,), "1,234,567.89"),
        (float("inf"), (1,), "inf"),
    ],
)
def test_no_figure_is_rounded_onto_an_edge_beside_it(
    value: float, beside: tuple[float, ...], shown: str
) -> None:
    assert number(value, beside=beside) == shown
