"""Costs of MSSS against group values that the ministry published. Every figure is invented."""

from typing import Any

import pytest
from sqlalchemy import Engine

from core.forms.model.form import TableForm, form
from core.periods import Period, parse_period
from core.services.importing.scoring import Scorer
from core.services.importing.store_intake import store, withdraw
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.terminal_text import lines
from core.services.results.terminal_text import why_lines
from core.services.results.why import explain
from core.services.stores import on_hand
from core.store.engine.unit_of_work import reading
from core.store.results.repository import StoredResult, results_about
from tests.core.services.sending import hospital, register, table

ONE_DATABASE = True
GROUP = "M2 B>100"
COSTS = {"msss.labour_cost": 500, "msss.op_unit_cost": 700, "msss.ip_unit_cost": 9000}
ROUND_1 = parse_period("2566-R1")


def row(hcode: str, number: int = 1, **more: Any) -> dict[str, Any]:
    chosen = form("msss-4s4p")
    assert isinstance(chosen, TableForm)
    answers = {c.measure: "ใช่" for c in chosen.columns if c.type == "answer"}
    days = {c.measure: 30 for c in chosen.columns if c.measure.startswith("days.")}
    return {
        "hcode": hcode,
        "fiscal_year": 2566,
        "round": number,
        **answers,
        **days,
        **COSTS,
        **more,
    }


def msss(hcode: str, number: int = 1, **more: Any) -> bytes:
    return table(row(hcode, number, **more))


def values(quarter: int, labour: float, op: float = 700, ip: float = 9000) -> bytes:
    titles = "กลุ่มโรงพยาบาล HGR;ปีงบประมาณ;ไตรมาส;Mean Unit Cost OP;Mean Unit Cost IP;ค่าเฉลี่ย LC"
    return f"{titles}\n{GROUP};2566;{quarter};{op};{ip};{labour}".encode()


def send(engine: Engine, data: bytes, name: str) -> Any:
    return store(engine, examine(data, name), data, by="office")


def defects(engine: Engine, hcode: str, period: Period = ROUND_1) -> StoredResult:
    with reading(engine) as session:
        return dict(results_about(session, hcode, period))["msss.defects"]


def labour(engine: Engine, hcode: str) -> tuple[float, float, int]:
    part = defects(engine, hcode).detail.parts["labour"]
    return part.points, part.cutoff, part.peer_count


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Two hospitals of one group, one of them cheap."""
    register(engine, hospital("10001", hgr=GROUP), hospital("10002", hgr="M2 B>100 "))
    send(engine, msss("10001"), "msss.csv")
    send(engine, msss("10002", **{"msss.labour_cost": 300}), "msss-2.csv")
    return engine


def test_the_published_mean_outranks_that_of_the_hospitals_on_hand(filled: Engine) -> None:
    assert labour(filled, "10001") == (0, 400, 2)
    receipt = send(filled, values(2, labour=500), "กระทรวง.csv")
    assert labour(filled, "10001") == (1, 500, 0)
    withdraw(filled, receipt.upload.id, by="office", reason="other table")
    assert labour(filled, "10001") == (0, 400, 2)


def test_only_the_last_quarter_of_a_round_judges_it(filled: Engine) -> None:
    for quarter in (1, 3, 4):
        send(filled, values(quarter, labour=499), f"{quarter}.csv")
    assert labour(filled, "10001") == (0, 400, 2)
    send(filled, values(2, labour=499.99), "2.csv")
    assert labour(filled, "10001") == (0, 499.99, 0)


def test_the_why_names_whose_the_value_is_and_its_cell(filled: Engine) -> None:
    send(filled, values(2, labour=500), "กระทรวง.csv")
    explained = explain(filled, defects(filled, "10001").id)
    held = {part.id: part.held for part in explained.parts}["msss.defects.labour"]
    assert held.whose is not None
    assert held.whose.en == "published by the ministry: “กระทรวง.csv”, sheet “CSV”, F2"
    told = "\n".join(line.en for line in why_lines(explained))
    assert "published by the ministry" in told


def test_a_result_without_such_a_test_names_no_table(filled: Engine) -> None:
    send(filled, values(2, labour=500), "กระทรวง.csv")
    with reading(filled) as session:
        about = dict(results_about(session, "10001", ROUND_1))
    assert "group_values" in about["msss.defects"].detail.notes
    assert "group_values" not in about["msss.score"].detail.notes


# One file, nothing stored


def judged(document: Any) -> dict[str, Any]:
    row = document["rows"][0]
    return {one["id"]: one for one in row["results"]["msss.defects"]["items"]}


def test_a_single_file_leaves_costs_open_without_published_values(filled: Engine) -> None:
    alone = judged(intake_json(examine(msss("10001"), "msss.csv")))["msss.defects.labour"]
    assert (alone["points"], alone["status"]) == (None, "not_judged")
    assert alone["peer_value_by"] is None
    known = examine(msss("10001"), "msss.csv", on_hand=on_hand(filled))
    # The hospital's group is known, but a few rows are no peers.
    assert judged(intake_json(known))["msss.defects.labour"]["points"] is None


def test_a_single_file_is_judged_by_published_values_of_its_group(filled: Engine) -> None:
    send(filled, values(2, labour=500, op=699), "กระทรวง.csv")
    intake = examine(msss("10001"), "msss.csv", on_hand=on_hand(filled))
    tests = judged(intake_json(intake))
    labour_, op = tests["msss.defects.labour"], tests["msss.defects.unit_cost.op"]
    assert (labour_["points"], labour_["cutoff"], labour_["peer_value_by"]) == (1, 500, "published")
    assert (op["points"], op["cutoff"], op["peer_value_by"]) == (0, 699, "published")
    told = "\n".join(line.en for line in lines(intake))
    assert "Group values: 3 of 3 are the ministry's" in told


def test_a_table_of_group_values_judges_the_files_after_it() -> None:
    scorer = Scorer()
    scorer.score(values(4, labour=500), "กระทรวง.csv")
    own = {"facility.hgr": "m2 b>100", "msss.labour_cost": 501}
    after = judged(intake_json(scorer.score(msss("10001", 2, **own), "msss.csv")))
    assert after["msss.defects.labour"]["points"] == 0
    other = scorer.score(msss("10001", 1, **own), "msss.csv")
    assert judged(intake_json(other))["msss.defects.labour"]["points"] is None


def test_costs_of_round_2_below_those_of_round_1_are_pointed_out() -> None:
    rows = [row("10001", n, **{"msss.labour_cost": cost}) for n, cost in ((1, 500), (2, 499))]
    codes = {one.code for one in examine(table(*rows), "msss.csv").issues}
    assert "W350" in codes
    rows[1]["msss.labour_cost"] = 500
    assert "W350" not in {one.code for one in examine(table(*rows), "msss.csv").issues}
