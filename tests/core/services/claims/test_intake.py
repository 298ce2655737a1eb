"""What people send as claims: read rightly, warned of, or refused; nothing personal is kept."""

import io
import zipfile
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.claims.keys import VisitKeys
from core.services.claims.intake import examine_claims, is_claim_file
from core.services.claims.rows import Given

TODAY = date(2025, 6, 30)
GIVEN = Given(VisitKeys(b"k" * 32), TODAY, frozenset(["11223", "01122"]))
HEAD = "รหัสหน่วยบริการ,กองทุน,ประเภทผู้ป่วย,SEQ,HN,เลขบัตรประชาชน,ชื่อ-สกุล,วันสิ้นสุดบริการ,วันที่ส่งเบิก,ยอดเบิก"
ROW = "11223,UCS,OP,{seq},{hn},1101700230708,สมชาย ใจดี,{end},{sent},{money}"


def row(seq="1", hn="77", end="5/10/2567", sent="", money="1000"):
    return ROW.format(seq=seq, hn=hn, end=end, sent=sent, money=money)


def read(*rows, head=HEAD, name="claims.csv", given=GIVEN, kind=None, encoding="utf-8-sig"):
    data = "\n".join([head, *rows]).encode(encoding)
    return examine_claims({name: data}, given, kind)


def codes(intake):
    return [(one.code, one.cell) for one in intake.issues if one.severity != "note"]


def only(intake):
    assert intake.rows.num_rows == 1, [one.text.en for one in intake.issues]
    return intake.rows.to_pylist()[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_plain_row_is_read_and_nothing_personal_is_kept(encoding):
    intake = read(row(sent="20/11/2567", money='"1,234.50"'), encoding=encoding)
    found = only(intake)
    assert (found["hcode"], found["fund"], found["patient"]) == ("11223", "uc", "op")
    assert (found["end"], found["sent_on"]) == (date(2024, 10, 5), date(2024, 11, 20))
    assert found["claimed"] == 123_450
    assert not any("1101700230708" in str(v) or "สมชาย" in str(v) for v in found.values())
    note = next(one for one in intake.issues if one.code == "W643")
    for title in ("HN", "SEQ", "เลขบัตรประชาชน", "ชื่อ-สกุล"):
        assert title in note.text.th


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20241005", date(2024, 10, 5)),
        ("25671005", date(2024, 10, 5)),
        ("2024-10-05", date(2024, 10, 5)),
        ("2567-10-05", date(2024, 10, 5)),
        ("5/10/2567", date(2024, 10, 5)),
        ("05/10/2024 10:15:00", date(2024, 10, 5)),
        ("๕/๑๐/๒๕๖๗", date(2024, 10, 5)),
        ("5 ต.ค. 2567", date(2024, 10, 5)),
        ("5 ตุลาคม 67", date(2024, 10, 5)),
        ("29/2/2567", date(2024, 2, 29)),
    ],
)
def test_days_of_either_era(typed, day):
    assert only(read(row(end=typed)))["end"] == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/9/2567", "W602"),
        ("10/25/2024", "W602"),
        ("5/10/1967", "W602"),
        ("45570", "W602"),
        ("soon", "W602"),
        ("5/10/2568", "W607"),
        ("5/10/2067", "W602"),
        ("", "W606"),
    ],
)
def test_misdated_rows_are_told_with_their_cell_and_left_out(typed, code):
    intake = read(row("1"), row("2"), row("3", end=typed))
    assert codes(intake) == [(code, "H4")]
    assert (intake.rows.num_rows, intake.left_out, intake.read) == (2, 1, 3)


@pytest.mark.parametrize(
    ("typed", "satang"),
    [("0", 0), ("-", None), ("", None), ("฿1 500", 150_000), ("๑๒.๕๐", 1250), ("0.005", 1)],
)
def test_money_and_its_absence(typed, satang):
    intake = read(row(money=typed))
    assert only(intake)["claimed"] == satang
    assert ("W622", "J2") in codes(intake) or satang is not None


