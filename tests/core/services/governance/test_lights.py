"""Lights of the governance matrices: every printed edge on both sides, and what lights nothing."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.scoring.base.states import State, Verdict
from core.scoring.themes.lights import LightColour
from core.services.governance.data import matrix_month
from core.store.engine.migrate import open_database
from tests.core.services.lit import (
    MONTH,
    MONTH_BEFORE,
    ROUND,
    ROUND_BEFORE,
    Part,
    cell,
    facilities,
    figure,
    hospital,
    hospitals,
    lights,
    nan,
    pcu,
    tell,
    tell_parts,
    whole,
)

ONE_DATABASE = True


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """One database is enough: what reads it is tested on both."""
    return open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")


ABOVE_90 = [90.01, 90, 80, 79.99], "GYYR"
ABOVE_70 = [70.01, 70, 50, 49.99], "GYYR"
ABOVE_40 = [40.01, 40, 20, 19.99], "GYYR"
VALUES = {
    "financial.crisis": ("crisis.level", MONTH, [0, 1, 3, 4, 7], "GYYRR"),
    "financial.revenue": ("revenue.score", ROUND, *ABOVE_90),
    "financial.expense": ("msss.score", ROUND, *ABOVE_90),
    "financial.payables": ("payables.paid", ROUND, *ABOVE_90),
    "financial.tps": ("tps.score", MONTH, [15, 10.5, 10.49, 7.5, 7.49], "GGYYR"),
    "funds.foreign": ("coverage.foreign", ROUND, *ABOVE_70),
    "funds.fss": ("coverage.fss", ROUND, *ABOVE_70),
    "funds.stroke_stemi": ("sproi.stroke_stemi", ROUND, *ABOVE_40),
    "funds.covid": ("sproi.covid", ROUND, *ABOVE_40),
    "funds.compensation": ("compensation.on_time", MONTH, *ABOVE_90),
}
FIGURES = {
    "financial.accounting": ([100, 99.99, 99, 95, 94.99], "GYYYR"),
    "efficiency.inventory": ([59.99, 60, 90, 90.01], "GYYR"),
    "efficiency.payables": ([89.99, 90, 120, 120.01], "GYYR"),
    "efficiency.occupancy": ([80.01, 80, 50, 49.99], "GYYR"),
}


@pytest.mark.parametrize("column", VALUES)
def test_every_edge_of_a_value(engine: Engine, column: str) -> None:
    criterion, period, values, lit = VALUES[column]
    codes = hospitals(engine, len(values))
    tell(engine, criterion, period, dict(zip(codes, values, strict=True)))
    matrix, name = column.split(".")
    assert lights(whole(engine, matrix), name) == lit


@pytest.mark.parametrize("column", FIGURES)
def test_every_edge_of_a_figure_of_the_month(engine: Engine, column: str) -> None:
    values, lit = FIGURES[column]
    codes = hospitals(engine, len(values))
    matrix, name = column.split(".")
    parts = {code: {name: figure(value)} for code, value in zip(codes, values, strict=True)}
    tell_parts(engine, "governance.figures", MONTH, parts)
    assert lights(whole(engine, matrix), name) == lit


@pytest.mark.parametrize(
    ("cmi", "criterion", "lit"),
    [(1.1001, 1.0, "G"), (1.1, 1.0, "Y"), (1.0, 1.0, "Y"), (0.9999, 1.0, "R"),
     (0.77, 0.7, "Y"), (1.32, 1.2, "Y"), (1.32055, 1.2, "G"), (1.2345, 1.23455, "R"),
     (1.0, nan, "N")],
)  # fmt: skip
def test_cmi_is_lit_by_how_far_it_lies_above_its_criterion(
    engine: Engine, cmi: float, criterion: float, lit: str
) -> None:
    hospitals(engine, 1)
    tell_parts(engine, "governance.figures", MONTH, {"11000": {"cmi": figure(cmi, criterion)}})
    assert lights(whole(engine, "efficiency"), "cmi") == lit


R, N, A, C = State.REPORTED, State.NOT_REPORTED, State.NOT_APPLICABLE, State.CONTRADICTORY


def funds(*tests: tuple[float, State]) -> dict[str, Part]:
    """The block of collection periods with its three funds: points, and what is known of each."""
    judged = [points for points, state in tests if state is R]
    earned = sum(judged) if judged else nan
    done = R if len(judged) == len(tests) else N
    parts = {"collection": (nan, nan, earned, float(len(judged)), done)}
    for name, (points, state) in zip(("uc", "csmbs", "sss"), tests, strict=True):
        kept = points if state is R else nan
        parts[f"collection.{name}"] = (nan, 60.0, kept, 1.0, state)
    return parts


@pytest.mark.parametrize(
    ("tests", "lit", "state"),
    [
        ([(1, R), (1, R), (1, R)], "G", R),
        ([(1, R), (1, R), (0, R)], "Y", R),
        ([(0, R), (0, R), (1, R)], "Y", R),
        ([(0, R), (0, R), (0, R)], "R", R),
        # One kept and one missed: yellow whatever the third says.
        ([(1, R), (0, R), (0, N)], "Y", R),
        ([(1, R), (1, R), (0, N)], "N", N),
        ([(0, R), (0, R), (0, C)], "N", C),
        ([(0, N), (0, N), (0, N)], "N", N),
        # A fund that does not apply leaves the denominator.
        ([(1, R), (1, R), (0, A)], "G", R),
        ([(1, R), (0, R), (0, A)], "Y", R),
        ([(0, R), (0, R), (0, A)], "R", R),
        ([(0, A), (0, A), (0, A)], "N", A),
    ],
)
def test_funds_that_are_collected_in_time(
    engine: Engine, tests: list[tuple[float, State]], lit: str, state: State
) -> None:
    hospitals(engine, 1)
    tell_parts(engine, "governance.figures", MONTH, {"11000": funds(*tests)})
    found = whole(engine, "efficiency")
    assert lights(found, "collection") == lit
    assert cell(found, "11000", "collection").state is state


def test_points_are_told_of_those_that_apply(engine: Engine) -> None:
    hospitals(engine, 1)
    parts = funds((1, R), (1, R), (0, A))
    tell_parts(engine, "governance.figures", MONTH, {"11000": parts})
    shown = cell(whole(engine, "efficiency"), "11000", "collection")
    assert (shown.figure, shown.full) == (2, 2)


def test_whoever_told_nothing_has_no_light(engine: Engine) -> None:
    hospitals(engine, 1)
    shown = cell(whole(engine, "financial"), "11000", "crisis")
    assert (shown.light, shown.state, shown.result) == (LightColour.NONE, State.NOT_REPORTED, None)
    assert shown.silent


@pytest.mark.parametrize("state", [N, A, C, State.ERROR])
def test_a_light_needs_a_reported_value(engine: Engine, state: State) -> None:
    hospitals(engine, 1)
    tell(engine, "sproi.covid", ROUND, {"11000": nan}, states={"11000": state})
    shown = cell(whole(engine, "funds"), "11000", "covid")
    assert (shown.light, shown.state) == (LightColour.NONE, state)
    assert shown.silent == (state is not A)


def test_a_value_that_stands_for_good_may_still_be_open_between_two_lights(engine: Engine) -> None:
    codes = hospitals(engine, 3)
    ends = [(85.0, 95.0), (91.0, 95.0), (40.0, 79.0)]
    notes = {c: {"worst": low, "best": high} for c, (low, high) in zip(codes, ends, strict=True)}
    tell(engine, "msss.score", ROUND, dict.fromkeys(codes, 93.0), notes=notes)
    found = whole(engine, "financial")
    assert lights(found, "expense") == "NGR"
    assert cell(found, codes[0], "expense").state is N


class TestRounds:
    """A month asked for means the round it lies in."""

    def test_a_result_of_the_round_counts(self, engine: Engine) -> None:
        hospitals(engine, 1)
        tell(engine, "revenue.score", ROUND_BEFORE, {"11000": 50})
        tell(engine, "revenue.score", ROUND, {"11000": 95})
        shown = cell(whole(engine, "financial"), "11000", "revenue")
        assert (shown.light, shown.figure, shown.period) == (LightColour.GREEN, 95, ROUND)
        assert shown.before is LightColour.RED

    def test_an_older_one_is_shown_and_lights_nothing(self, engine: Engine) -> None:
        hospitals(engine, 1)
        tell(engine, "revenue.score", ROUND_BEFORE, {"11000": 95})
        shown = cell(whole(engine, "financial"), "11000", "revenue")
        assert (shown.light, shown.earlier) == (LightColour.NONE, LightColour.GREEN)
        assert (shown.state, shown.figure, shown.period) == (State.STALE, 95, ROUND_BEFORE)
        assert shown.silent

    def test_in_the_first_round_only_that_counts(self, engine: Engine) -> None:
        hospitals(engine, 1)
        last_year, march = parse_period("2565-R2"), parse_period("2566-M06")
        tell(engine, "revenue.score", ROUND, {"11000": 95})
        tell(engine, "revenue.score", last_year, {"11000": 95})
        shown = cell(whole(engine, "financial", march), "11000", "revenue")
        assert (shown.light, shown.result) == (LightColour.NONE, None)
        tell(engine, "revenue.score", ROUND_BEFORE, {"11000": 50})
        shown = cell(whole(engine, "financial", march), "11000", "revenue")
        assert (shown.light, shown.before) == (LightColour.RED, LightColour.GREEN)

    def test_a_month_has_its_own_result_or_none(self, engine: Engine) -> None:
        hospitals(engine, 1)
        tell(engine, "crisis.level", MONTH_BEFORE, {"11000": 2})
        shown = cell(whole(engine, "financial"), "11000", "crisis")
        assert (shown.light, shown.state, shown.figure) == (LightColour.NONE, N, None)

    def test_a_light_turns_red_only_from_another_light(self, engine: Engine) -> None:
        codes = hospitals(engine, 3)
        tell(engine, "crisis.level", MONTH_BEFORE, {codes[0]: 3, codes[1]: 4, codes[2]: nan})
        tell(engine, "crisis.level", MONTH, dict.fromkeys(codes, 5.0))
        found = whole(engine, "financial")
        assert [cell(found, c, "crisis").turned_red for c in codes] == [True, False, False]


class TestNetworks:
    """A hospital shows the lowest level of its district's primary care units."""

    @pytest.fixture
    def network(self, engine: Engine) -> Engine:
        here = [hospital("11000"), hospital("11001", "D6102"), hospital("11002", "D6501")]
        units = [pcu(f"0100{n}", marked=n < 2) for n in range(4)]
        units.append(pcu("01009", "D6102", marked=True))
        return facilities(engine, *here, *units)

    def test_the_lowest_counts_and_the_others_stand_beside_it(self, network: Engine) -> None:
        tell(network, "transfer.level", ROUND, {"01000": 5, "01001": 4, "01002": 2, "01003": 1})
        shown = cell(whole(network, "funds"), "11000", "transfer")
        assert (shown.light, shown.figure) == (LightColour.RED, 1)
        assert shown.units == (2, 1, 1, 0)
        assert (shown.subject, shown.criterion) == ("01003", "transfer.level")

    @pytest.mark.parametrize(
        ("lowest", "lit"), [(5, "G"), (4, "G"), (3, "Y"), (2, "Y"), (1, "R"), (0, "R")]
    )
    def test_its_edges(self, network: Engine, lowest: int, lit: str) -> None:
        tell(network, "transfer.level", ROUND, {"01000": 5, "01001": lowest})
        assert lights(whole(network, "funds"), "transfer")[0] == lit

    def test_who_is_silent_could_be_lower(self, network: Engine) -> None:
        tell(network, "transfer.level", ROUND_BEFORE, {"01000": 5, "01001": 5})
        tell(network, "transfer.level", ROUND, {"01000": 5})
        shown = cell(whole(network, "funds"), "11000", "transfer")
        assert (shown.light, shown.state, shown.figure) == (LightColour.NONE, N, 5)
        assert shown.units == (1, 0, 0, 1)

    def test_a_marked_unit_and_one_that_reports_later_are_silent(self, network: Engine) -> None:
        tell(network, "transfer.level", ROUND_BEFORE, {"01000": 5})
        tell(network, "transfer.level", ROUND, {"01000": 5, "01002": 5})
        earlier = matrix_month(network, "governance.funds", parse_period("2566-M03"))
        shown = cell(earlier, "11000", "transfer")
        assert (shown.light, shown.units) == (LightColour.NONE, (1, 0, 0, 2))

    def test_red_is_red_whoever_is_silent(self, network: Engine) -> None:
        tell(network, "transfer.level", ROUND_BEFORE, {"01000": 5, "01001": 5})
        tell(network, "transfer.level", ROUND, {"01000": 1})
        assert lights(whole(network, "funds"), "transfer")[0] == "R"

    def test_a_level_that_is_open_within_one_light_is_lit(self, network: Engine) -> None:
        open_ = {"01000": {"worst": 2.0, "best": 3.0}, "01001": {"worst": 1.0, "best": 3.0}}
        tell(network, "transfer.level", ROUND, {"01001": 5})
        for unit, lit in (("01000", "Y"), ("01001", "N")):
            tell(network, "transfer.level", ROUND, {unit: nan}, notes={unit: open_[unit]})
            assert lights(whole(network, "funds"), "transfer")[0] == lit

    def test_a_network_of_an_earlier_round_is_stale(self, network: Engine) -> None:
        tell(network, "transfer.level", ROUND_BEFORE, {"01000": 5, "01001": 3})
        shown = cell(whole(network, "funds"), "11000", "transfer")
        assert (shown.light, shown.earlier) == (LightColour.NONE, LightColour.YELLOW)
        assert (shown.state, shown.figure, shown.period) == (State.STALE, 3, ROUND_BEFORE)

    def test_without_units_it_does_not_apply_and_marked_ones_are_silent(
        self, network: Engine
    ) -> None:
        tell(network, "transfer.level", ROUND, {"01000": 5})
        found = whole(network, "funds")
        assert cell(found, "11001", "transfer").state is N
        assert cell(found, "11002", "transfer").state is A


class TestBeside:
    """The matrix knows no exceptions of the TPS: where the verdicts differ both are shown."""

    @pytest.mark.parametrize(
        ("column", "days", "limit", "points", "beside"),
        [
            ("inventory", 75, 90, 1, Verdict.PASS),  # on an island
            ("inventory", 75, 60, 0, None),
            ("inventory", 59, 60, 1, None),
            ("inventory", 60, 60, 1, Verdict.PASS),  # "less than" here, "at most" there
            ("payables", 150, 180, 1, Verdict.PASS),  # short of cash
            ("payables", 150, 90, 0, None),
            ("payables", 89, 180, 1, None),
            ("payables", 89, nan, nan, None),
        ],
    )
    def test_the_other_verdict(
        self, engine: Engine, column: str, days: float, limit: float, points: float,
        beside: Verdict | None,
    ) -> None:  # fmt: skip
        hospitals(engine, 1)
        tell_parts(engine, "governance.figures", MONTH, {"11000": {column: figure(days)}})
        judged = (days, limit, points, 1.0, R)
        tell_parts(engine, "tps.score", MONTH, {"11000": {f"process.assets.{column}": judged}})
        assert cell(whole(engine, "efficiency"), "11000", column).beside is beside
