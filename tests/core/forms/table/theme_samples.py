"""Samples of the inspection themes' tables, good and bad. Every figure in them is invented.

`python -m tests.core.forms.table.theme_samples` writes them to `tests/data`: a good one is our
blank as a careful person fills it in, a bad one a table of somebody's own with something wrong in
every way.
"""

import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from core.forms.blank_table.cells import columns_of
from core.forms.blank_table.sheet import FIRST_ROW
from core.forms.blank_table.write import write_table_template
from core.forms.model.form import Table, TableForm, form
from tests.paths import SAMPLES

DATA: Final = SAMPLES
FORMS: Final = (
    "compensation", "coverage", "facilities", "msss-4s4p", "payables", "revenue-4s4c", "sproi",
    "transfer",
)  # fmt: skip
INVENTED: Final = "ข้อมูลสมมติ ใช้ทดสอบโปรแกรมเท่านั้น (invented, for tests only)"
Row = Mapping[str, Any]

_DIMENSIONS: Final = ("structure", "system", "staff", "skill", "care", "code", "claim", "account")


def _round(hcode: str, number: Any = 1) -> dict[str, Any]:
    return {"hcode": hcode, "fiscal_year": 2566, "round": number}


def _month(hcode: str, month: str) -> dict[str, Any]:
    return {"hcode": hcode, "fiscal_year": 2566, "month": month}


def _points(hcode: str, earned: float) -> dict[str, Any]:
    row = _round(hcode)
    for dimension in _DIMENSIONS:
        row |= {f"revenue.{dimension}_points": earned, f"revenue.{dimension}_full": 10}
    return row


def _claims(hcode: str, month: str, *, missing: int, delayed: int) -> dict[str, Any]:
    return _month(hcode, month) | {
        "claims.visits": 4000, "claims.missing": missing, "claims.delayed": delayed,
        "claims.expired": 0, "claims.sent": 3900, "claims.error": 78,
        "audit.adjrw_claimed": 120.5, "audit.adjrw_audited": 115.25,
    }  # fmt: skip


def _sproi(hcode: str, plan: str, received: float, cost: float) -> dict[str, Any]:
    return _round(hcode) | {"sproi.plan": plan, "sproi.received": received, "sproi.cost": cost}


def _payables(hcode: str, number: int, old: str, owed: float) -> dict[str, Any]:
    return _round(hcode, number) | {
        "payables.due": 10_000_000, "payables.paid": 9_200_000, old: owed,
        "payables.by_cheque": 4_600_000, "payables.by_gf": 4_600_000,
        "payables.supplies_current": "ใช่", "payables.report_current": "ใช่",
        "payables.payment_current": "ใช่",
    }  # fmt: skip


def _msss() -> dict[str, Any]:
    chosen = form("msss-4s4p")
    assert isinstance(chosen, TableForm)
    row: dict[str, Any] = {c.measure: "ใช่" for c in chosen.columns if c.type == "answer"}
    row |= _round("99901") | {"msss.line_1_4": "ไม่", "msss.line_6_5": "ไม่เกี่ยวข้อง"}
    row |= {f"days.inventory_{kind}": days for kind, days in _kinds(45, 61, 30).items()}
    row |= {f"days.payables_{kind}": days for kind, days in _kinds(80, 90, 91).items()}
    row |= {"days.compensation": 60, "msss.vacant_share": 0.9, "msss.software": "INVS"}
    row |= {"msss.core_staff": 80, "msss.core_fte": 100}
    row |= {"msss.support_staff": 45, "msss.support_fte": 100}
    for kind, actual in zip(_PLANNED, (95, 109, 110, 100, 0), strict=True):
        row |= {f"msss.plan_{kind}": 100_000, f"msss.actual_{kind}": actual * 1000}
    return row | {"msss.labour_cost": 40_000_000, "msss.drug_cost": 10_000_000}


_PLANNED: Final = ("drugs", "supplies", "lab", "expense", "maintenance")


def _kinds(*days: float) -> dict[str, float]:
    return dict(zip(("drugs", "supplies", "lab"), days, strict=True))


def _coverage(subject: Row) -> dict[str, Any]:
    return {"fiscal_year": 2566, "round": 1, **subject} | {
        "coverage.foreign_insured": 720, "coverage.foreign_eligible": 1000,
        "coverage.foreign_checkup_insured": 715, "coverage.foreign_checkup": 740,
        "coverage.fss_spent": 71_000.5, "coverage.fss_budget": 100_000,
        "coverage.thai_insured": 99_660, "coverage.thai_citizens": 100_000,
    }  # fmt: skip


