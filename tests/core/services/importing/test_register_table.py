"""A table of the register: what is checked, what it enters, what it changes. All is invented."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import Engine

from core.errors import UsageError, WorkbookError
from core.periods import parse_period
from core.services.importing.files import Sender, import_file
from core.services.importing.receipt_json import receipt_json
from core.services.importing.receipts import Receipt
from core.services.importing.store_intake import preview, restore, store, withdraw
from core.services.intake.examine import examine
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake, RegisterIntake
from core.services.stores import on_hand
from core.store.engine.unit_of_work import reading
from core.store.register.repository import PlacedFacility, facilities, facility, facility_states
from core.store.results.repository import results_about
from core.store.results.versions import latest_version
from core.store.uploads.repository import uploads
from tests.core.services.sending import SOUND, hospital, register, row, send

TITLES = {
    "hcode": "รหัสหน่วยบริการ",
    "hcode9": "รหัส 9 หลัก",
    "name": "ชื่อหน่วยบริการ",
    "kind": "ประเภท",
    "level": "ระดับ",
    "hgr": "กลุ่ม HGR",
    "beds": "จำนวนเตียง",
    "cup": "คปสอ.",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "latitude": "ละติจูด",
    "longitude": "ลองจิจูด",
    "island": "พื้นที่เกาะ",
    "transferred": "ถ่ายโอนแล้ว",
    "year": "ใช้ตั้งแต่ปีงบประมาณ",
    "month": "ใช้ตั้งแต่เดือน",
}
COLUMN = dict(zip(TITLES, "ABCDEFGHIJKLMNOP", strict=True))


def one(hcode: str = "10001", **said: Any) -> dict[str, Any]:
    """A row of the register."""
    return {"hcode": hcode, "name": "โรงพยาบาล ก", "kind": "โรงพยาบาล", "district": "6101"} | said


def table(*rows: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(TITLES.values())
    writer.writerows([[said.get(name, "") for name in TITLES] for said in rows])
    return text.getvalue().encode()


def read(*rows: dict[str, Any], **options: Any) -> Intake:
    return examine(table(*rows), "ทะเบียน.csv", **options)


def told(intake: Intake) -> list[tuple[str, str]]:
    return [(issue.code, issue.cell) for issue in intake.issues]


def entered(engine: Engine, *rows: dict[str, Any], by: str = "province") -> Receipt:
    data = table(*rows)
    return store(engine, read(*rows, on_hand=on_hand(engine)), data, by=by)


def known(engine: Engine, hcode: str = "10001", at: str | None = None) -> PlacedFacility:
    with reading(engine) as session:
        found = facility(session, hcode, at=parse_period(at) if at else None)
    assert found is not None
    return found


def said(intake: Intake) -> dict[str, Any]:
    """What the only row says."""
    assert isinstance(intake, RegisterIntake)
    (found,) = intake.register.rows
    return dict(found.values)


# What is read


def test_a_plain_row_says_what_a_facility_is() -> None:
    full = one(
        hcode9="001000100", level="M2", hgr="M2-1", beds=90, latitude=15.4, longitude=100.1,
        island="ไม่ใช่", transferred="ใช่",
    )  # fmt: skip
    found = read(full)
    assert told(found) == []
    assert found.form is not None
    assert found.form.id == "facilities"
    assert said(found) == {
        "district": "D6101", "name_th": "โรงพยาบาล ก", "kind": "hospital", "level": "M2",
        "hgr": "M2-1", "island": False, "transferred": True, "hcode9": "001000100", "beds": 90,
        "latitude": 15.4, "longitude": 100.1,
    }  # fmt: skip


def test_what_a_row_leaves_empty_it_does_not_say() -> None:
    assert said(read(one())) == {
        "district": "D6101", "name_th": "โรงพยาบาล ก", "kind": "hospital",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("รพ.", "hospital"), ("โรงพยาบาล", "hospital"), ("รพ.สต.", "pcu"), ("pcu", "pcu")],
)
def test_types_as_people_write_them(typed: str, kind: str) -> None:
    assert said(read(one(kind=typed)))["kind"] == kind


@pytest.mark.parametrize(
    ("typed", "province"),
    [
        ("6101", ""),
        ("D6101", ""),
        ("๖๑๐๑", ""),
        ("เมืองอุทัยธานี", ""),
        ("อ.เมืองอุทัยธานี", ""),
        ("เมือง", "อุทัยธานี"),
        ("อำเภอเมือง", "จ.อุทัยธานี"),
        ("เมือง", "61"),
        ("Mueang Uthai Thani", "P61"),
    ],
)
def test_a_district_by_code_or_name(typed: str, province: str) -> None:
    found = read(one(district=typed, province=province))
    assert (said(found)["district"], told(found)) == ("D6101", [])


def test_the_cup_stands_in_for_the_district_it_is() -> None:
    assert said(read(one(district="", cup="คปสอ.ทัพทัน")))["district"] == "D6102"


@pytest.mark.parametrize(
    ("changes", "code", "column", "is_entered"),
    [
        ({"hcode": "รพ.ก"}, "W305", "hcode", False),
        ({"hcode": "001000100"}, "W305", "hcode", False),
        ({"name": ""}, "W332", "name", False),
        ({"kind": ""}, "W332", "kind", False),
        ({"kind": "ศาลากลาง"}, "W329", "kind", False),
        ({"district": ""}, "W332", "district", False),
        ({"district": "6199"}, "W333", "district", False),
        ({"district": "ไม่มีอำเภอนี้"}, "W333", "district", False),
        ({"district": "เฉลิมพระเกียรติ"}, "W334", "district", False),
        ({"cup": "6102"}, "W340", "cup", False),
        ({"year": "2566"}, "W310", "month", False),
        ({"year": "2023", "month": "ต.ค."}, "W308", "year", False),
        ({"province": "พิษณุโลก"}, "W341", "province", True),
        ({"latitude": "51.5", "longitude": "0.1"}, "W335", "latitude", True),
        ({"latitude": "100.1", "longitude": "15.4"}, "W335", "latitude", True),
        ({"latitude": "15.4"}, "W336", "latitude", True),
        ({"longitude": "100.1"}, "W336", "longitude", True),
        ({"hcode9": "12x"}, "W337", "hcode9", True),
        ({"beds": "-1"}, "W312", "beds", True),
        ({"beds": "30.5"}, "W312", "beds", True),
        ({"island": "อาจจะ"}, "W318", "island", True),
    ],
)
def test_each_problem_is_told_at_its_cell(
    changes: dict[str, str], code: str, column: str, is_entered: bool
) -> None:
    found = read(one(**changes))
    assert told(found) == [(code, f"{COLUMN[column]}2")]
    assert isinstance(found, RegisterIntake)
    assert bool(found.register.rows) is is_entered
    for issue in found.issues:
        assert issue.text.th
        assert issue.text.en


def test_a_code_twice_is_one_facility_only_when_both_say_the_same() -> None:
    same = read(one(), one())
    assert told(same) == [("W314", "A3")]
    assert said(same)
    other = read(one(), one(name="โรงพยาบาล ข"))
    assert told(other) == [("W314", "A3"), ("W315", "C3")]
    assert isinstance(other, RegisterIntake)
    assert other.register.rows == ()


def test_two_facilities_do_not_share_a_long_code() -> None:
    other = one("10002", name="โรงพยาบาล ข", hcode9="001000100")
    found = read(one("10001", hcode9="001000100"), other)
    assert told(found) == [("W338", "B3")]
    assert found.issues[0].expected == "10001"


def test_scoring_it_only_checks() -> None:
    document = intake_json(read(one()))
    assert document["form"] == "facilities"
    assert [(r["hcode"], r["period"], r["results"]) for r in document["rows"]] == [
        ("10001", None, {})
    ]


# What it enters


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A store with two hospitals in its register."""
    register(engine, hospital("10001", hgr="M2", beds=60), hospital("10002", hgr="M2"))
    return engine


