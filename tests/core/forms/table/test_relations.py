"""Figures that cannot stand beside one another, and amounts that no facility has."""

from typing import Any

import pytest

from core.forms.model.form import TableForm, forms, table_form
from tests.core.forms.sheets import HEADER, changed
from tests.core.forms.table.tables import (
    COMPENSATION_HEADER,
    all_codes,
    codes,
    finance,
    month,
    read,
)

PAYABLES = [
    "hcode", "fiscal_year", "round", "due", "paid", "over_90", "by_cheque", "by_gf",
    "supplies_current", "report_current", "payment_current",
]  # fmt: skip
OWED = ["10871", 2566, 1, 45_000_000, 40_000_000, 4_000_000, 25_000_000, 15_000_000, 1, 1, 1]
SPROI = ["hcode", "fiscal_year", "round", "Service Plan", "received", "cost"]
COVID = "โควิด 19"


@pytest.mark.parametrize(
    ("quick", "inventories", "told"),
    [
        (45_895_000.25, 5_140_000, []),
        (45_895_000.24, 5_140_000, [("W320", "D2")]),
        (95_895_000.5, 0, []),
        (95_895_001, 0, [("W320", "I2")]),
        (90_755_000, 5_140_000, []),
        (90_755_002, 5_140_000, [("W320", "I2")]),
        (60_000_000, 50_000_002, [("W320", "D2"), ("W320", "I2")]),
    ],
)
def test_cash_and_receivables_and_inventories_lie_within_current_assets(
    quick: float, inventories: float, told: list[Any]
) -> None:
    row = [*changed(month(), F=inventories), quick]
    reading = finance([*HEADER, "สินทรัพย์สภาพคล่อง"], row)
    assert sorted(codes(reading)) == sorted(told)


@pytest.mark.parametrize(
    ("points", "full", "empty"),
    [(4, 5, []), (4, None, [("W313", "E2")]), (None, None, []), (0, None, [("W313", "E2")])],
)
def test_points_are_out_of_something(points: object, full: object, empty: list[Any]) -> None:
    names = {column.measure: column.name.th for column in table_form("backoffice").columns}
    typed = ("backoffice.days", "backoffice.satisfaction", "backoffice.satisfaction_full")
    header = ["hcode", "fiscal_year", "quarter", *map(names.__getitem__, typed)]
    row = ["01234", 2565, 1, 8, points, full]
    assert [one for one in codes(read("backoffice", header, row)) if one[0] == "W313"] == empty
    if full is None:
        assert [
            one for one in codes(read("backoffice", header[:-1], row[:-1])) if one[0] == "W313"
        ] == empty, "without the column as with an empty cell"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"H": 15_000_001}, []),  # copied in whole baht
        ({"H": 15_000_002}, [("W320", "G2")]),
        ({"F": 45_000_001}, [("W320", "F2")]),
    ],
)
def test_payments_and_old_debt_lie_within_what_was_paid_and_due(
    changes: dict[str, Any], told: list[Any]
) -> None:
    assert codes(read("payables", PAYABLES, changed(OWED, **changes))) == told


def test_what_two_funds_claim_lies_within_all() -> None:
    names = [f"{fund}{name}" for fund in ("", "uc_", "csmbs_") for name in ("visits", "sent")]
    extra = [f"claims.{name}" for name in ("missing", "delayed", "expired", "error")]
    header = [*COMPENSATION_HEADER[:3], *(f"claims.{name}" for name in names), *extra]
    row = ["10871", 2566, "ตุลาคม", 9000, 8000, 6000, 5000, 3001, 3000, 0, 0, 0, 0]
    assert ("W320", "F2") in codes(read("revenue-4s4c", header, row))
    row[7] = 3000
    assert "W320" not in {c for c, _ in codes(read("revenue-4s4c", header, row))}