def _steps(hcode: str, done: int) -> dict[str, Any]:
    chosen = form("transfer")
    assert isinstance(chosen, TableForm)
    steps = [c.measure for c in chosen.tables[0].columns if c.type == "answer"]
    answers = {step: "ใช่" if n < done else "ไม่" for n, step in enumerate(steps)}
    return _round(hcode) | answers | {"transfer.budget_op": 180.5, "transfer.budget_dental": 25_000}


def _facility(hcode: str, name: str, kind: str, **more: Any) -> dict[str, Any]:
    said = {"facility.name_th": name, "facility.kind": kind, "facility.district": "6101"} | {
        f"facility.{key}": value for key, value in more.items()
    }
    return {"hcode": hcode} | said


GOOD: Final[Mapping[str, Mapping[str, Sequence[Row]]]] = {
    "revenue-4s4c": {
        "points": [_points("99901", 9.5), _points("99902", 8)],
        "claims": [
            _claims("99901", "มิถุนายน", missing=39, delayed=0),
            _claims("99902", "มิถุนายน", missing=40, delayed=3)
            | {"claims.control_plan": "ใช่", "claims.control_owner": "หัวหน้าศูนย์จัดเก็บรายได้"},
        ],
    },
    "sproi": {
        "rows": [
            _sproi("99901", "โควิด 19 (ผู้ป่วยใน)", 4_100_000, 10_000_000),
            _sproi("99901", "Stroke และ STEMI (ผู้ป่วยใน)", 4_000_000, 10_000_000),
            _sproi("99901", "ODS และ MIS", 0, 0),
            _sproi("99902", "ODS และ MIS", 900_000, 1_000_000),
        ]
    },
    "payables": {
        "rows": [
            _payables("99901", 1, "payables.over_90", 900_000),
            _payables("99901", 2, "payables.over_360", 0),
        ]
    },
    "compensation": {
        "rows": [
            _month("99901", "มิถุนายน")
            | {"compensation.due": 1_000_000, "compensation.paid_on_time": 901_000},
            _month("99902", "มิถุนายน")
            | {"compensation.due": 500_000, "compensation.paid_on_time": 450_000},
        ]
    },
    "coverage": {"rows": [_coverage({"hcode": "99901"}), _coverage({"district": "6101"})]},
    "transfer": {
        "steps": [_steps("99951", 12), _steps("99952", 10), _steps("99953", 1)],
        "equity": [
            {
                "district": "6101", "fiscal_year": 2566, "round": 1, "transfer.sop_issued": "ใช่",
                "transfer.cups_briefed": "ใช่", "transfer.pao_briefed": "ไม่",
                "transfer.per_head_transferred": 150, "transfer.per_head_not_transferred": 150,
            }
        ],
    },
    "msss-4s4p": {"rows": [_msss()]},
    "facilities": {
        "rows": [
            _facility(
                "99901", "โรงพยาบาลสมมติ ก", "โรงพยาบาล", level="M2", hgr="M2 สมมติ", beds=120,
                hcode9="009990100", latitude=15.38, longitude=100.02, island="ไม่",
            ),
            _facility("99951", "รพ.สต. สมมติ ข", "รพ.สต.", transferred="ใช่"),
            _facility("99951", "รพ.สต. สมมติ ข", "รพ.สต.", transferred="ใช่")
            | {"fiscal_year": 2566, "month": "ตุลาคม", "facility.district": "6102"},
        ]
    },
}  # fmt: skip


def good(form_id: str) -> bytes:
    """Our blank, filled in."""
    chosen = form(form_id)
    assert isinstance(chosen, TableForm)
    book = openpyxl.load_workbook(io.BytesIO(write_table_template(chosen)))
    for table in chosen.tables:
        for number, row in enumerate(GOOD[form_id][table.id]):
            fill(book[table.sheet.th], table, number, row)
    return _saved(book)


def fill(sheet: Worksheet, table: Table, number: int, row: Row) -> None:
    """Type one row (of a turned table one column) into our blank."""
    known = columns_of(table)
    assert row.keys() <= {column.measure for column in known}
    if table.turned:
        by_title = {sheet.cell(r, 2).value: r for r in range(FIRST_ROW, sheet.max_row + 1)}
        for column in known:
            if column.measure in row:
                sheet.cell(by_title[column.name.th], 4 + number).value = row[column.measure]
        return
    for place, column in enumerate(known, 1):
        if column.measure in row:
            sheet.cell(FIRST_ROW + number, place).value = row[column.measure]


