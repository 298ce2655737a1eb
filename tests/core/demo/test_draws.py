"""Chance that comes out the same everywhere."""

import numpy as np
import pytest

from core.demo.draws import Draws, within

DRAWS = Draws(2566)


def test_a_name_always_draws_the_same_numbers() -> None:
    # Bits of PCG64, which NumPy promises to keep: these very numbers on every machine.
    assert DRAWS.uniform("example", 3).tolist() == [
        0.6876757108932403,
        0.9369847305598357,
        0.2209822894230138,
    ]


def test_names_and_seeds_draw_apart() -> None:
    assert not np.array_equal(DRAWS.uniform("one", 50), DRAWS.uniform("other", 50))
    assert not np.array_equal(DRAWS.uniform("one", 50), Draws(2567).uniform("one", 50))


def test_who_comes_later_changes_nobody_before() -> None:
    assert DRAWS.uniform("x", 7, 5)[:4].tolist() == DRAWS.uniform("x", 4, 5).tolist()


def test_even_numbers_fill_the_unit() -> None:
    drawn = DRAWS.uniform("unit", 20_000)
    assert 0 <= drawn.min() < 0.001
    assert 0.999 < drawn.max() < 1
    assert drawn.mean() == pytest.approx(0.5, abs=0.01)


def test_a_bell_stands_around_nothing_and_ends_somewhere() -> None:
    drawn = DRAWS.normal("bell", 20_000)
    assert drawn.mean() == pytest.approx(0, abs=0.02)
    assert drawn.std() == pytest.approx(1, abs=0.02)
    assert np.abs(drawn).max() < 3.5


def test_an_order_holds_everybody_once() -> None:
    assert sorted(DRAWS.permutation("order", 30).tolist()) == list(range(30))


@pytest.mark.parametrize(
    ("size", "shares", "expected"),
    [
        (100, [0.5, 0.3, 0.2], [50, 30, 20]),
        (10, [1, 1], [5, 5]),
        (3, [0.1, 0.9], [0, 3]),
        (7, [2, 1], [5, 2]),
    ],
)
def test_shares_are_dealt_out_whole(size: int, shares: list[float], expected: list[int]) -> None:
    dealt = DRAWS.dealt("dealt", size, shares)
    assert np.bincount(dealt, minlength=len(shares)).tolist() == expected


def test_shares_may_have_names() -> None:
    assert sorted(DRAWS.dealt_names("named", 4, {"a": 1, "b": 3})) == ["a", "b", "b", "b"]


def test_a_range_is_met_at_both_ends() -> None:
    assert within(10, 20, np.array([0.0, 0.5, 1.0])).tolist() == [10, 15, 20]