@pytest.mark.parametrize(("typed", "code"), [("-5", "W610"), ("(5.00)", "W610"), ("พัน", "W605")])
def test_money_that_cannot_be(typed, code):
    intake = read(row("1"), row("2"), row("3", money=typed))
    assert codes(intake) == [(code, "J4")]


def test_codes_of_hospitals():
    lost_zero = row().replace("11223", "1122")
    assert only(read(lost_zero))["hcode"] == "01122"
    rows = [row("1"), row("2"), row("3"), row("4")]
    unknown = read(*rows, row("5").replace("11223", "99999"))
    assert codes(unknown) == [("W609", "A6")]
    wrong = read(*rows, row("5").replace("11223", "รพ.ก"))
    assert codes(wrong) == [("W603", "A6")]


def test_doubled_visits():
    same = read(row("1"), row("1"), row("2"))
    assert (codes(same), same.rows.num_rows) == ([("W625", "A3")], 2)
    differing = read(row("1"), row("1", money="7"), row("2"), row("3"), row("4"))
    assert codes(differing) == [("W612", "A3")]
    assert (differing.rows.num_rows, differing.left_out) == (3, 2)


def test_shifted_rows_and_shifted_files():
    short = read(row("1"), row("2"), "11223,UCS,OP,3,5/10/2567,,1000")
    assert codes(short) == [("W601", "A4")]
    moved = read(row("1"), row("2"), row("3").replace("สมชาย ใจดี,", "สมชาย,ใจดี,"))
    assert codes(moved) == [("W601", "A4")]
    most = read(row("1"), *["11223,UCS,OP,3,5/10/2567,,1000"] * 3)
    assert most.kind is None
    assert most.issues[0].code == "F057"


def test_totals_are_no_visits():
    intake = read(row("1"), "รวม,,,,,,,,,1000", row("2"), "รวมทั้งสิ้น,,,,,,,,,2000")
    assert (intake.rows.num_rows, intake.totals, codes(intake)) == (2, 2, [])
    assert [one.cell for one in intake.issues if one.code == "W608"] == ["A3", "A5"]
    nameless = read(row("1"), row("2"), ",,,,,,,,,2000")
    assert [code for code, _cell in codes(nameless)] == ["W606"]


def test_two_fiscal_years_are_kept_apart_and_said():
    intake = read(row("1", end="30/9/2567"), row("2", end="1/10/2567"))
    assert [str(month) for month in intake.months] == ["2567-M12", "2568-M01"]
    assert codes(intake) == [("W644", "")]


def test_funds_and_days_that_are_odd_are_told_and_count():
    intake = read(row("1").replace("UCS", "กองทุนลับ"), row("2", sent="1/10/2567"))
    assert codes(intake) == [("W620", "B2"), ("W623", "I3")]
    assert intake.rows["fund"].to_pylist() == ["other", "uc"]


def test_a_missing_column_of_days_sent_is_unknown_and_an_empty_one_says_not_sent():
    assert only(read(row()))["sent"] is False
    head, without = HEAD.replace("วันที่ส่งเบิก,", ""), row().replace("5/10/2567,,", "5/10/2567,")
    assert only(read(without, head=head))["sent"] is None


def test_files_that_are_none():
    xml = examine_claims({"CIPN.xml": b"<?xml version='1.0'?><CIPN/>"}, GIVEN)
    assert [one.code for one in xml.issues] == ["F050"]
    assert "CSV" in xml.issues[0].text.en
    other = read("1,2,3", head="a,b,c")
    assert [one.code for one in other.issues] == ["F054"]
    near = read("11223,UCS,1", head="hcode,fund,SEQ")
    assert "วันสิ้นสุดบริการ" in near.issues[0].text.en
    broken = examine_claims({"a.parquet": b"PAR1 rubbish PAR1"}, GIVEN)
    assert [one.code for one in broken.issues] == ["F052"]


def test_problems_of_one_kind_are_told_up_to_a_number():
    intake = read(*[row(str(n)) for n in range(40)], *[row("9", end="x") for _ in range(30)])
    told = [one for one in intake.issues if one.code == "W602"]
    more = next(one for one in intake.issues if one.code == "W642")
    assert (len(told), more.params["count"]) == (15, 15)


