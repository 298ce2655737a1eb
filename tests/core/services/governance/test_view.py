"""A governance matrix as a page asks for it: order of need, counts, areas, mended addresses."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.scoring.base.states import State
from core.services.exports.delimited import delimited
from core.services.governance.takeaways import matrix_rows
from core.services.governance.view import MatrixView, governance_view, resolve_selection
from core.store.engine.migrate import open_database
from tests.core.services.lit import (
    MATRICES,
    MONTH,
    MONTH_BEFORE,
    ROUND,
    ROUND_BEFORE,
    facilities,
    hospital,
    nan,
    tell,
)

ONE_DATABASE = True

FINANCIAL, EFFICIENCY, FUNDS = MATRICES
PLACES = {
    "11201": "D6101", "11202": "D6101", "11203": "D6102", "11204": "D6102",
    "11301": "D6501", "11302": "D6501",
}  # fmt: skip


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Six hospitals in two regions: levels of two months, scores of two rounds."""
    folder = tmp_path_factory.mktemp("lit")
    engine = open_database(f"sqlite:///{folder / 'truat.db'}", "own")
    facilities(engine, *(hospital(code, district) for code, district in PLACES.items()))
    tell(engine, "crisis.level", MONTH_BEFORE, {"11201": 0, "11202": 7, "11203": 0, "11301": 4})
    now = {"11201": 7.0, "11202": 7.0, "11203": 0.0, "11204": 2.0, "11301": 1.0}
    tell(engine, "crisis.level", MONTH, now)
    tell(engine, "revenue.score", ROUND_BEFORE, {"11204": 70, "11301": 95})
    tell(engine, "revenue.score", ROUND, {"11201": 79, "11202": 85, "11203": 99, "11204": 85})
    states = {"11201": State.NOT_APPLICABLE}
    tell(engine, "sproi.covid", ROUND, {"11201": nan, "11202": 50}, states=states)
    return engine


def view(engine: Engine, *, matrix: str = "", period: str = "", area: str = "") -> MatrixView:
    meant = resolve_selection(engine, MATRICES, matrix=matrix, period=period, area=area)
    assert meant is not None
    return governance_view(engine, meant)


def codes(found: MatrixView) -> list[str]:
    return [one.hcode for one in found.hospitals]


def column(found: MatrixView, name: str) -> dict[str, int]:
    one = next(one for one in found.columns if one.rule.id.endswith(f".{name}"))
    counts = ("green", "yellow", "red", "stale", "apart", "silent")
    return {count: getattr(one, count) for count in counts}


def test_most_red_then_most_yellow_then_the_silent(country: Engine) -> None:
    # Two red · a red and a yellow · two yellow · one yellow · none at all · green alone.
    assert codes(view(country)) == ["11201", "11202", "11204", "11301", "11302", "11203"]


def test_hospitals_are_counted_by_their_most_pressing_light(country: Engine) -> None:
    found = view(country)
    assert (found.now.red, found.now.yellow, found.now.green, found.now.silent) == (2, 2, 1, 1)
    assert found.now.lit == 5
    # 11201 rose to level 7; 11301 fell from 4, the 4S4C of 11204 rose from 70.
    assert (found.now.turned_red, found.now.no_longer_red) == (1, 2)


def test_what_an_area_came_to_is_known_for_the_months_before(country: Engine) -> None:
    found = view(country).past
    assert list(found)[-2:] == [MONTH_BEFORE, MONTH]
    # The levels of 11202 and 11301, and the points of 11201 in the round of both months.
    assert (found[MONTH_BEFORE].red, found[MONTH_BEFORE].silent) == (3, 1)
    assert view(country, area="P65").past[MONTH_BEFORE].hospitals == 2


def test_columns_count_every_light_and_every_silence(country: Engine) -> None:
    nothing = dict.fromkeys(("green", "yellow", "red", "stale", "apart", "silent"), 0)
    found = view(country)
    assert column(found, "crisis") == nothing | {"green": 1, "yellow": 2, "red": 2, "silent": 1}
    assert column(found, "revenue") == nothing | {
        "green": 1, "yellow": 2, "red": 1, "stale": 1, "silent": 1,
    }  # fmt: skip
    covid = column(view(country, matrix=FUNDS), "covid")
    assert covid == nothing | {"green": 1, "apart": 1, "silent": 4}


