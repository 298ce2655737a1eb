"""A stored figure has a name that people know."""

import pytest

from core.services.results.figure_names import figure_name


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("finance.cash", "Cash and cash equivalents"),
        ("star.a.11.3", "11.3 Measure 3: efficient management"),
        ("star.b.03a", "3a Works presented at province level"),
        ("of.another.program", "of.another.program"),
    ],
)
def test_it_is_named_by_measure_by_line_or_by_its_code(code: str, name: str) -> None:
    assert figure_name(code).en == name
    assert figure_name(code).th