def test_parquet_and_excel_are_read_like_csv():
    table = pa.table({
        "hcode": ["11223"], "fund": ["OFC"], "AN": ["66001"], "end": [date(2024, 10, 5)],
        "claimed": [5000.5], "adjrw_claimed": [1.2345],
    })  # fmt: skip
    target = io.BytesIO()
    pq.write_table(table, target)
    found = only(examine_claims({"a.parquet": target.getvalue()}, GIVEN))
    assert (found["fund"], found["patient"], found["adjrw_claimed"]) == ("csmbs", "ip", 12_345)
    book = openpyxl.Workbook()
    book.active.append(["รายงาน"])
    book.active.append(["hcode", "กองทุน", "AN", "วันจำหน่าย", "ยอดเบิก"])
    book.active.append([11223, "OFC", 66001, date(2024, 10, 5), 5000.5])
    target = io.BytesIO()
    book.save(target)
    excel = only(examine_claims({"a.xlsx": target.getvalue()}, GIVEN))
    assert (excel["visit"], excel["claimed"]) == (found["visit"], found["claimed"])


INS = (
    "HN|INSCL|SUBTYPE|CID|HCODE|DATEEXP|AN|SEQ\n"
    "77|UCS|89|1101700230708|11223|||1\n78|OFC||1101700230708|11223||A1|\n"
)
OPD = "HN|CLINIC|DATEOPD|TIMEOPD|SEQ|UUC\n77|00100|20241005|0930|1|1\n"
IPD = "HN|AN|DATEADM|TIMEADM|DATEDSC|TIMEDSC|DEPT\n78|A1|20241001|1000|20241006|1200|01\n"
CHA = (
    "HN|AN|DATE|CHRGITEM|AMOUNT|PERSON_ID|SEQ\n"
    "77||20241005|31|300.00|1101700230708|1\n77||20241005|41|20.50|1101700230708|1\n"
)
CHT = "HN|AN|DATE|TOTAL|PAID|PTTYPE|PERSON_ID|SEQ\n78|A1|20241006|9000|0|10|1101700230708|\n"


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"F16/{name}.txt", text.encode("cp874"))
    return target.getvalue()


def test_visit_files_in_an_archive_are_put_together():
    intake = examine_claims({"f16.zip": zipped(INS=INS, OPD=OPD, IPD=IPD, CHA=CHA, CHT=CHT)}, GIVEN)
    rows = {one["patient"]: one for one in intake.rows.to_pylist()}
    assert (rows["op"]["claimed"], rows["op"]["fund"]) == (32_050, "uc")
    assert (rows["ip"]["claimed"], rows["ip"]["fund"]) == (900_000, "csmbs")
    assert (rows["ip"]["end"], rows["ip"]["sent"]) == (date(2024, 10, 6), None)
    assert rows["op"]["department"] == "00100"


def test_visit_files_that_lack_one_or_do_not_match():
    lacking = examine_claims({"f16.zip": zipped(OPD=OPD, CHA=CHA)}, GIVEN)
    assert [one.code for one in lacking.issues] == ["F053"]
    lost = CHA.replace("|1\n", "|2\n")
    odd = examine_claims({"f16.zip": zipped(INS=INS, OPD=OPD, IPD=IPD, CHA=lost, CHT=CHT)}, GIVEN)
    assert ("W626", "") in codes(odd)
    assert ("W622", "J2") in codes(odd)
    shifted = OPD + "79|00100|20241005|0930|2\n"
    told = examine_claims({"f16.zip": zipped(INS=INS, OPD=shifted, IPD=IPD, CHT=CHT)}, GIVEN)
    assert ("W601", "A3") in codes(told)


def test_ipd_alone_is_the_list_of_admissions():
    given = Given(GIVEN.keys, TODAY, GIVEN.known, hcode="11223")
    intake = examine_claims({"IPD.txt": IPD.encode()}, given)
    assert (intake.kind, only(intake)["patient"]) == ("admissions", "ip")


