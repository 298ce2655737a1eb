"""Values of hospital groups that the ministry published. Every figure is invented."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Engine

from core.periods import Period, parse_period
from core.services.handbook.templates import blank
from core.services.importing.receipts import Receipt
from core.services.importing.scoring import Scorer
from core.services.importing.store_intake import informed, store, withdraw
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake, ThemeIntake
from core.services.results.json_document import why_json
from core.services.results.terminal_text import why_lines
from core.services.results.why import explain
from core.services.rules.explanation import StoredExplanation
from core.services.stores import on_hand
from core.store.engine.unit_of_work import reading
from core.store.results.repository import StoredResult, results_about
from tests.core.services.sending import SOUND, hospital, register, row, send, table

ONE_DATABASE = True
OP = "process.management.costs.op"
LABOUR = "process.management.costs.labour"
COSTS = {"cost.op_unit": 700, "cost.labour": 500, "facility.hgr": "M2 B>100"}
TITLES = [
    "กลุ่มโรงพยาบาล HGR", "ปีงบประมาณ", "ไตรมาส",
    "Mean Unit Cost OP", "SD Unit Cost OP", "ค่าเฉลี่ย LC",
]  # fmt: skip
M09, M08 = parse_period("2566-M09"), parse_period("2566-M08")


def values(*rows: Sequence[Any], titles: Sequence[str] = TITLES) -> bytes:
    """A table of group values as .csv."""
    lines = [titles, *([str(one) for one in row_] for row_ in rows)]
    return "\n".join(";".join(line) for line in lines).encode()


def read(*rows: Sequence[Any], titles: Sequence[str] = TITLES) -> Intake:
    return examine(values(*rows, titles=titles), "กระทรวง.csv")


def send_values(engine: Engine, *rows: Sequence[Any]) -> Receipt:
    return store(engine, read(*rows), values(*rows), by="office")


def told(intake: Intake) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in intake.issues if one.code != "W413"]


def score_of(engine: Engine, hcode: str, month: Period = M09) -> StoredResult:
    with reading(engine) as session:
        return dict(results_about(session, hcode, month))["tps.score"]


def why(engine: Engine, hcode: str, month: Period = M09) -> StoredExplanation:
    return explain(engine, score_of(engine, hcode, month).id)


def held(engine: Engine, hcode: str, test: str, month: Period = M09) -> Any:
    explained = why(engine, hcode, month)
    return next(part.held for part in explained.parts if part.id == f"tps.score.{test}")


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two hospitals of one group, one of them cheap, in two months of quarter 3."""
    register(engine, hospital("10001", hgr="M2 B>100"), hospital("10002", hgr="M2 B>100"))
    cheap = SOUND | COSTS | {"cost.op_unit": 500, "cost.labour": 300}
    for month in (8, 9):
        send(engine, row("10001", SOUND | COSTS, month=month), row("10002", cheap, month=month))
    return engine


# Reading


def test_a_table_of_groups_is_recognised_and_nothing_is_scored() -> None:
    intake = read(["M2 B>100", 2566, 3, 800, 50, 450])
    assert isinstance(intake, ThemeIntake)
    assert intake.form.id == "peer-values"
    document: Any = intake_json(intake)
    line = document["rows"][0]
    assert (line["subject"], line["hcode"], line["period"]) == ("M2 B>100", None, "2566-Q3")
    assert line["results"] == {}
    assert line["measures"]["peer.op_unit_mean"] == 800
    assert "W413" in {one.code for one in intake.issues}


def test_the_blank_reads_as_its_own_form() -> None:
    name, data = blank("peer-values")
    intake = examine(data, name)
    assert intake.form is not None
    assert intake.form.id == "peer-values"


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("3", "2566-Q3"), ("Q3", "2566-Q3"), ("ไตรมาสที่ 3", "2566-Q3"), ("ไตรมาส ๓", "2566-Q3"),
        ("3/2566", "2566-Q3"), ("2566-Q3", "2566-Q3"), ("256609", "2566-Q3"),
        ("Quarter 3", "2566-Q3"), ("ไตรมาส 3 ปีงบประมาณ 2566", "2566-Q3"),
    ],
)  # fmt: skip
def test_a_quarter_is_read_as_people_write_it(typed: str, period: str) -> None:
    document: Any = intake_json(read(["M2", 2566, typed, 800, 50, 450]))
    assert document["rows"][0]["period"] == period


@pytest.mark.parametrize("typed", ["0", "5", "256608", "Q", "มีนาคม", "1.5", "3/3", ""])
def test_what_is_no_quarter_is_refused_at_its_cell(typed: str) -> None:
    intake = read(["M2", 2566, typed, 800, 50, 450])
    assert ("W410", "C2") in told(intake)
    document: Any = intake_json(intake)
    assert document["rows"][0]["period"] is None