def test_new_facilities_are_taken_to_have_been_so_always(filled: Engine) -> None:
    receipt = entered(filled, one("10003", name="รพ.สต. ค", kind="รพ.สต.", district="6102"))
    assert receipt.register is not None
    assert receipt.register.entered.new == 1
    found = known(filled, "10003", "2550-M01")
    assert (found.kind, found.district, found.name_th, found.name_en) == (
        "pcu", "D6102", "รพ.สต. ค", "รพ.สต. ค",
    )  # fmt: skip


def test_what_is_not_said_stays(filled: Engine) -> None:
    entered(filled, one("10001", name="โรงพยาบาลใหม่", hgr="M1"))
    found = known(filled)
    assert (found.name_th, found.hgr, found.beds, found.name_en) == (
        "โรงพยาบาลใหม่", "M1", 60, "Hospital 10001",
    )  # fmt: skip


def test_what_holds_since_a_month_leaves_earlier_months_alone(filled: Engine) -> None:
    entered(filled, one("10001", hgr="M1", year="2566", month="เม.ย."))
    assert known(filled, at="2566-M06").hgr == "M2"
    assert known(filled, at="2566-M07").hgr == "M1"


def test_one_table_may_tell_a_history(filled: Engine) -> None:
    later = {"year": "2565", "month": "ตุลาคม"}
    entered(filled, one("10003", hgr="F2"), one("10003", hgr="M2", **later))
    with reading(filled) as session:
        states = facility_states(session, "10003")
    assert [state.hgr for state in states] == ["F2", "M2"]
    assert known(filled, "10003", "2564-M12").hgr == "F2"


