"""What the overview says of forecasts: only those kept, only new crises, always marked."""

import pytest
from sqlalchemy import Engine

from core.services.foresight.attention import crisis_point
from core.store.engine.unit_of_work import unit_of_work
from core.store.forecasts.repository import KeptForecast, enter_forecasts
from tests.country import BEFORE, NOW, small_country


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


def keep(engine: Engine, *chances: tuple[str, int, float], model: str = "one") -> None:
    with unit_of_work(engine) as session:
        told = [
            KeptForecast(hcode, NOW, ahead, chance, 4, model) for hcode, ahead, chance in chances
        ]
        enter_forecasts(session, told)
        session.commit()


def test_without_kept_forecasts_nothing_is_said(country: Engine) -> None:
    assert crisis_point(country, NOW, "TH") is None


def test_new_crises_are_named_the_most_probable_first(country: Engine) -> None:
    # 11201 and 11202 are at level 7 already: what is foretold of them is no news.
    keep(country, ("11201", 6, 0.9), ("11203", 6, 0.4), ("11204", 6, 0.55), ("11301", 6, 0.3))
    keep(country, ("11203", 3, 0.99))
    point = crisis_point(country, NOW, "TH")
    assert point is not None
    assert "พยากรณ์ ไม่ใช่ผลจริง" in point.text.th
    assert "1.2" in point.text.th, "0.55 + 0.4 + 0.3 = 1.25 is expected"
    assert "3 แห่ง" in point.text.th
    assert [one.code for one in point.places] == ["11204", "11203", "11301"]
    assert "55" in point.places[0].text.th
    assert crisis_point(country, BEFORE, "TH") is None, "nothing was foretold in that month"


def test_less_than_one_hospital_is_no_attention(country: Engine) -> None:
    keep(country, ("11203", 6, 0.5), ("11204", 6, 0.5))
    assert crisis_point(country, NOW, "D6102") is not None
    assert crisis_point(country, NOW, "P65") is None


def test_what_is_kept_later_is_seen_and_a_later_model_counts_for_nothing(country: Engine) -> None:
    keep(country, ("11203", 6, 0.5))
    assert crisis_point(country, NOW, "TH") is None
    keep(country, ("11204", 6, 0.7))
    keep(country, ("11203", 6, 0.99), model="two")
    point = crisis_point(country, NOW, "TH")
    assert point is not None
    assert "1.2" in point.text.th