def test_a_year_of_another_quarter_and_era_is_no_quarter_of_this() -> None:
    assert ("W348", "C2") in told(read(["M2", 2566, "3/2565", 800, 50, 450]))
    assert ("W308", "C2") in told(read(["M2", 2566, "3/2023", 800, 50, 450]))


def test_the_year_may_come_with_the_quarter() -> None:
    titles = ["กลุ่มโรงพยาบาล HGR", "งวด", "Mean Unit Cost OP", "SD Unit Cost OP", "ค่าเฉลี่ย LC"]
    intake = read(["M2", "2566-Q3", 800, 50, 450], titles=titles)
    document: Any = intake_json(intake)
    assert document["rows"][0]["period"] == "2566-Q3"
    assert "W301" not in {one.code for one in intake.issues}


def test_a_row_without_its_group_is_not_used() -> None:
    intake = read(["", 2566, 3, 800, 50, 450], ["12345", 2566, 3, 800, 50, 450])
    assert [issue for issue in told(intake) if issue[0] == "W411"] == [
        ("W411", "A2"),
        ("W411", "A3"),
    ]


def test_hospitals_of_a_group_repeat_its_values() -> None:
    row_ = ["M2 B>100", 2566, 3, 800, 50, 450]
    intake = read(row_, ["M2 B > 100", *row_[1:]])
    document: Any = intake_json(intake)
    assert len(document["rows"]) == 1
    assert {"W314", "W416"}.isdisjoint(code for code, _ in told(intake))


def test_a_group_told_twice_with_other_values_has_none() -> None:
    intake = read(["M2", 2566, 3, 800, 50, 450], ["M2", 2566, 3, 801, 50, 450])
    assert ("W416", "D3") in told(intake)
    lacking = next(one for one in intake.issues if one.code == "W414")
    assert "Unit cost of out-patients, group mean" in lacking.text.en


def test_a_deviation_below_0_and_a_fraction_for_a_percentage_are_pointed_out() -> None:
    titles = [*TITLES, "ค่าเฉลี่ย Operating Margin"]
    codes = told(read(["M2", 2566, 3, 800, -1, 450, 0.147], titles=titles))
    assert ("W312", "E2") in codes
    assert ("W109", "G2") in codes
    assert ("W312", "E2") not in told(read(["M2", 2566, 3, 800, 0, 450, 14.7], titles=titles))


def test_what_a_group_lacks_is_said_of_that_group() -> None:
    intake = read(["M2", 2566, 3, 800, "", 450], ["M1", 2566, 3, 800, 40, 450])
    lacking = {one.cell: one.text.en for one in intake.issues if one.code == "W414"}
    assert "Unit cost of out-patients, group standard deviation" in lacking["A2"]
    assert "Unit cost of out-patients, group standard deviation" not in lacking["A3"]
    assert "Labour cost" not in lacking["A2"]


# What they judge


def test_published_values_judge_the_last_month_of_their_quarter(filled: Engine) -> None:
    before = held(filled, "10001", LABOUR)
    assert (before.peer_value, before.peers) == (400, 2)
    assert before.whose.en == "computed from 2 hospitals on hand"
    assert score_of(filled, "10001").detail.parts[LABOUR].points == 0
    send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    labour, op = held(filled, "10001", LABOUR), held(filled, "10001", OP)
    assert (labour.peer_value, labour.peers) == (500, 0)
    assert (op.peer_value, op.limit) == (700, 700)
    parts = score_of(filled, "10001").detail.parts
    assert (parts[LABOUR].points, parts[OP].points) == (0.5, 1)  # exactly at the group's value
    assert held(filled, "10001", LABOUR, M08).peer_value == 400


def test_a_hospital_just_above_the_published_value_does_not_pass(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, 660, 39.99, 499.99])
    parts = score_of(filled, "10001").detail.parts
    assert (parts[LABOUR].points, parts[OP].points) == (0, 0)


def test_only_months_that_end_such_a_quarter_are_judged_anew(filled: Engine) -> None:
    aside = score_of(filled, "10001", M08).id
    receipt = send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    assert {change.period for change in receipt.others} == {M09}
    assert score_of(filled, "10001", M08).id == aside
    nothing = send_values(filled, ["M2 B>100", 2566, 2, 660, 40, 500])
    assert nothing.others == ()