ODD: Final[Mapping[str, Mapping[str, Sequence[Sequence[Any]]]]] = {
    "revenue-4s4c": {
        "รอบ": [
            [INVENTED],
            [
                "รหัส รพ.", "ปีงบ", "รอบ", "คะแนนทีได ดานโครงสราง (Structure)", "structure_full",
                "system_points", "system_full", "staff_points", "staff_full", "skill_points",
                "skill_full", "care_points", "care_full", "code_points", "code_full",
                "claim_points", "claim_full", "account_points", "ผู้ประเมิน",
            ],
            ["๙๙๙๐๑", "๒๕๖๖", "รอบที่ ๑", "๙", 10, 11, 10, -1, 10, *[9, 10] * 4, 9, "ก"],
            [99902, 2566, "รอบสาม", *[9, 10] * 7, 9],
            [99903, 2023, 2, *[9, 10] * 7, 9],
            ["รวม", None, None, 27, 30],
        ],
        "เดือน": [
            [
                "hcode", "ปีงบประมาณ", "เดือน", "visits", "missing", "delayed", "expired", "sent",
                "error", "control_plan", "control_date",
            ],
            [99901, 2566, "มิ.ย.", 4000, "4,001", 0, 1, 3900, "#N/A", "อาจจะ", "15 มิ.ย. 2566"],
            [99901, 2566, "มิ.ย.", 4000, 5, None, None, None, None, "มี", None],
            [99902, 2566, "เดือนหก", 4000, 40, 0, 0, 3900, 39, "ยังไม่มี", None],
            [99903, 2566, "มิ.ย.", None, "-", "ไม่มีข้อมูล", 0, 3900, 39, "/", None],
        ],
    },
    "sproi": {
        "SPROI": [
            [INVENTED],
            ["Hospital code", "fiscal year", "round", "SP", "เงนทไดรบชดเชยคารกษา", "cost"],
            [99901, 2566, 1, "COVID-19", 41, 100],
            [99901, 2566, 1, "Stroke & STEMI", "=1+1", 100],
            [99901, 2566, 1, "มะเร็ง", 1, 2],
            [99901, 2566, 1, "โควิด", 42, 100],
            [99902, 2566, 1, None, 1, 2],
            [99902, 2566, 1, "ods/mis", None, 100],
            [99903, 2566, 1, "ODS & MIS", -5, "ไม่ทราบ"],
        ]
    },
    "payables": {
        "Sheet1": [
            ["hcode", "ปีงบประมาณ", "รอบ", "due", "paid", "over_360", "supplies_current",
             "report_current", "ระบบการจ่ายเงินเป็นปัจจุบันน"],
            [99901, 2566, 1, 100, 120, 0, "ใช่", "ผ่าน", "ใช่"],
            [99902, 2566, "2", "ร้อยล้าน", 90, 0, 2, "ไม่แน่ใจ", None],
            [99903, 2566, 3, 100, 90, None, "ไม่เกี่ยวข้อง", "✓", None],
            ["โรงพยาบาล ง", 2566, 1, 100, 90, 0, 1, 0, None],
        ]
    },
    "compensation": {
        "พตส": [
            ["hcode", "fiscal_year", "month", "fiscal_month", "due", "paid_on_time"],
            [99901, 2566, "ต.ค.", 2, 100, 90],
            [99902, 2566, 13, None, 100, 90],
            [99903, 2566, "มิ.ย.", 9, 100, 100.5],
            [99904, 66, "มิ.ย.", None, 100, None],
            ["หมายเหตุ ยังไม่รวมเดือนกันยายน"],
        ]
    },
    "coverage": {
        "ต่างด้าว": [
            ["รหัสหน่วยบริการ", "อำเภอ", "ปีงบประมาณ", "รอบ", "foreign_insured",
             "foreign_eligible", "fss_spent"],
            [99901, None, 2566, 1, 1100, 1000, 5],
            ["D6101", None, 2566, 1, 700, 1000, None],
            [None, "61", 2566, 1, 700, 1000, None],
            [None, 6102, 2566, 2, 700, "#DIV/0!", None],
            [99902, None, 2566, 1, None, 1000, 5],
            [None, None, 2566, 1, 700, 1000, None],
        ]
    },
    "transfer": {
        "รพ.สต.": [
            ["รหัส รพ.สต.", "ปีงบประมาณ", "รอบ", "1.1 อบจ. ขอยื่นรับการประเมินความพร้อม", "step_1_2",
             "step_2_1", "step_2_2", "step_2_3", "step_2_4", "step_3_1", "step_3_2", "step_3_3",
             "step_4_1", "step_5_1", "step_5_2", "budget_op"],
            [99951, 2566, 1, *["ใช่"] * 11, "ครึ่งหนึ่ง", 180],
            [99952, 2566, 1, *["✓"] * 10, None, "-", -3],
            [99953, 2566, "ครั้งที่ 2", *[1] * 11, 0, "พันบาท"],
        ],
        "CUP": [
            ["district", "ปีงบประมาณ", "รอบ", "sop_issued", "cups_briefed"],
            ["D61", 2566, 1, "ใช่", "ใช่"],
            ["6101", 2566, 1, "ใช่", "แล้วแต่"],
        ],
    },
    "facilities": {
        "ทะเบียน": [
            ["hcode", "รหัส 9 หลัก", "ชื่อ", "ประเภท", "อำเภอ", "จังหวัด", "lat", "lon", "เตียง",
             "ใช้ตั้งแต่ปีงบประมาณ", "ใช้ตั้งแต่เดือน"],
            [99901, "12", "โรงพยาบาลสมมติ ก", "รพ.", "เมือง", "อุทัยธานี", 15.38, 100.02, 10.5],
            [99902, "1234567890", "โรงพยาบาลสมมติ ข", "รพ.", "เฉลิมพระเกียรติ", None, 100, 15, -1],
            [99903, None, None, "คลินิก", "6199", None, 15.38, None, 10, 2566],
            [99901, None, "โรงพยาบาลอื่น", "รพ.", "6101"],
            ["รพ.ค", None, "โรงพยาบาลสมมติ ค", "รพ.", "6101", "พิษณุโลก"],
        ]
    },
}  # fmt: skip


