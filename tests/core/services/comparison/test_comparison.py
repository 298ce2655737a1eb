"""Areas side by side, and one area now and before: ranks, directions, what silence is worth."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.periods import Period, parse_period
from core.scoring.base.inputs import Column
from core.scoring.base.states import State, Verdict
from core.services.comparison.areas import (
    AreaComparison,
    AreaRow,
    Selection,
    compare,
    resolve_selection,
)
from core.services.comparison.data import FIRST, criteria_of
from core.services.comparison.periods import (
    PeriodComparison,
    PeriodRow,
    before_of,
    compare_periods,
    earlier,
)
from core.services.comparison.takeaways import areas_rows, periods_rows
from core.services.exports.delimited import delimited
from core.services.exports.workbook import Rows
from core.services.recompute.area_results import AreaMap, shared_results
from core.store.engine.migrate import open_database
from tests.core.services.lit import facilities, hospital
from tests.core.store.filling import write
from tests.country import small_country

ONE_DATABASE = True

MENU = ("revenue.area", "payables.area_1", "payables.area_2", "coverage.thai_area")
CRITERIA = criteria_of(MENU)
R1, R2 = map(parse_period, ("2566-R1", "2566-R2"))
nan = float("nan")


def shares(
    engine: Engine, criterion: str, period: Period, counts: Mapping[str, Sequence[float]]
) -> None:
    """Have the hospitals of areas come to these values, NaN having told nothing."""
    rule = catalog().ruleset(period.fiscal_year).rules[criterion]
    values = np.array([value for told in counts.values() for value in told], dtype=np.float64)
    states = np.where(np.isnan(values), State.NOT_REPORTED, State.REPORTED).astype(np.int8)
    where = AreaMap(
        codes=tuple(counts),
        periods=(period,) * len(counts),
        rows=np.arange(len(values)),
        areas=np.repeat(np.arange(len(counts)), [len(told) for told in counts.values()]),
    )
    # A verdict counts as 1 where it is a pass.
    write(engine, shared_results(rule, where, Column(values, states)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small country, and what its provinces came to by rounds."""
    folder = tmp_path_factory.mktemp("compared")
    engine = small_country(open_database(f"sqlite:///{folder / 'truat.db'}", "own"))
    shares(engine, "revenue.area", R1, {"P61": [1, 1, 1, 1], "P65": [0, 1]})
    shares(engine, "revenue.area", R2, {"P61": [1, 0, 0, 1], "P65": [1, 1]})
    shares(engine, "payables.area_1", R1, {"P61": [1, 0, 0, 0], "P65": [0, 0]})
    shares(engine, "payables.area_2", R2, {"P61": [nan] * 4, "P65": [0, 0]})
    shares(engine, "coverage.thai_area", R1, {"P61": [1, 1, 1, 0], "P65": [1, nan]})
    return engine


def ask(engine: Engine, *, period: str = "", areas: str = "", area: str = "") -> Selection:
    found = resolve_selection(engine, CRITERIA, period=period, areas=areas, area=area)
    assert found is not None
    return found


def side_by_side(engine: Engine, **address: str) -> AreaComparison:
    return compare(engine, ask(engine, **address))


def now_and_before(engine: Engine, before: str = "", **address: str) -> PeriodComparison:
    found = ask(engine, **address)
    return compare_periods(engine, found, before_of(found, before))


def row(found: AreaComparison, criterion: str) -> AreaRow:
    return next(one for one in found.rows if one.criterion.id == criterion)


def changed(found: PeriodComparison, criterion: str) -> PeriodRow:
    return next(one for one in found.rows if one.criterion.id == criterion)


def test_the_crisis_comes_first_then_the_menu_without_matrices_and_doubles() -> None:
    menu = ("governance.funds", "revenue.area", "crisis.area", "msss.area", "no.such")
    assert criteria_of(menu) == (*FIRST, "revenue.area", "msss.area")


def test_shares_with_counts_stand_side_by_side(country: Engine) -> None:
    found = row(side_by_side(country, areas="P61,P65"), "crisis.area")
    assert [cell.percent for cell in found.cells] == [50.0, 0.0]
    told = [cell.share for cell in found.cells if cell.share]
    assert [(one.number, one.over, one.reporting, one.expected) for one in told] == [
        (2, 4, 4, 4),
        (0, 1, 1, 2),
    ]
    assert told[1].is_open, "the silent one could change the verdict"


