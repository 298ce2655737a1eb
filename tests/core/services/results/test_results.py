"""Stored results are found, read by programs, and explain themselves. Every figure is invented."""

import csv
import io

import pytest
from sqlalchemy import Engine

from core.errors import StoreError, UsageError
from core.periods import Period, parse_period
from core.services.exports.documents import ExplainedResult, ListedResult
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.results.json_document import plain, row_json, rows_csv, why_json
from core.services.results.listing import ResultRow, results
from core.services.results.terminal_text import result_lines, why_lines
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.store.engine.unit_of_work import unit_of_work
from core.store.register.repository import enter_facilities
from core.store.register.row import FacilityRow
from tests.core.services.exports.test_documents import faults
from tests.core.services.sending import (
    BROKE,
    FINANCE,
    SOUND,
    hospital,
    register,
    row,
    send,
    send_star,
)

MONTH = parse_period("2566-M09")
COSTS = SOUND | {"facility.hgr": "M2", "cost.labour": 500}


def found(engine: Engine, indicator: str, subject: str) -> ResultRow:
    (one,) = [r for r in results(engine, indicator=indicator, area=subject) if r.subject == subject]
    return one


def why(engine: Engine, indicator: str, subject: str) -> StoredExplanation:
    return explain(engine, found(engine, indicator, subject).id)


# Finding


def test_an_area_brings_what_lies_in_it(engine: Engine) -> None:
    register(engine, hospital("10001"), hospital("10002", "D6102"), hospital("10003", "D6501"))
    send(engine, *(row(code, SOUND) for code in ("10001", "10002", "10003")))
    subjects = {
        area: {one.subject for one in results(engine, area=area)}
        for area in ("R03", "P61", "D6102", "10003")
    }
    assert subjects["R03"] == {"R03", "P61", "D6101", "D6102", "10001", "10002"}
    assert subjects["P61"] == subjects["R03"] - {"R03"}
    assert subjects["D6102"] == {"D6102", "10002"}
    assert subjects["10003"] == {"10003"}
    assert {one.subject for one in results(engine, area="TH")} > subjects["R03"] | {"TH", "10003"}


def test_a_year_or_quarter_brings_its_months(engine: Engine) -> None:
    send(engine, *(row("10001", SOUND, month=month) for month in (6, 7, 9)))
    send(engine, row("10001", SOUND, year=2567, month=7))
    months = {
        written: [str(one.period) for one in _levels(engine, written)]
        for written in ("2566", "2566-Q3", "2566-M07", "2566-R1")
    }
    assert months == {
        "2566": ["2566-M06", "2566-M07", "2566-M09"],
        "2566-Q3": ["2566-M07", "2566-M09"],
        "2566-M07": ["2566-M07"],
        "2566-R1": [],
    }


def _levels(engine: Engine, written: str) -> tuple[ResultRow, ...]:
    return results(engine, indicator="crisis.level", period=parse_period(written))


def test_an_earlier_version_is_still_there(engine: Engine) -> None:
    first = send(engine, row("10001", SOUND)).recomputed
    send(engine, row("10001", BROKE))
    assert first is not None
    levels = [
        one.value
        for at in (first.version, None)
        for one in results(engine, indicator="crisis.level", at=at)
    ]
    assert levels == [0, 7]