@pytest.mark.parametrize(
    ("received", "cost", "is_odd"), [(1, 0, True), (0, 0, False), (1, 1, False)]
)
def test_income_without_any_cost_is_an_error_with_its_cell(
    received: float, cost: float, is_odd: bool
) -> None:
    reading = read("sproi", SPROI, ["10871", 2566, 1, COVID, received * 1e6, cost * 1e6])
    assert (("W408", "F2") in codes(reading)) is is_odd


def test_full_marks_of_0_are_an_error_with_their_cell() -> None:
    full = ["structure", "system", "staff", "skill", "care", "code", "claim", "account"]
    header = [*PAYABLES[:3], *(f"{n}_{w}" for n in full for w in ("points", "full"))]
    row = ["10871", 2566, 1, 0, 0, *[8, 10] * 7]
    assert ("W312", "E2") in codes(read("revenue-4s4c", header, row))


@pytest.mark.parametrize(("typed", "is_odd"), [(850, True), (200, False), (112.5, False)])
def test_a_bed_occupancy_that_cannot_be_is_asked_about(typed: float, is_odd: bool) -> None:
    reading = finance([*HEADER, "อัตราครองเตียง"], [*month(), typed])
    assert (("W406", "I2") in codes(reading)) is is_odd


# A unit that nobody wrote


@pytest.mark.parametrize("scale", [1e3, 1e6])
def test_a_whole_first_file_in_another_unit_is_asked_about(scale: float) -> None:
    reading = finance(HEADER, *(month(code, scale=scale) for code in ("10871", "10872")))
    told = [issue for issue in reading.issues if issue.code == "W409"]
    assert [(issue.cell, issue.params["rows"]) for issue in told] == [("E2", "2")]


def test_the_smallest_hospital_in_baht_is_not() -> None:
    assert "W409" not in {code for code, _ in all_codes(finance(HEADER, month(scale=20)))}


MONEY: dict[str, tuple[list[Any], list[Any], str]] = {
    "sproi": (SPROI, ["10871", 2566, 1, COVID, 420, 510], "F2"),
    "compensation": (COMPENSATION_HEADER, ["10871", 2566, "ตุลาคม", 0.51, 0.5], "D2"),
    "payables": (PAYABLES, ["10871", 2566, 1, 45, 40, 4, 25, 15, 1, 1, 1], "D2"),
    "coverage": ([*SPROI[:3], "fss_spent", "fss_budget"], ["10871", 2566, 1, 91, 120], "E2"),
}  # fmt: skip


@pytest.mark.parametrize("form_id", MONEY)
def test_other_forms_of_money_are_asked_about_too(form_id: str) -> None:
    header, row, cell = MONEY[form_id]
    assert ("W409", cell) in all_codes(read(form_id, header, row))


@pytest.mark.parametrize("form_id", ["sproi", "payables"])
def test_one_facility_in_thousands_among_others_is_asked_about(form_id: str) -> None:
    header, row, _ = MONEY[form_id]
    others = [changed(row, A=f"1087{n}") for n in (2, 3, 4)]
    baht = [[v * 1e6 if isinstance(v, int) and 3 < v < 2500 else v for v in one] for one in others]
    thousands = [v * 1e3 if isinstance(v, int) and 3 < v < 2500 else v for v in row]
    told = codes(read(form_id, header, *baht, thousands))
    assert [code for code, cell in told if cell.endswith("5")] == ["W351"]


# The forms themselves


def test_every_money_form_says_which_amounts_cannot_be_baht() -> None:
    """Else a table in millions that says so nowhere is read as baht without a word."""
    missing = {
        form.id
        for form in forms().values()
        if isinstance(form, TableForm) and form.holds in ("figures", "hospital_months")
        for table in form.tables
        if any(table.unit(c) == "baht" and not c.is_ratio for c in table.columns)
        and not any(column.least for column in table.columns)
    }
    assert missing <= {"transfer", "msss-4s4p"}
