"""An area's overview says what stands in the store, and nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.periods import Period
from core.scoring.base.states import Verdict
from core.services.overview.month import month, read_ahead
from core.services.overview.view import overview, view
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of
from tests.core.services.recompute.test_indicators import PAID, PAYABLES, hand_in, report
from tests.country import BEFORE, NOW, small_store


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return small_store(tmp_path_factory.mktemp("var"))


def codes(found: tuple[object, ...]) -> list[str]:
    return [one.place.code for one in found]  # type: ignore[attr-defined]


def test_months_read_ahead_are_not_read_again(
    country: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_ahead(country)
    monkeypatch.delattr("core.services.overview.month.read_month")
    assert (month(country, BEFORE).period, month(country, NOW).period) == (BEFORE, NOW)


def test_an_empty_store_has_no_view(tmp_path: Path) -> None:
    settings = StoreSettings(var_folder=tmp_path, database_url=None)
    empty = open_database(address_of("own", settings), "own")
    assert view(empty, period="", area="") is None


@pytest.mark.parametrize(
    ("asked", "period", "area"),
    [
        ({"period": "", "area": ""}, NOW, "TH"),
        ({"period": "2566-M08", "area": "P61"}, BEFORE, "P61"),
        ({"period": "2566-m08", "area": "r03"}, BEFORE, "R03"),
        ({"period": "2560-M08", "area": "P10"}, NOW, "TH"),
        ({"period": "soon", "area": "<script>"}, NOW, "TH"),
        ({"period": "2566-Q1", "area": "11202"}, NOW, "TH"),
        ({"period": "", "area": "99999"}, NOW, "TH"),
    ],
)
def test_an_address_is_mended_to_what_there_is(
    country: Engine, asked: dict[str, str], period: object, area: str
) -> None:
    found = view(country, **asked)
    assert found is not None
    assert (found.period, found.area) == (period, area)
    assert found.periods == (NOW, BEFORE)


def test_a_page_of_themes_can_ask_for_what_only_they_were_told_of(tmp_path: Path) -> None:
    country = small_store(tmp_path)
    later, alone = Period(2566, "M", 10), Period(2567, "R", 1)
    hand_in(country, "compensation", report("11201", PAID, later))
    hand_in(country, "payables", report("11201", PAYABLES, alone))
    for asked, meant in (
        (str(later), later),
        (str(alone), alone.month),
        ("2566-R2", NOW),
        ("2568-M01", NOW),
    ):
        found = view(country, period=asked, area="11201", with_themes=True)
        assert found is not None
        assert found.period == meant
        assert found.periods == (alone.month, later, NOW, BEFORE)
        without = view(country, period=asked, area="11201")
        assert without is not None
        assert (without.period, without.periods) == (NOW, (NOW, BEFORE))


def test_the_country_by_its_hospitals(country: Engine) -> None:
    found = overview(country, NOW, "TH", "crisis")
    assert found.crisis is not None
    assert found.crisis_before is not None
    assert (found.crisis.number, found.crisis.over, found.crisis.percent) == (2, 5, 40)
    assert (found.crisis.reporting, found.crisis.expected) == (5, 6)
    assert found.crisis.verdict is Verdict.FAIL
    assert found.crisis_before.number == 2
    assert (found.rose, found.fell) == (1, 1)
    assert found.before == BEFORE


def test_the_first_month_has_none_before_it(country: Engine) -> None:
    found = overview(country, BEFORE, "TH", "crisis")
    assert found.before is None
    assert found.crisis_before is None
    assert found.rose == 0


def test_what_needs_attention_is_named_worst_first(country: Engine) -> None:
    found = overview(country, NOW, "TH", "crisis").attention
    assert codes(found.grave) == ["11202", "11201"]
    assert codes(found.risen) == ["11202"]
    assert codes(found.silent) == ["11302"]
    assert [place.code for place in found.failing] == ["P61"]
    assert found.parts == 2


def test_who_is_silent_could_change_the_verdict(country: Engine) -> None:
    found = overview(country, NOW, "P65", "crisis")
    assert found.crisis is not None
    assert found.crisis.verdict is Verdict.PASS
    assert (found.crisis.best, found.crisis.worst) == (Verdict.PASS, Verdict.FAIL)
    assert [place.code for place in overview(country, NOW, "TH", "crisis").attention.open] == [
        "P65"
    ]


def test_from_the_country_down_to_the_hospitals(country: Engine) -> None:
    shown = {area: overview(country, NOW, area, "crisis") for area in ("TH", "R03", "P61", "D6101")}
    assert codes(shown["TH"].shown) == ["P61", "P65"]
    assert codes(shown["TH"].parts) == ["R03", "R02"]
    assert codes(shown["R03"].shown) == ["P61"]
    assert codes(shown["P61"].parts) == ["D6101", "D6102"]
    assert codes(shown["P61"].shown) == ["11201", "11202", "11203", "11204"]
    assert codes(shown["D6101"].shown) == ["11201", "11202"]
    assert [place.code for place in shown["D6101"].chain] == ["TH", "R03", "P61", "D6101"]
    assert shown["D6101"].focus == "P61"


def test_levels_go_from_the_highest_and_silence_comes_last(country: Engine) -> None:
    worst = overview(country, NOW, "TH", "worst")
    assert [(row.place.code, row.tone) for row in worst.shown] == [("P61", "7"), ("P65", "0")]
    hospitals = overview(country, NOW, "P65", "crisis").shown
    assert [(row.place.code, row.tone) for row in hospitals] == [("11301", "0"), ("11302", "none")]


def test_without_scores_the_score_is_not_judged(country: Engine) -> None:
    found = overview(country, NOW, "P65", "tps")
    assert {row.tone for row in found.shown} == {"none"}
