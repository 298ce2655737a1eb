"""A hospital with the others of its group: better and worse by what is wanted, few said so."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.services.profiles.peers import PeerComparison
from core.services.profiles.themes import facility_themes
from core.store.engine.migrate import open_database
from tests.core.services.lit import facilities, hospital, tell

ONE_DATABASE = True

MONTH, ROUND = map(parse_period, ("2566-M12", "2566-R2"))
BIG = {"11201": 70.0, "11202": 80.0, "11203": 80.0, "11204": 90.0, "11205": 95.0}
SMALL = {"11301": 60.0, "11302": 88.0}
nan = float("nan")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A group of five and a silent one, a group of two, one alone, and one of no group."""
    folder = tmp_path_factory.mktemp("peers")
    engine = open_database(f"sqlite:///{folder / 'truat.db'}", "own")
    groups = dict.fromkeys((*BIG, "11206"), "F2") | dict.fromkeys(SMALL, "A") | {"11401": "S"}
    facilities(engine, *(hospital(code, hgr=hgr) for code, hgr in groups.items()))
    facilities(engine, hospital("11501"))
    told = BIG | SMALL | {"11206": nan, "11401": 99.0, "11501": 50.0}
    tell(engine, "revenue.score", ROUND, told)
    tell(engine, "revenue.defects", MONTH, {code: 100 - value for code, value in told.items()})
    return engine


def peers(engine: Engine, hcode: str, unit: str = "revenue.score") -> PeerComparison | None:
    found = facility_themes(engine, hcode, MONTH)
    return next(one.peers for one in found if one.unit.id == unit)


def test_the_others_are_better_worse_or_the_same(country: Engine) -> None:
    found = peers(country, "11202")
    assert found == PeerComparison("F2", 80.0, peers=5, better=2, worse=1)
    assert (found.others, found.same, found.are_few) == (4, 1, False)


def test_of_defects_fewer_are_better(country: Engine) -> None:
    found = peers(country, "11202", "revenue.defects")
    assert found == PeerComparison("F2", 20.0, peers=5, better=2, worse=1)


def test_fewer_than_five_are_few(country: Engine) -> None:
    found = peers(country, "11301")
    assert found == PeerComparison("A", 74.0, peers=2, better=1, worse=0)
    assert found.are_few


@pytest.mark.parametrize("hcode", ["11401", "11501", "11206"])
def test_alone_without_a_group_or_a_value_nothing_is_compared(country: Engine, hcode: str) -> None:
    assert peers(country, hcode) is None


def test_who_moved_to_another_group_stands_with_the_group_of_the_period(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'truat.db'}", "own")
    facilities(engine, *(hospital(code, hgr="A") for code in ("11201", "11202")))
    facilities(engine, hospital("11301", hgr="S"))
    tell(engine, "revenue.score", ROUND, {"11201": 70, "11202": 80, "11301": 90})
    found = peers(engine, "11201")
    assert found is not None
    assert found.peers == 2