def test_the_best_is_the_lowest_where_lower_is_better(country: Engine) -> None:
    found = side_by_side(country, areas="P61,P65,TH")
    assert [cell.rank for cell in row(found, "crisis.area").cells] == ["worst", "best", ""]
    assert [cell.rank for cell in row(found, "revenue.area").cells] == ["worst", "best", ""]
    assert row(found, "revenue.area").known == (50.0, 100.0)


def test_equals_are_neither_best_nor_worst_unless_others_are_otherwise(country: Engine) -> None:
    three = side_by_side(country, areas="P61,P65,R03")
    assert [cell.rank for cell in row(three, "crisis.area").cells] == ["worst", "best", "worst"]
    same = side_by_side(country, areas="P61,R03")
    assert [cell.rank for cell in row(same, "crisis.area").cells] == ["", ""]
    assert same.ranked(0, "best") == same.ranked(0, "worst") == 0


def test_nothing_told_is_no_zero_and_no_rank(country: Engine) -> None:
    found = row(side_by_side(country, areas="P61,P65"), "payables.area_2")
    assert [cell.percent for cell in found.cells] == [None, 0.0]
    assert [cell.rank for cell in found.cells] == ["", ""]
    assert not found.is_comparable


def test_rows_in_the_order_of_the_menu_and_counts_for_the_key_message(country: Engine) -> None:
    found = side_by_side(country, areas="P61,P65")
    assert [one.criterion.id for one in found.rows] == [
        "crisis.area", "crisis.budgeting", "revenue.area", "payables.area_2", "coverage.thai_area",
    ]  # fmt: skip
    assert len(found.comparable) == 4
    assert [(found.ranked(n, "best"), found.ranked(n, "worst")) for n in (0, 1)] == [(1, 2), (2, 1)]
    # Coverage has no target, and where nothing was told there is no verdict.
    assert [found.met(n) for n in (0, 1)] == [(0, 3), (2, 4)]


def test_a_round_not_told_yet_is_that_of_the_round_before_and_says_so(country: Engine) -> None:
    found = side_by_side(country, areas="P61,P65")
    coverage = row(found, "coverage.thai_area")
    assert (coverage.period, coverage.is_stale) == (R1, True)
    assert [cell.percent for cell in coverage.cells] == [75.0, 50.0]
    assert not row(found, "revenue.area").is_stale
    assert "payables.area_1" not in [one.criterion.id for one in found.rows]


@pytest.mark.parametrize(
    ("areas", "area", "chosen"),
    [
        ("P61,P65", "", ("P61", "P65")),
        ("R02,P65,D6501,TH,P61", "", ("R02", "P65", "D6501", "TH")),
        ("P61,p61,D6101,soon,P99,<b>", "", ("P61", "D6101")),
        # The code of a hospital is no area.
        ("P61,11201", "", ("P61", "P65")),
        ("", "P61", ("P61", "P65")),
        ("", "D6101", ("D6101", "D6102", "D6501")),
        ("", "11201", ("R02", "R03")),
        ("D6102", "R02", ("D6102", "D6101", "D6501")),
        ("", "", ("R02", "R03")),
        ("TH", "", ("R02", "R03")),
    ],
)
def test_areas_are_those_named_else_those_beside(
    country: Engine, areas: str, area: str, chosen: tuple[str, ...]
) -> None:
    assert ask(country, areas=areas, area=area).areas == chosen


def test_the_one_area_is_that_of_the_address_else_the_first_named(country: Engine) -> None:
    assert ask(country, areas="P61,P65", area="R02").area == "R02"
    assert ask(country, areas="P61,P65").area == "P61"
    assert ask(country).area == "TH"


