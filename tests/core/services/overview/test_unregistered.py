"""Facilities that reported and stand in no register: counted, named, and never called silence."""

import pytest
from sqlalchemy import Engine

from core.periods import Period
from core.services.overview.attention import nothing_stands_out, unregistered_points
from core.services.overview.view import Overview, overview
from core.services.overview.wording import overview_message
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send

ONE_DATABASE = True
NOW = Period(2566, "M", 9)


def seen(engine: Engine, area: str = "TH") -> Overview:
    return overview(engine, NOW, area, "crisis")


def test_a_store_without_a_register_says_who_reported(engine: Engine) -> None:
    send(engine, row("11201", BROKE), row("11202", BROKE), row("11203", SOUND))
    shown = seen(engine)
    (point,) = unregistered_points(shown.attention)
    assert [one.code for one in point.places] == ["11201", "11202", "11203"]
    assert point.text.en.endswith("3")
    assert "3 แห่ง" in overview_message(shown, "crisis").th
    assert "ไม่มี" not in overview_message(shown, "crisis").th


def test_nothing_is_praised_where_nothing_was_reported(engine: Engine) -> None:
    register(engine, hospital("11201"), hospital("11301", "D6501"))
    send(engine, row("11201", SOUND))
    assert nothing_stands_out(seen(engine, "P61").attention).status == "pass"
    assert nothing_stands_out(seen(engine, "P65").attention).status == "none"


def test_one_the_register_knows_is_not_among_them(engine: Engine) -> None:
    register(engine, hospital("11201"))
    send(engine, row("11201", BROKE), row("11999", BROKE))
    shown = seen(engine)
    assert shown.attention.unregistered == ("11999",)
    assert seen(engine, "P61").attention.unregistered == ()
    register(engine, hospital("11201"), hospital("11999"))
    send(engine, row("11201", SOUND, month=8))
    assert seen(engine).attention.unregistered == ()


@pytest.mark.parametrize("count", [4, 5, 9])
def test_many_are_counted_and_four_are_named(engine: Engine, count: int) -> None:
    send(engine, *(row(f"1199{n}", SOUND) for n in range(count)))
    (point,) = unregistered_points(seen(engine).attention)
    assert len(point.places) == 4
    assert (point.more is None) == (count == 4)
