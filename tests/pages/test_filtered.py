"""Long tables of pages are filtered over all their rows, and so is what is taken away of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.services.exports.workbook import Head, Rows
from tests.core.services.recompute.test_indicators import PAYABLES, hand_in, report
from tests.country import small_store
from tests.pages.conftest import in_english, text

Taken = dict[str, tuple[Rows, Head]]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """What the buttons below each table would write, by their key."""
    found: Taken = {}

    def noted(key: str, make: Callable[[], Rows], head: Head, *_others: object) -> None:
        found[key] = make(), head

    monkeypatch.setattr("components.parts.downloads._buttons", noted)
    for page in ("crisis.matrix", "governance.lights", "theme.table"):
        monkeypatch.setattr(f"components.{page}.VIEW", 2)
    return found


def opened(page: str, column: str, asked: str) -> AppTest:
    return in_english(page, column=column, filter=asked)


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("column", "asked", "left"),
    [
        ("level", "≥ 7", ["11201", "11202"]),
        ("name", "1130", ["11301", "11302"]),
        ("crisis.level.liquidity.cash_ratio", "1", ["11201", "11202"]),
        ("crisis.level.liquidity.cash_ratio", "no data", ["11302"]),
        ("crisis.level.liquidity.cash_ratio", "pass", ["11203", "11204", "11301"]),
        ("level", "≥ 8", []),
    ],
)
def test_levels_and_their_tests(taken: Taken, column: str, asked: str, left: list[str]) -> None:
    page = text(opened("crisis", column, asked))
    rows, head = taken["crisis"]
    assert sorted(row[0] for row in rows[1:]) == left  # type: ignore[type-var]
    assert any("Filtered: " in line and line.endswith(asked) for line in head.lines)
    assert f"{len(left)} of 6 rows" in page or (not left and "No row of 6 has" in page)


@pytest.mark.usefixtures("country")
def test_without_a_filter_everybody_is_taken_and_nothing_is_said_of_it(taken: Taken) -> None:
    page = text(in_english("crisis"))
    rows, head = taken["crisis"]
    assert len(rows) == 7
    assert not any("Filtered" in line for line in head.lines)
    assert "Show all rows" not in page


@pytest.mark.usefixtures("country")
def test_lights_by_their_colour(taken: Taken) -> None:
    page = text(opened("governance", "0", "red"))
    assert "2 of 6 rows" in page
    assert [row[0] for row in taken["governance"][0][1:]] == ["11201", "11202"]


def test_facilities_of_a_theme_by_verdict_and_value(folder: Path, taken: Taken) -> None:
    engine, late = small_store(folder), PAYABLES | {"payables.over_90": 10.01}
    hand_in(engine, "payables", report("11201", PAYABLES), report("11202", late))
    address = {"criterion": "payables.area_1", "period": "2566-R1"}
    page = text(in_english("payables", column="verdict", filter="fail", **address))
    assert "1 of 6 rows" in page
    assert [row[0] for row in taken["theme"][0][1:]] == ["11202"]
    assert "1 of 6 rows" in text(in_english("payables", column="name", filter="11201", **address))
