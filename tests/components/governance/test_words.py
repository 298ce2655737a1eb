"""A light in words: every reason for no light has its own, and signs are only those there are."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

from components.governance.words import state_word, units_marks
from core.scoring.base.states import State
from core.scoring.themes.lights import LightColour
from core.services.governance.cells import LightCell, UnitCounts
from tests.components.drawn import draw, html_of


def test_small_signs_are_those_there_are() -> None:
    assert units_marks(UnitCounts(3, 0, 1, 2)) == "✓3 ✕1 –2"


def test_every_silence_has_a_word_of_its_own() -> None:
    told = [LightCell(LightColour.NONE, None, state, result=1) for state in State]
    silent = LightCell(LightColour.NONE, None, State.NOT_REPORTED)
    words = {state_word(cell) for cell in told if cell.state is not State.STALE}
    assert len(words) == len(State) - 1
    assert state_word(silent) == "–"


def test_beside_a_light_stand_its_round_its_units_and_the_other_verdict() -> None:
    html = html_of(draw(stale_network, lang="en"))
    assert "t-status t-watch t-faded" in html
    for small in ("round 1", "✓1 !1", "TPS ✓"):
        assert f'<small aria-hidden="true">{small}</small>' in html
    assert "not reported; Yellow in Round 1 · FY 2566, 3" in html
    assert "why=transfer.level&amp;period=2566-R1&amp;facility=01001" in html


def stale_network() -> None:
    """A network's light of an earlier round, which a test of other rules judges otherwise."""
    import streamlit as st

    from components.governance.lights import light_html
    from core.criteria.catalog import catalog
    from core.periods import Period
    from core.scoring.base.states import State, Verdict
    from core.scoring.themes.lights import LightColour
    from core.services.governance.cells import LightCell, UnitCounts
    from core.services.governance.view import MatrixColumn

    rule = catalog().ruleset(2566).rule("governance.funds.transfer")
    told = ("01001", "transfer.level", Period(2566, "R", 1), 1)
    cell = LightCell(
        LightColour.NONE, 3.0, State.STALE, *told, None, LightColour.YELLOW,
        units=UnitCounts(1, 1, 0, 0), beside=Verdict.PASS,
    )  # fmt: skip
    st.html(light_html(cell, MatrixColumn(rule, "level", 0, 0, 0, 0, 0, 0, 0)))