def test_areas_below_stand_by_their_red_lights(country: Engine) -> None:
    found = view(country).ranking
    assert [
        (row.place.code, row.lights.red_lights, row.lights.red, row.lights.hospitals)
        for row in found
    ] == [
        ("P61", 3, 2, 4),
        ("P65", 0, 0, 2),
    ]
    assert [row.lights.lit for row in found] == [4, 1]
    below = view(country, area="P61").ranking
    assert [(row.place.code, row.lights.red_lights, row.lights.yellow_lights) for row in below] == [
        ("D6101", 3, 1),
        ("D6102", 0, 2),
    ]
    assert view(country, area="D6101").ranking == ()


def test_an_area_holds_its_own_hospitals_alone(country: Engine) -> None:
    assert codes(view(country, area="R02")) == ["11301", "11302"]
    found = view(country, area="D6101")
    assert codes(found) == ["11201", "11202"]
    assert [place.code for place in found.chain] == ["TH", "R03", "P61", "D6101"]


@pytest.mark.parametrize(
    ("period", "area", "matrix", "meant"),
    [
        ("", "", "", (MONTH, "TH", FINANCIAL)),
        ("2566-M08", "P61", FUNDS, (MONTH_BEFORE, "P61", FUNDS)),
        ("2566-R2", "D6102", EFFICIENCY, (MONTH, "D6102", EFFICIENCY)),
        # The code of a hospital is no area.
        ("2566-R2", "11203", EFFICIENCY, (MONTH, "TH", EFFICIENCY)),
        # Of the first round no month was told: it is shown in its last one.
        ("2566-R1", "", "", (parse_period("2566-M06"), "TH", FINANCIAL)),
        ("2566-M12", "", "", (MONTH, "TH", FINANCIAL)),
        ("2566-M03", "R99", "star.a", (MONTH, "TH", FINANCIAL)),
        ("soon", "<b>", "governance.figures", (MONTH, "TH", FINANCIAL)),
    ],
)
def test_an_address_is_mended_to_what_there_is(
    country: Engine, period: str, area: str, matrix: str, meant: tuple[object, ...]
) -> None:
    found = resolve_selection(country, MATRICES, matrix=matrix, period=period, area=area)
    assert found is not None
    assert (found.period, found.area, found.matrix) == meant


def test_periods_are_offered_newest_first_with_the_one_before(country: Engine) -> None:
    found = resolve_selection(country, MATRICES, matrix="", period="", area="")
    assert found is not None
    assert list(map(str, found.periods)) == ["2566-M09", "2566-M08", "2566-M06"]
    assert found.before == MONTH_BEFORE
    assert [place.code for place in found.regions] == ["R02", "R03"]


def test_nothing_to_show_is_none(tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    assert resolve_selection(empty, MATRICES, matrix="", period="", area="") is None


def test_what_was_told_before_there_were_matrices_is_not_shown(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    facilities(engine, hospital("11201"))
    tell(engine, "crisis.level", parse_period("2565-M12"), {"11201": 3})
    assert resolve_selection(engine, MATRICES, matrix="", period="", area="") is None


def test_the_table_to_take_away_holds_figures_and_states(country: Engine) -> None:
    text = delimited(matrix_rows(view(country, area="P65"), "en")).decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text))
    assert head[:7] == [
        "Facility code", "Facility", "Crisis level", "Crisis level: figure", "Crisis level: out of",
        "Crisis level: state", "Crisis level: period",
    ]  # fmt: skip
    assert first[:7] == ["11301", "Hospital 11301", "Yellow", "1.0", "", "Reported", "2566-M09"]
    assert (first[7], first[8], *first[10:12]) == ("", "95.0", "Too old", "2566-R1")
    assert second[2:7] == ["", "", "", "Not reported", ""]
