"""What can be found: the register as it is now, and every rule with its parts."""

from datetime import date

import pytest
from sqlalchemy import Engine

from core.criteria.catalog import catalog
from core.services.recompute.versions import Cause, recompute_all
from core.services.search.index import Entry, entries, kind_words, rules
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from tests.core.services.sending import hospital, register
from tests.core.store.filling import AREAS

ONE_DATABASE = True


@pytest.fixture
def known(engine: Engine) -> Engine:
    """Two hospitals, one of them closed."""
    closed = hospital("11202", "D6102", closed_on=date(2022, 9, 30), hcode9_new="AA0011202")
    register(engine, hospital("11201"), closed)
    return engine


def found(engine: Engine, code: str) -> Entry:
    return next(one for one in entries(engine) if one.code == code)


def test_all_areas_and_facilities_are_there_with_what_they_lie_in(known: Engine) -> None:
    listed = [one.code for one in entries(known) if one.kind != "rule"]
    assert sorted(listed) == sorted([*(area.code for area in AREAS), "11201", "11202"])
    assert (found(known, "P61").kind, found(known, "P61").under) == ("province", "R03")
    assert (found(known, "D6102").kind, found(known, "D6102").codes) == ("district", ("6102",))
    assert (found(known, "11201").kind, found(known, "11201").under) == ("hospital", "D6101")


def test_a_closed_facility_says_its_last_day_and_all_its_codes(known: Engine) -> None:
    assert found(known, "11202").closed == "2022-09-30"
    assert found(known, "11202").codes == ("AA0011202",)
    assert found(known, "11201").closed == ""


def test_a_new_name_is_found_once_the_register_has_it(known: Engine) -> None:
    assert found(known, "11201").name.th == "โรงพยาบาล 11201"
    with unit_of_work(known) as session:
        renamed = hospital("11201").__class__("11201", None, "ใหม่", "New", "hospital", "D6101")
        enter_facilities(session, [renamed])
        recompute_all(session, Cause("import", "a test"))
        session.commit()
    assert found(known, "11201").name.th == "ใหม่"


def test_every_criterion_and_each_part_under_its_own_name_can_be_found() -> None:
    whole = [one.code for one in rules() if not one.under]
    assert whole == list(catalog().criteria)
    quick = [one for one in rules() if "Quick Ratio" in one.name.th and one.code == "crisis.level"]
    assert [one.under for one in quick] == [catalog().criteria["crisis.level"].name]
    assert len(set(rules())) == len(rules())


def test_the_words_before_names_know_what_people_write() -> None:
    words = kind_words()
    assert {"รพ.", "รพช."} <= set(words.hospital)
    assert "รพ.สต." in words.pcu
    assert "สสจ." in words.province
