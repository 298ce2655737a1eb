"""The phases of a transfer, as the guideline prints them."""

from core.criteria.catalog import measures
from tests.core.criteria.inspection import indicator, lines_of


def test_five_phases_of_a_transfer_and_their_steps() -> None:
    phases = indicator("transfer.level").parts
    assert [phase.id for phase in phases] == [f"transfer.level.phase_{n}" for n in range(1, 6)]
    assert [phase.full for phase in phases] == [2, 4, 3, 1, 2]
    steps = list(lines_of(indicator("transfer.level")).values())
    assert steps == [code for code in measures() if code.startswith("transfer.step_")]