def test_withdrawn_values_leave_computed_ones(filled: Engine) -> None:
    done = send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    withdraw(filled, done.upload.id, by="office", reason="wrong table")
    assert held(filled, "10001", LABOUR).whose.en == "computed from 2 hospitals on hand"
    assert score_of(filled, "10001").detail.parts[LABOUR].points == 0


def test_of_two_tables_the_later_counts_however_it_spells_the_group(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    again = send_values(filled, ["m2 b > 100", 2566, 3, 660, 40, 450])
    assert held(filled, "10001", LABOUR).peer_value == 450
    withdraw(filled, again.upload.id, by="office", reason="misprint")
    assert held(filled, "10001", LABOUR).peer_value == 500


def test_a_mean_without_its_deviation_leaves_the_computed_value(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, 660, "", 500])
    assert held(filled, "10001", OP).peers == 2
    assert held(filled, "10001", LABOUR).peers == 0


# Saying so


def test_the_why_names_file_and_cell_of_a_published_value(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    op = next(p for p in why(filled, "10001").parts if p.id.endswith(OP))
    assert [(f.value, f.cell, f.file, f.way) for f in op.held.published] == [
        (660, "D2", "กระทรวง.csv", "group"), (40, "E2", "กระทรวง.csv", "group"),
    ]  # fmt: skip
    assert op.facts[-2:] == op.held.published
    said = op.held.whose.en
    assert said == "published by the ministry: “กระทรวง.csv”, sheet “CSV”, D2, E2"
    line = next(one for one in why_lines(why(filled, "10001")) if said in one.en)
    assert "value of the group 700 baht" in line.en


def test_the_document_says_whose_a_value_is(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, "", "", 500])
    document: Any = why_json(why(filled, "10001"))
    parts = {part["id"]: part for part in document["parts"]}
    labour, op = (parts[f"tps.score.{test}"] for test in (LABOUR, OP))
    assert (labour["peer_value_by"], op["peer_value_by"]) == ("published", "computed")
    assert labour["published"][0]["cell"] == "F2"
    assert document["changed_by_published"]
    assert not document["changed_by_others"]


def test_a_result_that_was_replaced_keeps_its_own_source(filled: Engine) -> None:
    send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    first = score_of(filled, "10001").id
    send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 450])
    old = next(p for p in explain(filled, first).parts if p.id.endswith(LABOUR))
    assert [fact.value for fact in old.held.published] == [500]


# Beside the register, and beside a dropped file


def test_groups_that_the_register_lacks_or_the_table_are_named(filled: Engine) -> None:
    register(filled, hospital("10003", hgr="S B>400"))
    intake = read(["M2 B>10", 2566, 3, 660, 40, 500])
    done = store(filled, intake, values(["M2 B>10", 2566, 3, 660, 40, 500]), by="x")
    found = {one.code: one.text.en for one in informed(intake, done).issues}
    assert "“M2 B>10”" in found["W412"]
    assert "Nearest in the register: “M2 B>100”" in found["W412"]
    lacking = {one.found for one in done.issues if one.code == "W415"}
    assert lacking == {"M2 B>100", "S B>400"}


def test_a_group_told_of_before_is_not_lacking(filled: Engine) -> None:
    register(filled, hospital("10003", hgr="S B>400"))
    send_values(filled, ["S B>400", 2566, 3, 660, 40, 500])
    done = send_values(filled, ["M2 B>100", 2566, 3, 660, 40, 500])
    assert [one.code for one in done.issues] == []


def test_a_dropped_file_is_scored_by_published_values_on_hand(filled: Engine) -> None:
    data = table(row("10001", SOUND | COSTS))
    alone: Any = intake_json(examine(data, "a.csv"))
    send_values(filled, ["M2 B>100", 2566, 3, 660, 39, 500])
    beside: Any = intake_json(examine(data, "a.csv", on_hand=on_hand(filled)))

    def op(document: Any) -> tuple[Any, ...]:
        items = document["rows"][0]["results"]["tps"]["items"]
        item = next(one for one in items if one["id"].endswith(OP))
        return item["points"], item["cutoff"], item["peers"], item["peer_value_by"]

    assert op(alone) == (1, 700, 1, "computed")
    assert op(beside) == (0, 699, 0, "published")


def test_values_judge_the_files_that_are_scored_after_them() -> None:
    scorer, data = Scorer(), table(row("10001", SOUND | COSTS))
    scorer.score(values(["M2 B>100", 2566, 3, 660, 39, 500]), "กระทรวง.csv")
    document: Any = intake_json(scorer.score(data, "a.csv"))
    items = document["rows"][0]["results"]["tps"]["items"]
    published = {one["id"] for one in items if one["peer_value_by"] == "published"}
    assert published == {f"tps.score.{OP}", f"tps.score.{LABOUR}"}
