"""A file held against the months the store has of its facilities. Every figure is invented."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from core.services.importing.beside_store import beside_store
from core.services.importing.scoring import Scorer
from core.services.importing.store_intake import preview
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from core.store.engine.unit_of_work import close_engines
from tests.core.services.sending import SOUND, row, send, table

ONE_DATABASE = True
CODES = ("W349", "W350", "W417", "W418", "W419", "W420")


def month(number: int, revenue: float, *, year: int = 2566, hcode: str = "10001") -> dict[str, Any]:
    figures = SOUND | {"finance.revenue": revenue, "finance.expense": 100, "finance.net_income": ""}
    return row(hcode, figures, year=year, month=number)


def beside(engine: Engine, *rows: dict[str, Any]) -> Intake:
    return beside_store(engine, examine(table(*rows), "new.csv"))


def told(intake: Intake) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in intake.issues if one.code in CODES]


def sentence(intake: Intake, code: str) -> str:
    return next(one.text.en for one in intake.issues if one.code == code)


def test_a_cumulative_figure_below_a_stored_month_is_pointed_out(engine: Engine) -> None:
    send(engine, month(4, 400))
    intake = beside(engine, month(5, 399.98))
    assert told(intake) == [("W417", "H2")]
    said = sentence(intake, "W417")
    assert "400 of an earlier month" in said
    assert "Jan 2566, “finance.csv”" in said
    assert told(beside(engine, month(5, 400))) == []


def test_a_cumulative_figure_above_a_stored_later_month_is_pointed_out(engine: Engine) -> None:
    send(engine, month(6, 400))
    intake = beside(engine, month(5, 400.02))
    assert told(intake) == [("W418", "H2")]
    assert "Mar 2566, “finance.csv”" in sentence(intake, "W418")
    assert told(beside(engine, month(5, 400))) == []


def test_other_years_other_hospitals_and_the_month_itself_say_nothing(engine: Engine) -> None:
    send(engine, month(4, 400), month(5, 500), month(4, 900, hcode="10002"))
    assert told(beside(engine, month(5, 450))) == []
    assert told(beside(engine, month(6, 1, year=2567))) == []
    assert told(beside(engine, month(6, 500))) == []


def test_a_month_of_the_file_stands_in_for_the_stored_one(engine: Engine) -> None:
    send(engine, month(4, 4000))
    assert told(beside(engine, month(4, 400), month(5, 500))) == []
    assert told(beside(engine, month(4, 400), month(5, 300))) == [("W350", "H3")]


def test_calendar_years_show_beside_the_store_from_either_side(engine: Engine) -> None:
    send(engine, month(4, 100), month(5, 200))
    first = beside(engine, month(1, 10, year=2565), month(3, 30, year=2565))
    assert told(first) == [("W419", "B2")]
    said = sentence(first, "W419")
    assert "fiscal year 2565" in said
    assert "their fiscal year is 2566" in said
    assert told(beside(engine, month(1, 10), month(3, 30))) == []
    send(engine, month(1, 10, year=2564, hcode="10002"), month(3, 30, year=2564, hcode="10002"))
    after = beside(engine, month(4, 100, year=2565, hcode="10002"))
    assert told(after) == [("W420", "B2")]
    assert "“finance.csv”" in sentence(after, "W420")


def test_a_preview_says_it_once(engine: Engine) -> None:
    send(engine, month(4, 400))
    data = table(month(5, 300))
    seen = preview(engine, examine(data, "new.csv"), data)
    assert told(seen.intake) == [("W417", "H2")]
    again = preview(engine, beside(engine, month(5, 300)), data)
    assert told(again.intake) == [("W417", "H2")]


# Scoring looks at one's own store where there is one, and begins none


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    return tmp_path / "var"


def test_scoring_begins_no_store(var: Path) -> None:
    scorer = Scorer().beside_own_store()
    assert (scorer.engine, scorer.failure) == (None, None)
    assert told(scorer.score(table(month(5, 300)), "new.csv")) == []
    assert not (var / "truat.db").exists()


def test_scoring_goes_on_beside_a_store_that_fails(var: Path) -> None:
    var.mkdir()
    (var / "truat.db").write_bytes(b"no database at all" * 100)
    scorer = Scorer().beside_own_store()
    assert scorer.failure is not None
    assert scorer.score(table(month(5, 300)), "new.csv").form is not None
    close_engines()