def test_nothing_is_entered_twice(filled: Engine) -> None:
    again = entered(filled, one("10001", name="โรงพยาบาล 10001"))
    assert again.register is not None
    assert (again.register.entered.unchanged, again.register.is_any) == (1, False)


def test_every_change_is_told_at_its_cell(filled: Engine) -> None:
    data = table(one("10001", name="โรงพยาบาล 10001", hgr="M1", district="6102", island="ใช่"))
    done = import_file(filled, data, "ทะเบียน.csv", Sender("x", on_hand=on_hand(filled)))
    notes = [(i.code, i.cell, i.found) for i in done.intake.issues]
    assert sorted(notes) == [
        ("W339", "F2", "M1"), ("W339", "I2", "6102"), ("W339", "M2", "ใช่"),
    ]  # fmt: skip
    assert "M2" in next(i for i in done.intake.issues if i.cell == "F2").text.th
    document = done.as_dict()
    assert document["receipt"]["register"]["changed"] == 1
    assert {c["attribute"] for c in document["receipt"]["register"]["changes"]} == {
        "hgr", "district", "island",
    }  # fmt: skip
    assert any("ทะเบียน" in line.th for line in done.lines())


def test_a_long_code_of_another_facility_is_not_taken(filled: Engine) -> None:
    entered(filled, one("10001", hcode9="001000100"))
    receipt = entered(filled, one("10002", hcode9="001000100"))
    assert receipt.register is not None
    assert ("W338", "B2") in [(i.code, i.cell) for i in receipt.register.issues]
    assert known(filled, "10002").hcode9 is None


def test_a_long_code_names_a_facility_the_register_knows(filled: Engine) -> None:
    entered(filled, one("10001", hcode9="001000100"))
    receipt = entered(filled, one("001000100", beds=120))
    assert receipt.keys[0][0] == "10001"
    assert known(filled).beds == 120


def test_a_preview_says_what_would_change_and_changes_nothing(filled: Engine) -> None:
    intake = read(one("10001", hgr="M1"), one("10009"), on_hand=on_hand(filled))
    shown = preview(filled, intake, b"x")
    assert shown.receipt.register is not None
    counted = shown.receipt.register.entered
    assert (counted.new, counted.changed, counted.unchanged) == (1, 1, 0)
    assert "W339" in [issue.code for issue in shown.intake.issues]
    with reading(filled) as session:
        assert {f.hcode for f in facilities(session)} == {"10001", "10002"}
        assert not uploads(session)


def test_what_depends_on_it_is_recomputed(filled: Engine) -> None:
    send(filled, row("10001", SOUND), row("10002", SOUND))
    month = parse_period("2566-M09")
    with reading(filled) as session:
        before = latest_version(session)
        assert results_about(session, "D6102", month) == {}
    receipt = entered(filled, one("10002", district="6102"))
    assert receipt.recomputed is not None
    assert receipt.areas
    with reading(filled) as session:
        assert latest_version(session) == before + 1
        assert results_about(session, "D6102", month)


