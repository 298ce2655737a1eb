"""Each failing test says how much it lacks, in baht or days, and with so much it would pass."""

import json

import pytest
from sqlalchemy import Engine

from core.services.foresight.change import changes
from core.services.foresight.gaps import gaps
from core.services.foresight.json_document import change_json
from core.services.foresight.listing import change_lines
from core.services.foresight.wording import gap_text
from tests.core.services.sending import BROKE, register, row, send
from tests.core.store.filling import hospital
from tests.country import NOW, small_country

BROKEN, WELL, UNKNOWN = "11201", "11203", "19999"
LEVEL = "crisis.level."


@pytest.fixture
def country(engine: Engine) -> Engine:
    return small_country(engine)


def test_a_gap_is_what_the_test_lacks(country: Engine) -> None:
    # Broke: cash 10, assets 50, stocks 20, debt 100, income -10.
    found = {one.id.removeprefix(LEVEL): one for one in gaps(country, BROKEN, NOW)}
    assert found["liquidity.current_ratio"].gap == pytest.approx(1.5 * 100 - 50)
    assert found["liquidity.quick_ratio"].gap == pytest.approx(1.0 * 100 - 30)
    assert found["liquidity.cash_ratio"].gap == pytest.approx(0.8 * 100 - 10)
    assert found["stability.net_working_capital"].gap == 50
    assert found["stability.income"].gap == 10
    assert {one.gap_unit for one in found.values()} == {"baht"}
    assert gap_text(found["liquidity.current_ratio"]).th == "100 บาท"


def test_days_over_the_cutoff_are_a_gap_of_days_and_the_cutoff_itself_is_none(
    engine: Engine,
) -> None:
    register(engine, hospital(BROKEN))
    send(engine, row(BROKEN, BROKE | {"days.uc": 77, "days.csmbs": 60}, year=2566, month=9))
    found = {one.id.rpartition(".")[2]: one for one in gaps(engine, BROKEN, NOW)}
    assert (found["uc"].gap, found["uc"].gap_unit) == (17.0, "days")
    assert "csmbs" not in found


def test_who_passes_or_reported_nothing_has_no_gap_of_the_level(country: Engine) -> None:
    assert not [one for one in gaps(country, WELL, NOW) if one.id.startswith(LEVEL)]
    assert gaps(country, "11302", NOW) == gaps(country, UNKNOWN, NOW) == ()


def test_gaps_are_told_on_every_way_out_and_nowhere_added_up(country: Engine) -> None:
    known, lacking = changes(country, BROKEN, NOW), gaps(country, BROKEN, NOW)
    assert known is not None
    document = json.loads(json.dumps(change_json(known, lacking)))
    assert [one["gap"] for one in document["gaps"]] == [one.gap for one in lacking]
    lines = [text.th for text in change_lines(known, lacking)]
    assert sum("ห่างจากเกณฑ์" in line for line in lines) == len(lacking)