def _odd_msss() -> Sequence[Sequence[Any]]:
    """Two hospitals side by side, printed titles, wrong words, a line missing, one twice."""
    chosen = form("msss-4s4p")
    assert isinstance(chosen, TableForm)
    lines: list[list[Any]] = [[INVENTED], ["ข้อ", "ประเด็น", "คะแนนเต็ม", "รพ. ก", "รพ. ข"]]
    lines += [[None, "รหัสหน่วยบริการ", None, 99901, 99902], [None, "ปีงบประมาณ", None, 2566, 66]]
    lines += [[None, "รอบ", None, "๑", 1], [None, "1.มีโครงสร้างคณะกรรมการบริหารทรัพยากรทางการแพทย์"]]
    for column in chosen.columns[3:]:
        if column.measure in ("msss.line_1_2", "msss.plan_drugs"):
            continue
        title = column.aliases[0] if column.aliases else column.name.th
        answers = ("✓", "ไม่มี") if column.type == "answer" else (50, 50)
        lines.append([column.no, title, 1, *answers])
    at = {line[1]: line for line in lines if len(line) > 1}
    at["ระบบบริหารยา"][3:] = ["บางส่วน", 2]
    at["ระบบบริหารเวชภัณฑ์"][3:] = [None, "#REF!"]
    at["ระยะเวลาหมุนเวียนคลังยา"][3:] = ["สองเดือน", -1]
    at["ร้อยละตำแหน่งว่าง"][3:] = [101, 0.5]
    lines += [["1.1", "1)ระบบบริหารยา", 1, "✓", "✓"], [None, "รวม", 50, 40, 40]]
    return [*lines, [None, "ระบบบรหารยาา", 1, "✓", "✓"]]


def bad(form_id: str) -> bytes:
    """A table of somebody's own, wrong in many ways."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {"4S4P": _odd_msss()} if form_id == "msss-4s4p" else ODD[form_id]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                if value is not None:
                    cell = sheet.cell(row, column, value)
                    if isinstance(value, str) and value.startswith("#"):
                        cell.data_type = "e"
        if rows[0] == [INVENTED]:
            sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=5)
    return _saved(book)


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


if __name__ == "__main__":
    for form_id in FORMS:
        folder = DATA / form_id
        folder.mkdir(exist_ok=True)
        for kind, make in (("good", good), ("bad", bad)):
            (folder / f"{form_id}-{kind}.xlsx").write_bytes(make(form_id))
    sys.stdout.write(f"{len(FORMS)} forms\n")
