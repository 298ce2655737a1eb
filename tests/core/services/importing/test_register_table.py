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
from core.services.stores import register_of
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
    return store(engine, read(*rows, known=register_of(engine)), data, by=by)


def known(engine: Engine, hcode: str = "10001", at: str | None = None) -> PlacedFacility:
    with reading(engine) as session:
        found = facility(session, hcode, at=parse_period(at) if at else None)
    assert found is not None
    return found


def said(intake: Intake) -> dict[str, Any]:
    """What the only row says."""
    assert isinstance(intake, RegisterIntake)
    (found,) = intake.register.rows
    return dict(found.said)


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
        ({"kind": "คลินิก"}, "W329", "kind", False),
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
    found = read(one("10001", hcode9="001000100"), one("10002", hcode9="001000100"))
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
    done = import_file(filled, data, "ทะเบียน.csv", Sender("x", known=register_of(filled)))
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
    intake = read(one("10001", hgr="M1"), one("10009"), known=register_of(filled))
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