@pytest.mark.parametrize(
    ("asked", "code"), [({"indicator": "no.such"}, "U008"), ({"area": "X1"}, "U006")]
)
def test_what_does_not_exist_is_told(engine: Engine, asked: dict[str, str], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        results(engine, **asked)  # type: ignore[arg-type]


def test_an_empty_store_has_no_results(engine: Engine) -> None:
    assert results(engine) == ()


def test_a_grade_has_its_letter(engine: Engine) -> None:
    data = FINANCE.read_bytes()
    store(engine, examine(data, FINANCE.name), data, by="x")
    grades = {one.subject: one.grade for one in results(engine, indicator="tps.grade")}
    assert grades == {"99901": "A", "99902": "C", "99903": "F", "99904": "A", "99905": "C"}
    assert {one.grade for one in results(engine, indicator="tps.score")} == {None}


# Explaining


def test_the_why_leads_to_the_cell(engine: Engine) -> None:
    receipt = send(engine, row("10001", SOUND), row("10002", BROKE), by="Somchai")
    told = why(engine, "crisis.level", "10002")
    facts = {fact.measure: fact for fact in told.facts}
    assert (facts["finance.cash"].value, facts["finance.cash"].cell) == (10, "D3")
    assert facts["finance.cash"].unit == "baht"
    assert told.stored.source is not None
    assert told.stored.source.upload_id == receipt.upload.id
    assert (told.stored.source.file_name, told.stored.source.uploaded_by) == (
        "finance.csv",
        "Somchai",
    )
    tests = {part.id: part for part in told.parts}
    cash = tests["crisis.level.liquidity.cash_ratio"]
    assert (cash.figure, cash.held.limit, cash.points) == (0.1, 0.8, 1)
    assert cash.held.requirement is not None
    assert cash.held.requirement.en == "below 0.8 times"
    assert "7" in told.sentence.th
    assert told.sentence.en.startswith("Crisis level 7")
    assert told.rule.citation.where
    assert told.rule.assumptions
    assert {question.switch for question in told.rule.questions} == {
        "crisis.level",
        "crisis.rounding",
        "crisis.survival_edge",
    }


def test_peers_are_told_with_their_number(engine: Engine) -> None:
    send(engine, row("10001", COSTS), row("10002", COSTS | {"cost.labour": 700}))
    told = why(engine, "tps.score", "10001")
    (cost,) = [part for part in told.parts if part.id.endswith("costs.labour")]
    assert (cost.held.peer_value, cost.held.peers, cost.held.few_peers) == (600, 2, True)
    assert cost.points == 0.5
    assert told.peers == 2
    assert why(engine, "crisis.level", "10001").peers == 0


def test_a_change_by_others_says_so_and_what_it_was(engine: Engine) -> None:
    send(engine, row("10001", COSTS))
    assert not why(engine, "tps.score", "10001").stored.by_others
    receipt = send(engine, row("10002", COSTS | {"cost.labour": 100}))
    told = why(engine, "tps.score", "10001")
    assert told.stored.by_others
    assert told.stored.version.upload_id == receipt.upload.id
    assert told.stored.before is not None
    assert told.stored.before.value > told.stored.result.value
    assert not why(engine, "tps.score", "10002").stored.by_others
    assert not why(engine, "crisis.level", "10001").stored.by_others
    send(engine, row("10001", COSTS | {"cost.labour": 90}))
    assert not why(engine, "tps.score", "10001").stored.by_others


def test_a_replaced_result_can_still_be_explained(engine: Engine) -> None:
    send(engine, row("10001", SOUND))
    old = found(engine, "crisis.level", "10001").id
    send(engine, row("10001", BROKE))
    told = explain(engine, old)
    assert (told.stored.stands, told.stored.result.value) == (False, 0)
    assert {fact.value for fact in told.facts if fact.measure == "finance.cash"} == {90}


def test_a_missing_level_says_what_is_wrong(engine: Engine) -> None:
    send(engine, row("10001", SOUND | {"finance.cash": "x"}), row("10002", SOUND))
    told = why(engine, "crisis.level", "10001")
    assert told.sentence.en == "Financial crisis level has no result: a figure in it is wrong."
    assert {fact.state for fact in told.facts if fact.measure == "finance.cash"} == {"error"}


def test_an_area_says_how_many_of_how_many(engine: Engine) -> None:
    register(engine, hospital("10001"), hospital("10002"), hospital("10003", "D6102"))
    send(engine, row("10001", SOUND), row("10002", BROKE))
    told = why(engine, "crisis.area", "P61")
    assert told.sentence.en == "Levels 4–7: 1 of 2 facilities, 50 percent; 2 of 3 reported."
    assert (told.stored.source, told.facts, told.stored.by_others) == (None, (), False)
    limits = {part.id: (part.held.limit, part.held.requirement) for part in told.parts}
    assert limits["crisis.area.level_7"][0] == 0
    assert limits["crisis.area.level_4_to_7"] == (None, None)
    silent = why(engine, "crisis.area", "D6102")
    assert silent.sentence.en == "Levels 4–7: none of 1 facility reported."


def test_an_assessment_item_says_its_rung_and_the_next(engine: Engine) -> None:
    register(engine)
    send_star(engine)
    told = why(engine, "star.a.01", "D6101")
    assert (told.hit, told.stored.result.points) == (0, 1)
    assert told.next_step is not None
    assert told.next_step.en.startswith("16.01 more reach the next rung")
    assert [(fact.measure, fact.cell) for fact in told.facts] == [("star.a.01", "E8")]
    assert told.stored.subject_name is not None
    assert told.stored.subject_name.en == "Mueang Uthai Thani"
    whole = why(engine, "star.a", "D6101")
    assert len(whole.parts) == 24
    assert whole.parts[0].id == "star.a.01"
    radar = why(engine, "star.radar.overall", "D6101")
    assert all(part.name.th and part.held.limit is not None for part in radar.parts)


@pytest.mark.parametrize("language", ["th", "en"])
def test_everything_can_be_explained_to_people_and_programs(engine: Engine, language: str) -> None:
    register(engine, hospital("10001"), hospital("10002"))
    send(engine, row("10001", COSTS), row("10002", COSTS | {"finance.current_liabilities": 0}))
    send_star(engine)
    rows = results(engine)
    assert len(list(result_lines(rows))) == len(rows) > 40
    for one in rows:
        told = explain(engine, one.id)
        document = why_json(told)
        assert document["sentence"][language]
        assert list(faults(document, ExplainedResult)) == []
        assert list(faults(row_json(one), ListedResult)) == []
        assert document["id"] == row_json(one)["id"]
        assert len(list(why_lines(told))) >= 3
        assert document["value"] == row_json(one)["value"]


def test_a_number_without_a_result_is_told(engine: Engine) -> None:
    with pytest.raises(StoreError, match="S011"):
        explain(engine, 1)


# Downloads


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_word_of_a_download_begins_a_formula(engine: Engine, word: str) -> None:
    register(engine, hospital("10001"))
    with unit_of_work(engine) as session:
        enter_facilities(
            session, [FacilityRow("10001", None, f"{word}HYPERLINK()", word, "hospital", "D6101")]
        )
        session.commit()
    send(engine, row("10001", SOUND))
    for language in ("th", "en"):
        table = rows_csv(results(engine, area="10001"), language)
        cells = [cell for line in csv.reader(io.StringIO(table, newline="")) for cell in line]
        assert f"'{word}HYPERLINK()" in cells or f"'{word}" in cells
        assert not [cell for cell in cells if cell.startswith(word[0])]


def test_numbers_of_a_download_stay_numbers() -> None:
    assert (plain(-1.5), plain(0.0), plain(None), plain("x")) == (-1.5, 0.0, "", "x")


def test_a_star_year_is_a_period(engine: Engine) -> None:
    send_star(engine)
    rows = results(engine, indicator="star.a", period=Period(2561))
    assert [(one.subject, one.full_marks) for one in rows] == [("D6101", 35)]