def rep(rows, name="eclaim_11223_IP_25681205.xlsx"):
    """A reply: two rows of titles, merged, with the fund's lines above."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Detail"
    sheet.append(["REPORT"])
    sheet.append(["REP No.", "ลำดับที่", "TRAN_ID", "HN", "AN", "PID", "ชื่อ - สกุล", "ประเภทผู้ป่วย",
                  "วันเข้ารักษา", "วันจำหน่าย", "ชดเชยสุทธิ", None, "Error Code", "เรียกเก็บ"])  # fmt: skip
    sheet.append([*[None] * 10, "สปสช.", "ต้นสังกัด", None, None])
    sheet.merge_cells("K2:L2")
    for column in "ABCDEFGHIJMN":
        sheet.merge_cells(f"{column}2:{column}3")
    for one in rows:
        sheet.append(one)
    book.create_sheet("Data Drug").append(["TRAN_ID", "HN", "AN", "PID"])
    target = io.BytesIO()
    book.save(target)
    return examine_claims({name: target.getvalue()}, GIVEN)


def reply(number, an, code, money, employer=0):
    return ["671100123", number, f"7319{number}", "77", an, "1101700230708", "นาย ก ข", "IP",
            "01/10/2567 10:00:00", "06/10/2567 10:00:00", money, employer, code, 9000]  # fmt: skip


def test_a_reply_with_merged_titles_and_buddhist_days():
    intake = rep([reply(1, "A1", "-", 8000, 50), reply(2, "A2", "C305", 0)])
    first, second = intake.rows.to_pylist()
    assert intake.kind == "replies"
    assert (first["compensated"], first["failed"], first["end"]) == (
        805_000,
        False,
        date(2024, 10, 6),
    )
    assert (second["failed"], second["status"], second["code"]) == (True, "c", "C305")
    assert first["sent_month"] == 2568 * 12 + 1
    own = examine_claims({"f16.zip": zipped(INS=INS, OPD=OPD, IPD=IPD, CHT=CHT)}, GIVEN)
    assert first["visit"] in own.rows["visit"].to_pylist()


def test_a_line_of_a_reply_that_stands_there_twice_counts_once():
    intake = rep([reply(1, "A1", "-", 8000), reply(1, "A1", "-", 8000)])
    assert only(intake)["compensated"] == 800_000
    added = rep([reply(1, "A1", "-", 8000), reply(2, "A1", "C1", 5)])
    assert (only(added)["compensated"], only(added)["failed"]) == (800_500, True)


def test_a_statement_takes_hospital_fund_and_kind_of_patient_from_its_name():
    book = openpyxl.Workbook()
    book.active.title = "รายงานพึงรับ"
    sheet = book.create_sheet("รายละเอียด(ข้อมูลปกติ)")
    sheet.append(["REP", "TRAN_ID", "HN", "AN", "ชื่อ-สกุล", "วันเข้ารักษา", "เรียกเก็บ", "จ่ายชดเชย"])
    sheet.append(["681100123", "1", "77", None, "นาย ก", "05/10/2567", 1000, 900])
    sheet.append(["681100123", "2", "78", None, "นาย ก", "05/10/2567", 1000, -50])
    sheet.append(["รวม", None, None, None, None, None, 2000, 850])
    target = io.BytesIO()
    book.save(target)
    intake = examine_claims({"STM_11223_OPUCS256810_01.xlsx": target.getvalue()}, GIVEN)
    rows = intake.rows.to_pylist()
    assert intake.kind == "statements"
    assert [(one["paid"], one["fund"], one["patient"]) for one in rows] == [
        (90_000, "uc", "op"), (-5_000, "uc", "op"),
    ]  # fmt: skip
    assert intake.totals == 1


def test_which_dropped_files_are_claims():
    assert is_claim_file("\n".join([HEAD, row()]).encode(), "a.csv")
    assert is_claim_file(zipped(INS=INS), "f16.zip")
    assert is_claim_file(INS.encode(), "INS.txt")
    assert not is_claim_file("รหัสหน่วยบริการ,ปีงบประมาณ\n11223,2568".encode(), "a.csv")
    assert not is_claim_file(b"\x00rubbish", "a.bin")