def test_it_is_stored_like_any_other_file(filled: Engine) -> None:
    receipt = entered(filled, one("10001"), one("10002", year="2566", month="ตุลาคม"))
    assert (receipt.upload.form, receipt.upload.subject) == ("facilities", "D6101")
    assert [(subject, str(period)) for subject, period in receipt.keys] == [
        ("10001", "2566"), ("10002", "2566-M01"),
    ]  # fmt: skip
    assert receipt_json(receipt)["register"]["new"] == 0


def test_the_same_file_again_changes_nothing_unless_the_register_changed_since(
    filled: Engine,
) -> None:
    first = one("10001", hgr="M1")
    entered(filled, first)
    assert entered(filled, first).action == "same"
    entered(filled, one("10001", hgr="F1"))
    again = entered(filled, first)
    assert (again.action, known(filled).hgr) == ("restored", "M1")


def test_it_is_not_taken_back(filled: Engine) -> None:
    done = entered(filled, one("10001"))
    for change in (withdraw, restore):
        with pytest.raises(UsageError) as refused:
            change(filled, done.upload.id, by="x", reason="wrong")
        assert refused.value.code == "U009"


@pytest.mark.parametrize(
    ("changes", "code"), [({"district": "1001"}, "F015"), ({"name": ""}, "F013")]
)
def test_what_cannot_be_entered_is_not_stored(
    filled: Engine, changes: dict[str, str], code: str
) -> None:
    with pytest.raises(WorkbookError) as refused:
        entered(filled, one("10009", **changes))
    assert refused.value.code == code
    with reading(filled) as session:
        assert facility(session, "10009") is None
        assert not uploads(session)


# The ministry's list of health facilities

MINISTRY = [
    "ชื่อ", "รหัส 9 หลักใหม่", "รหัส 9 หลัก", "รหัส 5 หลัก", "ประเภทองค์กร",
    "ประเภทหน่วยบริการสุขภาพ", "สังกัด", "ระดับโรงพยาบาล", "เตียงที่ใช้จริง", "สถานะการใช้งาน",
    "เขตบริการ", "รหัสจังหวัด", "จังหวัด", "รหัสอำเภอ", "อำเภอ/เขต", "แม่ข่าย", "วันที่ก่อตั้ง",
    "วันที่ปิดบริการ", "อัพเดตล่าสุด(เริ่ม 05/09/2566)",
]  # fmt: skip
OPEN = ["โรงพยาบาล ก", "EA0010001", "001000100", "10001"]


