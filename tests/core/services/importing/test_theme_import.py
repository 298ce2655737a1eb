"""Tables of the inspection themes stored: whose, when, and every figure with its cell."""

import io

import openpyxl
import pytest
from sqlalchemy import Engine

from core.scoring.base.states import State
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import preview, store, withdraw
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from core.services.intake.marking import marked
from core.services.intake.terminal_text import lines
from core.store.engine.unit_of_work import reading
from core.store.uploads.observations import Observed, observations
from core.store.uploads.submissions import submissions
from tests.core.forms.table.theme_samples import DATA
from tests.core.services.sending import hospital, register

ONE_DATABASE = True

THEMES = ("compensation", "coverage", "msss-4s4p", "payables", "revenue-4s4c", "sproi", "transfer")


def sent(engine: Engine, form_id: str, kind: str = "good") -> Receipt:
    path = DATA / form_id / f"{form_id}-{kind}.xlsx"
    return store(engine, examined(form_id, kind), path.read_bytes(), by="province")


def examined(form_id: str, kind: str = "good") -> Intake:
    path = DATA / form_id / f"{form_id}-{kind}.xlsx"
    return examine(path.read_bytes(), path.name)


def told(engine: Engine, subject: str, form_id: str, period: str) -> dict[str, Observed]:
    with reading(engine) as session:
        (one,) = (
            found
            for found in submissions(session, subject=subject, form=form_id)
            if str(found.period) == period
        )
        return dict(observations(session, one.id))


@pytest.fixture
def filled(engine: Engine) -> Engine:
    register(engine, hospital("99901"), hospital("99902", "D6102"))
    return engine


@pytest.mark.parametrize(
    ("form_id", "keys"),
    [
        ("compensation", [("99901", "2566-M09"), ("99902", "2566-M09")]),
        ("coverage", [("99901", "2566-R1"), ("D6101", "2566-R1")]),
        ("msss-4s4p", [("99901", "2566-R1")]),
        ("payables", [("99901", "2566-R1"), ("99901", "2566-R2")]),
        (
            "revenue-4s4c",
            [(code, period) for period in ("2566-R1", "2566-M09") for code in ("99901", "99902")],
        ),
        ("sproi", [("99901", "2566-R1"), ("99902", "2566-R1")]),
        (
            "transfer",
            [(code, "2566-R1") for code in ("99951", "99952", "99953", "D6101")],
        ),
    ],
)
def test_every_row_is_a_submission_of_its_subject_and_period(
    filled: Engine, form_id: str, keys: list[tuple[str, str]]
) -> None:
    receipt = sent(filled, form_id)
    assert [(subject, str(period)) for subject, period in receipt.keys] == keys
    assert receipt.upload.form == form_id
    assert receipt.counts


def test_an_upload_is_about_the_smallest_area_that_holds_it(filled: Engine) -> None:
    assert sent(filled, "msss-4s4p").upload.subject == "99901"
    assert sent(filled, "coverage").upload.subject == "D6101"
    assert sent(filled, "compensation").upload.subject == "P61"


def test_figures_of_a_turned_sheet_name_their_real_cells(filled: Engine) -> None:
    sent(filled, "msss-4s4p")
    found = told(filled, "99901", "msss-4s4p", "2566-R1")
    sheet = openpyxl.load_workbook(DATA / "msss-4s4p" / "msss-4s4p-good.xlsx")["MSSS 4S4P"]
    for measure, typed in (("days.inventory_supplies", 61), ("msss.core_fte", 100)):
        assert found[measure].value == typed
        assert sheet[found[measure].cell].value == typed
    assert sheet[found["msss.software"].cell].value == found["msss.software"].text == "INVS"
    assert (found["msss.line_1_1_1"].value, found["msss.line_1_4"].value) == (1, 0)
    assert found["msss.line_6_5"].state == State.NOT_APPLICABLE
    assert "msss.supply_cost" not in found


def test_figures_of_a_service_plan_name_the_row_of_the_plan(filled: Engine) -> None:
    sent(filled, "sproi")
    found = told(filled, "99901", "sproi", "2566-R1")
    assert {m: (o.value, o.cell) for m, o in found.items()} == {
        "sproi.covid_received": (4_100_000, "E5"),
        "sproi.covid_cost": (10_000_000, "F5"),
        "sproi.stroke_stemi_received": (4_000_000, "E6"),
        "sproi.stroke_stemi_cost": (10_000_000, "F6"),
        "sproi.ods_mis_received": (0, "E7"),
        "sproi.ods_mis_cost": (0, "F7"),
    }
    assert told(filled, "99902", "sproi", "2566-R1").keys() == {
        "sproi.ods_mis_received", "sproi.ods_mis_cost",
    }  # fmt: skip


def test_each_sheet_stores_what_it_holds_and_no_more(filled: Engine) -> None:
    sent(filled, "revenue-4s4c")
    points = told(filled, "99902", "revenue-4s4c", "2566-R1")
    claims = told(filled, "99902", "revenue-4s4c", "2566-M09")
    assert {m.split(".")[0] for m in points} == {"revenue"}
    assert {m.split(".")[0] for m in claims} == {"claims", "audit"}
    assert claims["claims.control_plan"].value == 1
    assert claims["claims.control_owner"].text == "หัวหน้าศูนย์จัดเก็บรายได้"
    assert (points["revenue.code_points"].sheet, claims["claims.sent"].sheet) == (
        "คะแนน 8 ด้าน", "การเบิกจ่ายรายเดือน",
    )  # fmt: skip


def test_errors_are_stored_as_errors_and_rows_of_nobody_left_out(filled: Engine) -> None:
    receipt = sent(filled, "payables", "bad")
    assert [(s, str(p)) for s, p in receipt.keys] == [("99901", "2566-R1"), ("99902", "2566-R2")]
    found = told(filled, "99902", "payables", "2566-R2")
    assert found["payables.due"].state == State.ERROR
    assert found["payables.report_current"].state == State.ERROR
    assert "payables.payment_current" not in found


@pytest.mark.parametrize("form_id", THEMES)
def test_a_preview_stores_nothing_and_the_same_bytes_are_stored_once(
    filled: Engine, form_id: str
) -> None:
    data = (DATA / form_id / f"{form_id}-good.xlsx").read_bytes()
    assert preview(filled, examined(form_id), data).same is None
    stored = sent(filled, form_id)
    assert stored.action == "stored"
    again = preview(filled, examined(form_id), data)
    assert again.same is not None
    assert again.same.id == stored.upload.id


def test_what_is_taken_back_counts_no_longer(filled: Engine) -> None:
    stored = sent(filled, "sproi")
    done = withdraw(filled, stored.upload.id, by="x", reason="ผิดไฟล์")
    assert not done.counts


@pytest.mark.parametrize("form_id", [*THEMES, "facilities"])
def test_rows_and_problems_are_told_in_both_languages(form_id: str) -> None:
    for kind in ("good", "bad"):
        for line in lines(examined(form_id, kind)):
            assert line.th
            assert line.en


def test_problems_of_a_turned_sheet_are_marked_where_they_stand() -> None:
    path = DATA / "msss-4s4p" / "msss-4s4p-bad.xlsx"
    found = examined("msss-4s4p", "bad")
    copy = openpyxl.load_workbook(io.BytesIO(marked(path.read_bytes(), found)))
    sheet = copy["4S4P"]
    commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert commented == {issue.cell for issue in found.issues}
    assert "สองเดือน" in sheet["D27"].comment.text
