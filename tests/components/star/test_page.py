"""Points as stars: parts of a star are drawn, nothing is rounded up to one."""

import pytest

from components.star.page import stars


@pytest.mark.parametrize(
    ("points", "filled", "said"),
    [
        (100.0, "100.0%", "5.00"),
        (94.48, "94.5%", "4.72"),
        (19.99, "20.0%", "1.00"),
        (0, "0.0%", "0.00"),
    ],
)
def test_stars_are_the_share_of_full_marks(points: float, filled: str, said: str) -> None:
    drawn = stars(points, 100)
    assert f"--filled: {filled}" in drawn
    assert drawn.endswith(said)
    assert "aria-hidden" in drawn


def test_what_was_not_handed_in_has_no_stars() -> None:
    assert stars(None, 100) == "–"