def ministry(*rows: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([MINISTRY, *rows])
    return text.getvalue().encode()


def listed(
    head: list[str], kind: str = "โรงพยาบาลชุมชน", status: str = "เปิดดำเนินการ", closed: str = "",
    district: tuple[str, str] = ("01", "เมืองอุทัยธานี"),
) -> list[str]:  # fmt: skip
    place = ["61", "อุทัยธานี", *district]
    return [
        *head, "รัฐบาล", kind, "สป.สธ.", "F2", "60", status, "เขต 3", *place, "", "01/01/2520",
        closed, "05/09/2566",
    ]  # fmt: skip


def test_the_ministrys_list_is_recognised_and_says_what_a_facility_is() -> None:
    intake = examine(ministry(listed(OPEN)), "list.csv")
    assert told(intake) == []
    assert said(intake) == {
        "name_th": "โรงพยาบาล ก", "kind": "hospital", "level": "F2", "hcode9": "001000100",
        "hcode9_new": "EA0010001", "beds": 60, "district": "D6101", "closed_on": None,
    }  # fmt: skip


def test_codes_that_are_kept_as_texts_by_formulas_are_read() -> None:
    head = [OPEN[0], *(f'="{code}"' for code in OPEN[1:])]
    intake = examine(ministry(listed(head)), "list.csv")
    assert isinstance(intake, RegisterIntake)
    assert intake.register.rows[0].hcode == "10001"
    assert said(intake)["hcode9_new"] == "EA0010001"


@pytest.mark.parametrize(
    "kind", ["สำนักงานสาธารณสุขอำเภอ", "สำนักงานสาธารณสุขจังหวัด", "คลินิกเอกชน", "ร้านยา"]
)
def test_offices_are_left_out_and_said_once(kind: str) -> None:
    offices = [listed(["สสอ.", "", "", code], kind=kind) for code in ("90001", "90002")]
    intake = examine(ministry(listed(OPEN), *offices), "list.csv")
    assert told(intake) == [("W366", "F3")]
    assert said(intake)["name_th"] == "โรงพยาบาล ก"


def test_rows_without_a_code_share_no_long_code() -> None:
    rows = [listed(["ก", "", "001000100", ""]), listed(["ข", "", "001000200", ""])]
    intake = examine(ministry(*rows), "list.csv")
    assert {code for code, _ in told(intake)} == {"W305"}


def test_districts_of_two_digits_stand_behind_their_province() -> None:
    intake = examine(ministry(listed(OPEN, district=("1", ""))), "list.csv")
    assert said(intake)["district"] == "D6101"
    other = examine(ministry(listed(OPEN, district=("02", "เมืองอุทัยธานี"))), "list.csv")
    assert "W340" in {code for code, _ in told(other)}


@pytest.mark.parametrize(
    ("status", "closed", "codes"),
    [
        ("ปิดบริการ", "", ["W369"]),
        ("ยกเลิก", "", ["W369"]),
        ("ปิดบริการ", "กันยายน", ["W368"]),
        ("ปิดบริการ", "30/09/2565", []),
        ("เปิดดำเนินการ", "", []),
    ],
)
def test_a_closed_facility_needs_the_day(status: str, closed: str, codes: list[str]) -> None:
    intake = examine(ministry(listed(OPEN, status=status, closed=closed)), "list.csv")
    assert [code for code, _ in told(intake)] == codes
    day = said(intake).get("closed_on")
    assert (day is not None) is (closed == "30/09/2565")


def test_a_name_twice_in_a_district_is_said(filled: Engine) -> None:
    twice = read(one("10003"), one("10004"), one("10005", district="6102"))
    assert told(twice) == [("W367", "C3")]
    receipt = entered(filled, one("10003", name="โรงพยาบาล 10002"))
    assert receipt.register is not None
    assert [issue.code for issue in receipt.register.issues] == ["W367"]


def test_any_table_of_names_and_types_is_no_register() -> None:
    for titles in (["name", "type"], ["ชื่อ", "ประเภท"], ["ชื่อ", "ประเภท", "จังหวัด", "อำเภอ"]):
        data = ",".join(titles) + "\n" + ",".join("x" * len(titles)) + "\n"
        assert examine(data.encode(), "a.csv").form is None


def test_a_closing_day_ends_a_facility_and_leaves_its_past(filled: Engine) -> None:
    send(filled, row("10001", SOUND), row("10002", SOUND))
    send(filled, row("10001", SOUND, month=10))
    head = ["โรงพยาบาล 10002", "EA0010002", "", "10002"]
    data = ministry(listed(head, status="ปิดบริการ", closed="30/06/2566"))
    store(filled, examine(data, "list.csv", on_hand=on_hand(filled)), data, by="province")
    assert str(known(filled, "10002").closed_on) == "2023-06-30"
    assert on_hand(filled).known("EA0010002") == "10002"
    with reading(filled) as session:
        shares = {
            month: results_about(session, "TH", parse_period(month))["crisis.area"].detail
            for month in ("2566-M09", "2566-M10")
        }
    assert {month: detail.notes["expected"] for month, detail in shares.items()} == {
        "2566-M09": 2, "2566-M10": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "is_open"), [("เปิดดำเนินการ", True), ("", False), ("ปิดบริการ", False)]
)
def test_a_facility_closed_by_mistake_opens_again(
    filled: Engine, status: str, *, is_open: bool
) -> None:
    head = ["โรงพยาบาล 10002", "EA0010002", "", "10002"]
    for row_ in (listed(head, status="ปิดบริการ", closed="30/06/2566"), listed(head, status=status)):
        data = ministry(row_)
        receipt = store(filled, examine(data, "a.csv", on_hand=on_hand(filled)), data, by="x")
    assert (known(filled, "10002").closed_on is None) is is_open
    assert receipt.register is not None
    changes = [(issue.code, issue.cell) for issue in receipt.register.issues]
    assert (("W339", "J2") in changes) is is_open
