"""What was drawn is drawn again for another address or another thing, and for nothing else."""

import pytest

from components.reader import view_cache as module
from components.reader.view_cache import cached_by_view


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The address of the view: its last entry."""
    places = [""]
    monkeypatch.setattr(module, "query_string", lambda: places[-1])
    return places


def test_what_was_drawn_is_kept_for_its_address_and_its_things(address: list[str]) -> None:
    drawn: list[tuple[object, ...]] = []

    @cached_by_view
    def draw(rows: list[int], kind: str) -> int:
        drawn.append((rows, kind))
        return len(drawn)

    one, equal = [1], [1]
    assert [draw(one, "a"), draw(one, "a"), draw(one, "".join("a"))] == [1, 1, 1]
    assert draw(one, "b") == 2
    assert draw(equal, "a") == 3
    address.append("lang=en")
    assert draw(one, "a") == 4
    address.append("")
    assert draw(one, "a") == 1
    assert drawn == [([1], "a"), ([1], "b"), ([1], "a"), ([1], "a")]
