"""Tables as people lay them out, whose right figures are known. Every figure is invented."""

from typing import Any

import pytest

from core.forms.model.form import TableForm, form
from core.services.intake.kinds import Intake
from core.services.intake.table_rows import rows_json, table_intake
from tests.core.forms.sheets import book, sheet

KEYS = ["รหัสหน่วยบริการ", "ปีงบประมาณ", "เดือน"]
AMOUNTS = [
    "เงินสดและรายการเทียบเท่าเงินสด", "สินทรัพย์หมุนเวียน", "สินค้าคงคลัง", "หนี้สินหมุนเวียน",
    "รายได้รวม", "ค่าใช้จ่ายรวม",
]  # fmt: skip
HEAD = [*KEYS, *AMOUNTS]
BIG = [9e6, 3e7, 2e6, 1.5e7, 8e7, 7.9e7]
SMALL = [4e6, 1.2e7, 1e6, 1.6e7, 5e7, 5.2e7]


def row(code: str, amounts: list[Any], month: str = "มี.ค.") -> list[Any]:
    return [code, 2566, month, *amounts]


def millions(amounts: list[float]) -> list[float]:
    return [amount / 1e6 for amount in amounts]


def read(*rows: list[Any]) -> Intake:
    chosen = form("finance")
    assert isinstance(chosen, TableForm)
    return table_intake(chosen, book(sheet(*rows)))


def told(intake: Intake, code: str) -> list[str]:
    return [issue.cell for issue in intake.issues if issue.code == code]


def figures(intake: Any, measure: str) -> list[float | None]:
    return [one["measures"][measure] for one in rows_json(intake)]


def test_a_unit_between_the_rows_is_not_that_of_the_rows_above_it() -> None:
    rows = HEAD, row("99901", BIG), ["(หน่วย : ล้านบาท)"], row("99902", millions(SMALL))
    intake = read(*rows)
    assert figures(intake, "finance.current_assets")[0] == 3e7
    assert told(intake, "W374") == ["A3"]


def test_a_unit_above_a_second_table_is_that_tables() -> None:
    rows = HEAD, row("99901", BIG), ["หน่วย: ล้านบาท"], HEAD, row("99902", millions(SMALL))
    intake = read(*rows)
    assert figures(intake, "finance.current_assets") == [3e7, 1.2e7]


def test_a_unit_below_the_last_row_is_that_of_all() -> None:
    rows = HEAD, row("99901", millions(BIG)), row("99902", millions(SMALL)), ["หน่วย: ล้านบาท"]
    intake = read(*rows)
    assert figures(intake, "finance.current_assets") == [3e7, 1.2e7]
    assert told(intake, "W374") == []


@pytest.mark.parametrize(("amount", "cells"), [(50_000_000, []), (50_000_001, ["H3"])])
def test_amounts_of_no_facility_in_the_unit_written_are_asked_about(
    amount: float, cells: list[str]
) -> None:
    amounts = [9e3, 3e4, 2e3, 1.5e4, amount, 7.9e4]
    assert told(read(["หน่วย : พันบาท"], HEAD, row("99901", amounts)), "W424") == cells


def test_a_month_copied_from_the_one_before_is_pointed_out() -> None:
    again = read(HEAD, row("99901", BIG), row("99901", BIG, "เม.ย."))
    assert told(again, "W425") == ["D3"]
    other = read(HEAD, row("99901", BIG), row("99901", [*BIG[:5], 8e7], "เม.ย."))
    assert told(other, "W425") == []
    # Two hospitals, or two years, may well agree.
    assert told(read(HEAD, row("99901", BIG), row("99902", BIG, "เม.ย.")), "W425") == []


@pytest.mark.parametrize(("word", "cells"), [("Dr", ["H1"]), ("ขาดทุน", ["H1"]), ("สูง", [])])
def test_a_sign_in_a_column_of_its_own_is_pointed_out(word: str, cells: list[str]) -> None:
    head = [*KEYS, *AMOUNTS[:4], "รายได้สูง(ต่ำ)กว่าค่าใช้จ่ายสุทธิ", "Dr/Cr"]
    intake = read(head, row("99901", [*BIG[:4], 1.25e6, word]))
    assert told(intake, "W426") == cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("ข้อมูล ณ 28 ก.พ. 2566", ["A1"]),
        ("ข้อมูล ณ วันที่ 28/02/2566", ["A1"]),
        ("ข้อมูล ณ 31 มี.ค. 2566", []),
        # Printed later than the month it is of.
        ("ข้อมูล ณ วันที่ 15 เมษายน 2566", []),
        ("ข้อมูลโรงพยาบาล", []),
    ],
)
def test_a_day_above_the_table_before_its_months_is_asked_about(
    line: str, cells: list[str]
) -> None:
    assert told(read([line], HEAD, row("99901", BIG)), "W427") == cells
