"""What needs attention by the themes: targets missed, silence, new defects, lights turned red."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.criteria.model import Op
from core.periods import Period
from core.scoring.base.states import State
from core.services.overview.area_share import Line
from core.services.themes.attention import ThemeAttention, read_ahead, short_of, theme_attention
from core.store.engine.migrate import open_database
from core.text import Text
from tests.core.services.lit import (
    MONTH,
    MONTH_BEFORE,
    ROUND,
    ROUND_BEFORE,
    Part,
    facilities,
    hospital,
    nan,
    pcu,
    tell,
    tell_parts,
    tell_shares,
)

ONE_DATABASE = True

PLACES = {"11201": "D6101", "11202": "D6101", "11203": "D6102", "11301": "D6501"}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """Four hospitals and three primary care units."""
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    rows = [hospital(code, district) for code, district in PLACES.items()]
    units = (pcu(f"0100{number}", marked=number < 2) for number in range(3))
    return facilities(engine, *rows, *units)


def found(
    engine: Engine,
    area: str = "TH",
    *,
    period: Period = MONTH,
    before: Period | None = MONTH_BEFORE,
) -> ThemeAttention:
    return theme_attention(engine, period, before, area)


@pytest.mark.parametrize(
    ("op", "limit", "number", "over", "short"),
    [
        ("above", 90, 800, 907, 17),  # 90 % are 816.3: it takes 817
        ("above", 90, 8, 10, 2),  # 9 of 10 are 90 %, which is not above
        ("above", 90, 9, 10, 1),
        ("at_least", 90, 8, 10, 1),
        ("at_least", 99, 98, 100, 1),
        ("up_to", 4, 5, 100, 1),
        ("below", 50, 50, 100, 1),
    ],
)
def test_how_many_facilities_a_target_is_missed_by(
    op: Op, limit: float, number: int, over: int, short: int
) -> None:
    line = Line("x", Text("x", "x"), number, 100 * number / over, op, limit)
    assert short_of(line, over) == short


def test_targets_of_the_month_and_its_round_are_missed_or_not(engine: Engine) -> None:
    tell_shares(engine, "revenue.area", ROUND, {"TH": (3, 4), "P61": (3, 3), "P65": (0, 1)})
    tell_shares(engine, "msss.area", ROUND, {"TH": (1, 4)})
    tell_shares(engine, "payables.area_1", ROUND_BEFORE, {"TH": (0, 4)})
    country = found(engine)
    assert [(one.criterion, one.number, one.over, one.short) for one in country.missed] == [
        ("msss.area", 1, 4, 3),
        ("revenue.area", 3, 4, 1),
    ]
    assert country.judged == 2
    assert found(engine, "P61").missed == ()
    assert [one.short for one in found(engine, "P65").missed] == [1]


def test_districts_have_targets_too(engine: Engine) -> None:
    tell_shares(engine, "revenue.area", ROUND, {"D6101": (0, 2), "D6102": (1, 1)})
    assert [one.number for one in found(engine, "D6101").missed] == [0]
    assert found(engine, "D6102").missed == ()


def test_a_share_nobody_reported_of_misses_nothing(engine: Engine) -> None:
    tell_shares(engine, "revenue.area", ROUND, {"TH": (0, 4)}, reporting=0)
    assert (found(engine).missed, found(engine).judged) == ((), 0)


def test_whoever_told_nothing_of_a_theme_is_silent(engine: Engine) -> None:
    tell(engine, "revenue.score", ROUND, {"11201": 95})
    tell(engine, "revenue.defects", MONTH, {"11202": 0})
    tell(engine, "msss.score", ROUND_BEFORE, {"11201": 95})
    silent = {one.criterion.partition(".")[0]: one.count for one in found(engine).silent}
    # Of the medical supplies nobody told anything in this round: nothing is due yet.
    assert silent == {"revenue": 2}
    assert [one.count for one in found(engine, "D6102").silent] == [1]
    assert found(engine, "D6101").silent == ()


def test_of_primary_care_units_those_to_be_transferred_are_silent(engine: Engine) -> None:
    tell(engine, "transfer.level", ROUND_BEFORE, {"01000": 4, "01001": 4})
    tell(engine, "transfer.level", ROUND, {"01000": 4})
    (one,) = found(engine).silent
    assert (one.of, one.count, one.period) == ("pcu", 1, ROUND)


PASSED: Part = (0.0, 0.0, 1.0, 1.0, State.REPORTED)
FAILED: Part = (3.0, 0.0, 0.0, 1.0, State.REPORTED)
UNKNOWN: Part = (nan, nan, nan, 1.0, State.NOT_REPORTED)


def test_a_defect_is_new_where_the_month_before_passed(engine: Engine) -> None:
    parts = ("missing", "delayed", "expired", "audit")
    told = {
        "11201": ((PASSED, PASSED, FAILED, UNKNOWN), (FAILED, FAILED, FAILED, FAILED)),
        "11202": ((PASSED, PASSED, PASSED, PASSED), (FAILED, PASSED, UNKNOWN, PASSED)),
        "11203": ((FAILED, PASSED, PASSED, PASSED), (PASSED, PASSED, PASSED, PASSED)),
    }
    for place, period in enumerate((MONTH_BEFORE, MONTH)):
        rows = {h: dict(zip(parts, both[place], strict=True)) for h, both in told.items()}
        tell_parts(engine, "revenue.defects", period, rows)
    assert [(one.place.code, [key for _, key in one.defects]) for one in found(engine).defects] == [
        ("11201", ["revenue.defects.missing", "revenue.defects.delayed"]),
        ("11202", ["revenue.defects.missing"]),
    ]
    assert found(engine, "D6102").defects == ()
    assert found(engine, before=None).defects == ()


def test_lights_that_turned_red_are_counted_by_column(engine: Engine) -> None:
    tell(engine, "crisis.level", MONTH_BEFORE, {"11201": 0, "11202": 3, "11203": 7})
    tell(engine, "crisis.level", MONTH, {"11201": 7, "11202": 4, "11203": 7, "11301": 7})
    tell(engine, "revenue.score", ROUND_BEFORE, {"11201": 95})
    tell(engine, "revenue.score", ROUND, {"11201": 70})
    red = [(one.matrix, one.name.en, one.count) for one in found(engine).red]
    assert red == [
        ("governance.financial", "Crisis level", 2),
        ("governance.financial", "Revenue (4S4C)", 1),
    ]
    assert found(engine, "P65").red == ()


def test_before_the_rules_nothing_needs_attention(engine: Engine) -> None:
    years = [year for year in (2560, 2561) if not catalog().ruleset(year).rules.get("msss.area")]
    for year in years:
        none = found(engine, period=Period(year, "M", 3), before=None)
        assert (none.missed, none.silent, none.defects, none.red) == ((), (), (), ())


def test_the_newest_month_can_be_read_ahead(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_ahead(engine)
    tell(engine, "crisis.level", MONTH_BEFORE, {"11201": 0})
    tell(engine, "crisis.level", MONTH, {"11201": 7})
    read_ahead(engine)
    monkeypatch.delattr("core.services.themes.attention.first_attention")
    assert [one.count for one in found(engine).red] == [1]