def test_who_is_alone_is_held_against_what_it_lies_in(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    facilities(engine, hospital("11201"))
    shares(engine, "crisis.budgeting", parse_period("2566-M09"), {"P61": [1], "D6101": [1]})
    assert ask(engine, area="P61").areas == ("P61", "R03")
    assert ask(engine).areas == ("TH",)
    assert compare(engine, ask(engine)).comparable == ()


@pytest.mark.parametrize(
    ("period", "moment"),
    [
        ("", "2566-M09"), ("2566-M08", "2566-M08"), ("2566-R2", "2566-M09"),
        ("2566-R1", "2566-R1"), ("2566-M03", "2566-R1"), ("soon", "2566-M09"),
    ],
)  # fmt: skip
def test_months_and_rounds_go_together(country: Engine, period: str, moment: str) -> None:
    found = ask(country, period=period)
    assert str(found.moment) == moment
    # Of the first round no month was told: it is a moment by itself.
    assert list(map(str, found.moments)) == ["2566-M09", "2566-M08", "2566-R1"]


def test_before_is_the_last_moment_of_the_round_before(country: Engine) -> None:
    found = ask(country)
    assert list(map(str, earlier(found))) == ["2566-M08", "2566-R1"]
    assert before_of(found, "") == R1
    assert before_of(found, "2566-M08") == parse_period("2566-M08")
    assert before_of(found, "2566-R2") == parse_period("2566-M08"), "the round's newest before"
    assert before_of(found, "2566-M09") == R1, "what is shown is not before itself"
    assert before_of(ask(country, period="2566-R1"), "") is None


def test_more_is_better_or_worse_by_what_the_criterion_wants(country: Engine) -> None:
    found = now_and_before(country, "2566-M08", area="P65")
    crisis = changed(found, "crisis.area")
    assert (crisis.change, crisis.direction) == (0.0, "same")
    found = now_and_before(country, area="P61")
    revenue = changed(found, "revenue.area")
    assert (revenue.change, revenue.direction) == (-50.0, "worse")
    assert revenue.verdicts == (Verdict.PASS, Verdict.FAIL)
    assert revenue.has_turned
    assert changed(now_and_before(country, area="P65"), "revenue.area").direction == "better"


def test_a_higher_crisis_is_worse(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    facilities(engine, hospital("11201"), hospital("11301", "D6501"))
    for month, told in (("2566-M08", [7.0, 0.0]), ("2566-M09", [7.0, 7.0])):
        shares(engine, "crisis.area", parse_period(month), {"P61": told, "P65": told[::-1]})
    crisis = changed(now_and_before(engine, "2566-M08", area="P61"), "crisis.area")
    assert (crisis.change, crisis.direction) == (50.0, "worse")


def test_what_one_round_judged_both_times_is_left_out_and_counted(country: Engine) -> None:
    found = now_and_before(country, "2566-M08", area="P61")
    assert [one.criterion.id for one in found.rows] == ["crisis.area", "crisis.budgeting"]
    assert found.left_out == 3, "revenue, payables of round 2 and coverage"


def test_one_side_missing_is_neither_change_nor_turn(country: Engine) -> None:
    found = now_and_before(country, area="P61")
    second = changed(found, "payables.area_2")
    assert second.before is None
    assert (second.change, second.direction, second.has_turned) == (None, None, False)
    first = changed(found, "payables.area_1")
    assert first.now is None
    # A round not told yet is not that of the round before.
    coverage = changed(found, "coverage.thai_area")
    assert coverage.now is not None
    assert coverage.now.percent is None
    assert (found.count("better"), found.count("worse"), len(found.turned)) == (0, 1, 1)
    assert found.met_before == (1, 2)


def test_nothing_earlier_is_nothing_to_compare(country: Engine) -> None:
    found = now_and_before(country, period="2566-R1", area="P61")
    assert found.before is None
    assert found.comparable == ()


def test_an_empty_store_has_nothing_to_compare(tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    assert resolve_selection(empty, CRITERIA, period="", areas="", area="") is None


def test_tables_to_take_away_hold_unrounded_figures_and_empty_cells(country: Engine) -> None:
    lines = read(areas_rows(side_by_side(country, areas="P61,P65"), "en"))
    assert [line["Area code"] for line in lines[:2]] == ["P61", "P65"]
    second = [line for line in lines if line["Indicator"].endswith("well, round 2")]
    assert [(line["Percent"], line["Facilities"], line["Standing"]) for line in second] == [
        ("", "", ""),
        ("0.0", "0", ""),
    ]
    assert lines[0]["Target"] == "Level 7: at most 0%, Levels 4–6: at most 2%"
    lines = read(periods_rows(now_and_before(country, area="P61"), "en"))
    revenue = next(line for line in lines if line["Indicator"].startswith("Facilities with a rev"))
    assert (revenue["Percent before"], revenue["Percent"]) == ("100.0", "50.0")
    assert (revenue["Change"], revenue["Direction"]) == ("-50.0", "Worse")


def read(rows: Rows) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(delimited(rows).decode("utf-8-sig"))))
