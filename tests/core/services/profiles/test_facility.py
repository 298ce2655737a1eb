"""The profile of a facility: what stands, month by month, and what is behind every test."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from core.periods import parse_period
from core.services.profiles.facility import explained, profile
from core.services.profiles.themes import facility_themes
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

NOW, BEFORE = parse_period("2566-M09"), parse_period("2566-M08")


@pytest.fixture
def statements(told: Engine) -> Iterator[list[str]]:
    """What the store is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(told, "before_cursor_execute", note)
    yield asked
    event.remove(told, "before_cursor_execute", note)


@pytest.fixture
def told(engine: Engine) -> Engine:
    """One hospital broke since this month, one that is silent now; July of 2565 is not told of."""
    register(engine, hospital("11201"), hospital("11202", "D6102"), hospital("11203"))
    send(
        engine,
        row("11201", SOUND, month=6),
        row("11201", SOUND, month=8),
        row("11201", BROKE, month=9),
        row("11202", SOUND, month=8),
    )
    return engine


def test_the_way_down_leads_through_region_province_and_district(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    assert [place.code for place in shown.chain] == ["TH", "R03", "P61", "D6101", "11201"]
    assert shown.place.name.en == "Hospital 11201"


def test_the_level_is_that_of_the_month_and_its_tests_add_up_to_it(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    assert shown.now.level == 7
    leaves = [test for test in shown.level.parts if not test.is_block]
    assert [test.points for test in leaves] == [1, 1, 1, 1, 1, 2]
    earlier = profile(told, "11201", BEFORE)
    assert earlier is not None
    assert earlier.now.level == 0


def test_survival_is_listed_with_the_bands_of_its_signs(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    assert shown.level is not None
    survival = next(part for part in shown.level.parts if part.id.endswith(".survival"))
    assert survival.held.requirement is not None
    assert survival.held.requirement.en == "working capital and income below zero"


def test_a_test_tells_its_cutoff_and_the_cells_of_its_own_figures(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    tests = {test.id: test for test in explained(told, shown)["crisis.level"].parts}
    cash = tests["crisis.level.liquidity.cash_ratio"]
    assert cash.figure == pytest.approx(0.1)
    assert cash.held.requirement is not None
    assert cash.held.requirement.en == "below 0.8 times"
    assert cash.held.limit == 0.8
    assert cash.next_step is not None
    assert cash.next_step.en.startswith("It must rise by 0.7 times to pass.")
    cells = {fact.measure: fact.cell for fact in cash.facts}
    assert cells == {"finance.cash": "D4", "finance.current_liabilities": "G4"}
    survival = tests["crisis.level.survival"]
    assert survival.held.limit is None
    assert "finance.net_income" in {fact.measure for fact in survival.facts}


def test_a_test_tells_its_formula_and_every_cut_off_it_may_keep(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    tests = {test.id: test for test in (*shown.level.parts, *shown.score.parts)}
    cash = tests["crisis.level.liquidity.cash_ratio"]
    assert cash.formula is not None
    assert cash.formula.en == "Cash and cash equivalents ÷ current liabilities"
    assert cash.held.edges == ()
    edges = {key: [edge.en for edge in test.held.edges] for key, test in tests.items()}
    assert edges["tps.score.process.assets.payables"] == [
        "at most 90 days, where cash ratio is at least 0.8",
        "at most 180 days",
    ]
    assert edges["tps.score.process.management.productivity.adjrw"] == [
        "above the median of the peer group",
        "or growth of AdjRW at least 5%",
    ]


def test_the_workbook_and_its_moment_are_known(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    source = explained(told, shown)["crisis.level"].stored.source
    assert source is not None
    assert source.file_name == "finance.csv"
    assert source.uploaded_at.tzinfo is not None


def test_24_months_end_with_the_one_shown_and_the_silent_ones_stay_empty(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    assert len(shown.series) == 24
    assert str(shown.series[0].period) == "2564-M10"
    assert [point.level for point in shown.series[-4:]] == [0, None, 0, 7]
    assert [point.reported for point in shown.series[-4:]] == [True, False, True, True]
    assert shown.now.cash_ratio == pytest.approx(0.1)
    assert shown.now.capital == -50


def test_what_moved_since_the_month_before_says_whether_it_is_worse(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    moved = {(one.criterion, one.name.en): one for one in shown.moved}
    cash = moved["crisis.level", "Cash ratio"]
    assert (cash.before, cash.now, cash.worse) == (0, 1, True)
    same = moved["tps.score", "Cash ratio"]
    assert (same.before, same.now, same.worse) == (1, 0, True)


def test_after_a_silent_month_nothing_is_said_to_have_moved(told: Engine) -> None:
    shown = profile(told, "11201", BEFORE)
    assert shown is not None
    assert not shown.before.reported
    assert shown.moved == ()


def test_a_silent_month_has_no_level_and_names_the_last_one_told(told: Engine) -> None:
    shown = profile(told, "11202", NOW)
    assert shown is not None
    assert shown.level is None
    assert not shown.now.reported
    assert shown.latest is not None
    assert shown.latest.period == BEFORE


def test_one_that_never_told_has_no_last_month(told: Engine) -> None:
    shown = profile(told, "11203", NOW)
    assert shown is not None
    assert shown.latest is None


def test_a_code_nobody_knows_has_no_profile(told: Engine) -> None:
    assert profile(told, "99999", NOW) is None


def test_a_score_of_fewer_points_is_not_held_against_grades(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    assert shown.now.possible is not None
    assert shown.now.possible < 15
    assert not shown.now.graded
    assert shown.now.grade is None


def test_a_peer_value_tells_of_how_many_and_that_they_are_few(engine: Engine) -> None:
    register(engine, *(hospital(f"1120{n}", hgr="F2") for n in range(1, 4)))
    rows = [row(f"1120{n}", SOUND | {"cost.labour": 100 * n}) for n in range(1, 4)]
    send(engine, *rows)
    shown = profile(engine, "11203", NOW)
    assert shown is not None
    assert shown.group == "F2"
    part = next(test for test in shown.score.parts if test.id.endswith("costs.labour"))
    assert (part.held.peer_value, part.held.peers, part.held.few_peers) == (200, 3, True)
    assert part.points == 0


def test_new_figures_replace_a_profile_that_was_kept(told: Engine) -> None:
    before = profile(told, "11201", NOW)
    assert before is not None
    send(told, row("11201", SOUND, month=9))
    after = profile(told, "11201", NOW)
    assert after is not None
    assert (before.now.level, after.now.level) == (7, 0)


def test_the_lines_of_the_trends_are_those_of_the_rules(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    cut = shown.cutoffs
    assert (cut.crisis, cut.worst, cut.cash_ratio, cut.capital) == (4, 7, 0.8, 0)
    assert cut.grades[:2] == (("A", 12), ("B", 10.5))


def test_what_is_shown_of_a_test_is_what_its_why_says(told: Engine) -> None:
    shown = profile(told, "11201", NOW)
    assert shown is not None
    behind = explained(told, shown)
    for tests in (shown.level, shown.score):
        assert tests is not None
        whole = next(why for why in behind.values() if why.stored.result.id == tests.result)
        for part, why in zip(tests.parts, whole.parts, strict=True):
            # What came of it, and every line of its rule, are read with the why alone.
            assert replace(part, next_step=None) == replace(
                why, facts=(), says=None, sentence=None, rungs=(), hit=None, next_step=None
            )
            # The way that is left; its why adds what the figures lack.
            if part.next_step and why.next_step:
                assert why.next_step.en.startswith(part.next_step.en)
        assert tests.verdict == whole.stored.result.verdict


def test_another_month_of_the_same_hospital_asks_the_store_for_nothing(
    told: Engine, statements: list[str]
) -> None:
    profile(told, "11201", NOW)
    facility_themes(told, "11201", NOW)
    statements.clear()
    assert profile(told, "11201", BEFORE) is not None
    facility_themes(told, "11201", BEFORE)
    # One a call: whether the results are still the same.
    assert len(statements) == 2, statements


def test_a_hospital_never_seen_takes_few_questions(told: Engine, statements: list[str]) -> None:
    profile(told, "11202", NOW)
    statements.clear()
    assert profile(told, "11201", NOW) is not None
    facility_themes(told, "11201", NOW)
    assert len(statements) <= 4, statements
