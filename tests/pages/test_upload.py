"""The first screen: what is dropped is scored, explained and kept."""

import io
import json
import re
import zipfile
from html import escape

import pytest

from components.upload import file_cache
from core.forms.model.form import forms
from tests.pages.conftest import DATA, STAR, Open, all_text, drop, sample
from tests.printed.performance import changed

EXPECTED = json.loads((STAR / "star-2561-expected.json").read_text(encoding="utf-8"))


def figure(value: float) -> str:
    return f"{value:.2f}"


def locked_archive() -> bytes:
    """Two workbooks in an archive whose directory says that they are under a password."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(2):
            archive.writestr(f"{number}.csv", b"hcode")
    return re.sub(rb"(?s)(PK\x01\x02.{4})\x00", b"\\g<1>\x01", buffer.getvalue())


def test_an_empty_page_says_what_to_do_first(open_page: Open) -> None:
    app = open_page("upload.py")
    assert "1. " in all_text(app)
    assert app.selectbox(key="downloads.form").options == [
        form.name.th for form in forms().values()
    ]
    assert app.selectbox(key="downloads.form").value == "finance"
    assert [button.label for button in app.get("download_button")] == ["ดาวน์โหลดแบบฟอร์มเปล่า"]


@pytest.mark.parametrize("name", ["blank", "half-filled", "filled"])
def test_a_workbook_shows_the_scores_it_must_have(open_page: Open, name: str) -> None:
    expected = EXPECTED[f"star-2561-printed-{name}.xlsx"]
    shown = all_text(drop(open_page("upload.py"), sample(name)))
    for key in ("section_a", "section_b"):
        assert f"<strong>{figure(expected[key])}</strong>" in shown
    for value in (*expected["weighted"].values(), *expected["radar"].values()):
        assert f">{figure(value)}<" in shown


def test_the_key_message_is_a_sentence_with_its_figures(open_page: Open) -> None:
    shown = all_text(drop(open_page("upload.py"), sample("half-filled")))
    assert ">หมวดนโยบายได้ 10.00 จาก 35 คะแนน กรอกแล้วร้อยละ 41.0 ไม่มีข้อผิดพลาด</h1>" in shown


def test_an_absent_section_has_words_instead_of_radars(open_page: Open) -> None:
    app = drop(open_page("upload.py"), sample("filled"))
    assert len(app.get("bidi_component")) == 1
    assert "ไม่มีแผนภูมิ “UCCARE รายด้าน” เพราะไม่ได้ส่งหมวด พชอ. DHS-PCA" in all_text(app)


def test_scores_over_fewer_items_stand_beside_the_totals(open_page: Open) -> None:
    shown = all_text(drop(open_page("upload.py"), sample("half-filled")))
    assert "เฉพาะข้อที่กรอกได้ 13.13" in shown
    assert "เฉพาะข้อที่กรอกได้ 4.29" in shown


def test_every_number_opens_to_its_rule_cell_and_source(open_page: Open) -> None:
    shown = all_text(drop(open_page("upload.py"), sample("filled")))
    item = shown.split('<td class="t-no">1</td>')[1].split('<td class="t-no">2</td>')[0]
    for part in ("43.99", "ช่อง E8", "◀", "ลำดับ 1", "น้ำหนัก 2.5 × 1.00 ÷ 5 = 0.50"):
        assert part in item, part
    tuberculosis = shown.split('<td class="t-no">5</td>')[1].split('<td class="t-no">6</td>')[0]
    for part in ("⚠", "ตามขั้นคะแนน: ช่องว่างได้ 0.15", "ตามแบบพิมพ์: ช่องว่างได้ 0.25"):
        assert part in tuberculosis, part


def test_problems_come_with_sheet_cell_code_and_what_to_do(open_page: Open) -> None:
    shown = all_text(drop(open_page("upload.py"), sample("half-filled")))
    assert "แผ่นงาน “นโยบาย ยุทธศาสตร์”" in shown
    assert "E85: ช่องนี้ว่าง" in shown
    assert "(รหัส W112)" in shown


def test_reconciliation_stands_apart_from_the_problems(open_page: Open) -> None:
    problems, apart = all_text(drop(open_page("upload.py"), sample("filled"))).split(
        "เทียบกับสูตรในแบบฟอร์ม"
    )
    assert "W202" not in problems
    assert "W202" in apart


def test_another_reading_in_the_address_changes_the_scores(open_page: Open) -> None:
    printed = open_page("upload.py", **{"star.a.05": "printed"})
    assert "<strong>3.02</strong>" in all_text(drop(printed, sample("blank")))
    unknown = open_page("upload.py", **{"star.a.05": "nonsense"})
    assert "<strong>2.97</strong>" in all_text(drop(unknown, sample("blank")))


def test_choosing_another_reading_counts_anew_and_is_kept_in_the_address(open_page: Open) -> None:
    app = drop(open_page("upload.py"), sample("blank"))
    app.selectbox(key="star.a.05").select("printed").run()
    assert "<strong>3.02</strong>" in all_text(app)
    assert app.query_params["star.a.05"] == "printed"


def test_the_language_changes_every_sentence_without_reading_again(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = drop(open_page("upload.py"), sample("half-filled"))
    monkeypatch.setattr(file_cache.Scorer, "score", None)
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert "Policy (A): 10.00 of 35 points, 41.0% filled in, no errors" in all_text(app)
    assert "Fill in the real figure" in all_text(app)


def test_a_refused_file_says_why_and_the_others_stay(open_page: Open) -> None:
    refused = ("rubbish.xlsx", b"rubbish")
    assert "(รหัส F006)" in all_text(drop(open_page("upload.py"), refused))
    both = drop(open_page("upload.py"), refused, sample("filled"))
    assert "2 ไฟล์: ได้คะแนน 1 ไฟล์" in all_text(both)
    assert "<strong>19.43</strong>" in all_text(both)


def test_many_files_have_a_row_each_and_one_is_shown_in_full(open_page: Open) -> None:
    names = ("blank", "half-filled", "filled")
    app = drop(open_page("upload.py"), *map(sample, names))
    for name in names:
        expected = EXPECTED[f"star-2561-printed-{name}.xlsx"]
        row = all_text(app).split(f'scope="row">star-2561-printed-{name}.xlsx</th>')[1]
        assert f'<td class="t-number">{figure(expected["section_a"])}</td>' in row.split("</tr>")[0]
    app.selectbox(key="many.chosen").select_index(1).run()
    assert "<strong>10.00</strong>" in all_text(app)


def test_a_file_taken_out_of_the_list_is_gone(open_page: Open) -> None:
    app = drop(open_page("upload.py"), sample("filled"))
    app.get("file_uploader")[0].clear()
    app.run()
    assert "19.43" not in all_text(app)
    assert "1. " in all_text(app)


def test_the_same_file_twice_is_one(open_page: Open) -> None:
    app = drop(open_page("upload.py"), sample("filled"), sample("filled"))
    assert "ทุกไฟล์" not in all_text(app)
    assert "<strong>19.43</strong>" in all_text(app)


def test_a_finance_table_shows_level_score_and_tests_of_each_row(open_page: Open) -> None:
    file = DATA / "finance" / "finance-good.csv"
    shown = all_text(drop(open_page("upload.py"), (file.name, file.read_bytes())))
    assert ">5 แถว ระดับวิกฤตสูงสุด 7 ไม่มีข้อผิดพลาด</h1>" in shown
    worst = shown.split(">99903<")[1].split("</tbody></table></details>")[0]
    assert 't-level-7">7<' in worst
    assert ">3.50<" in worst
    assert "น้อยกว่า 1.5" in worst


def test_a_trial_balance_shows_how_much_of_its_money_was_matched(open_page: Open) -> None:
    lines = [
        "รหัสหน่วยบริการ,งวด,รหัสบัญชี,เดบิตยกไป,เครดิตยกไป",
        "99903,256808,1101010101.101,75,0",
        "99903,256808,2101010102.133,0,100",
        "99903,256808,9999999999.999,25,0",
    ]
    shown = all_text(drop(open_page("upload.py"), ("a.csv", "\n".join(lines).encode())))
    assert "ร้อยละ 87.50" in shown
    assert "ไม่รู้จัก 1 จาก 3 บรรทัด" in shown
    assert "9999999999.999" in shown


def test_the_ministrys_results_are_listed_as_its_own(open_page: Open) -> None:
    lines = [
        "รหัส,TimeID,CR,QR,Cash,NWC,NI,LiI,StI,SuI,RiskScoring",
        "99903,256908,1.22,1,0.8,6593000,-5995000,1,0,0,1",
    ]
    shown = all_text(drop(open_page("upload.py"), ("a.csv", "\n".join(lines).encode())))
    assert ">1.22<" in shown
    assert ">−5,995,000<" in shown
    assert "เป็นผลของกระทรวงเอง" in shown


def test_what_is_to_be_mended_stands_before_rows_of_sentences(open_page: Open) -> None:
    page_long = "มีแผนงานและแนวทาง " * 60
    data = changed("performance-kpi", "kpi", 0, kpi__result=0.8, kpi__note=page_long)
    shown = all_text(drop(open_page("upload.py"), ("kpi.xlsx", data)))
    assert shown.index("W109") < shown.index("ผลการดำเนินงาน</th>") < shown.index('t-page"')
    heads = [shown.index(f"{name}</th>") for name in ("ตัวชี้วัด", "ผลการดำเนินงาน")]
    assert heads == sorted(heads), "in the order of the form"


def test_what_a_file_says_is_never_html(open_page: Open) -> None:
    bad = "<img src=x onerror=alert(1)>.xlsx"
    assert escape(bad) in all_text(drop(open_page("upload.py"), (bad, b"rubbish")))
    assert "<img" not in all_text(drop(open_page("upload.py"), (bad, b"rubbish")))


EMPTY = (
    "ว่าง.csv",
    "รหัสหน่วยบริการ,ปีงบประมาณ,เดือน,เงินสดและรายการเทียบเท่าเงินสด,สินทรัพย์หมุนเวียน,สินค้าคงคลัง,"
    "หนี้สินหมุนเวียน,รายได้รวม,ค่าใช้จ่ายรวม\n".encode(),
)


def test_a_table_without_rows_says_so_at_its_head_and_offers_nothing_to_store(
    open_page: Open,
) -> None:
    app = drop(open_page("upload.py"), EMPTY)
    shown = all_text(app)
    assert "ไม่ได้อ่านสิ่งใด" in shown.split("<h1")[1].split("</h1>")[0]
    assert "โปรดกรอกอย่างน้อยหนึ่งแถวแล้วส่งใหม่" in shown
    assert "ไม่มีข้อผิดพลาด" not in shown
    assert not app.button
    both = drop(open_page("upload.py"), EMPTY, sample("filled"))
    assert "ไม่มีข้อมูลให้อ่าน 1 ไฟล์" in all_text(both)


def test_rows_of_nobody_are_not_offered_to_be_stored(open_page: Open) -> None:
    name, head = EMPTY
    app = drop(open_page("upload.py"), (name, head + "xx,2566,มี.ค.,1,2,1,1,5,4\n".encode()))
    assert "ไม่มีแถวใดที่จัดเก็บได้" in all_text(app)
    assert not app.button


def test_the_same_file_dropped_twice_is_named(open_page: Open) -> None:
    app = drop(open_page("upload.py"), sample("filled"), sample("filled"))
    assert "เลือกไฟล์เดียวกัน 2 ครั้ง" in all_text(app)
    name, data = sample("filled")
    other = drop(open_page("upload.py"), (name, data), (f"copy of {name}", data))
    assert f"{name} กับ copy of {name} เป็นไฟล์เดียวกัน" in all_text(other)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("sent.zip", b"PK\x03\x04" + bytes(64)),
        ("sent.zip", locked_archive()),
    ],
    ids=["a picture", "a damaged archive", "an archive under a password"],
)
def test_what_is_refused_whole_is_not_promised_back_as_a_marked_workbook(
    open_page: Open, name: str, content: bytes
) -> None:
    app = drop(open_page("upload.py"), (name, content))
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["ดาวน์โหลดรายการปัญหา (Excel)"]


def test_group_values_judge_the_files_after_them_whenever_those_were_dropped(
    open_page: Open,
) -> None:
    values = (
        "กลุ่มโรงพยาบาล HGR;ปีงบประมาณ;ไตรมาส;Mean Unit Cost OP;SD Unit Cost OP;ค่าเฉลี่ย LC\n"
        "M2 B>100;2566;3;660;39;450"
    )
    titles = EMPTY[1].decode().strip() + ",กลุ่มโรงพยาบาล HGR,cost.labour\n"
    rows = titles + "99901,2566,มิ.ย.,1,2,1,1,5,4,M2 B>100,451\n"
    published = ("values.csv", values.encode())
    app = drop(drop(open_page("upload.py"), published), published, ("finance.csv", rows.encode()))
    app.selectbox(key="many.chosen").select_index(1).run()
    assert "ค่าที่กระทรวงเผยแพร่ แฟ้ม “values.csv”" in all_text(app)
