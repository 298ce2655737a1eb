"""The page of foresight: all is marked, links simulate, inputs are read or refused."""

from pathlib import Path

from components.foresight.addresses import baht_of, written
from core.foresight.levers import levers
from tests.components.drawn import html_of
from tests.country import small_store
from tests.pages.conftest import Open


def test_an_area_shows_who_and_how_much(open_page: Open, folder: Path) -> None:
    small_store(folder)
    drawn = html_of(open_page("foresight", area="P61"))
    assert "ยังพยากรณ์จากเดือนนี้ไม่ได้" in drawn
    assert "24 เดือน" in drawn
    for section in ("(พยากรณ์)", "(จำลอง)"):
        assert section in drawn
    assert "facility=11202" in drawn
    assert "set=income" in drawn or "set=cash_in" in drawn


def test_a_hospital_shows_its_changes_and_what_if(open_page: Open, folder: Path) -> None:
    small_store(folder)
    page = open_page("foresight", facility="11201")
    drawn = html_of(page)
    assert "จำลอง ไม่ใช่ผลจริง" in drawn
    assert "เก็บลูกหนี้ได้" in drawn
    assert len(page.text_input) == len(levers())
    assert "ระดับเปลี่ยนจาก" not in drawn


def test_the_address_simulates(open_page: Open, folder: Path) -> None:
    small_store(folder)
    page = open_page("foresight", facility="11201", set="cash_in:60~days.uc:-5")
    drawn = html_of(page)
    assert "ระดับเปลี่ยนจาก 7 เป็น 4" in drawn
    assert page.text_input[0].value == "60"
    nonsense = open_page("foresight", facility="11201", set="gold:5~cash_in:x~cash_in~:")
    assert "ระดับเปลี่ยนจาก" not in html_of(nonsense)


def test_typed_amounts_are_simulated_or_told_of(open_page: Open, folder: Path) -> None:
    small_store(folder)
    page = open_page("foresight", facility="11201")
    page.text_input[0].set_value("๖๐")
    page.button[0].click().run()
    assert page.query_params["set"] == "cash_in:60"
    assert "ระดับเปลี่ยนจาก 7 เป็น 4" in html_of(page)
    page.text_input[0].set_value("หกสิบ")
    page.button[0].click().run()
    assert "อ่านจำนวนเงินไม่ได้: เงินสดเข้า" in html_of(page)


def test_an_area_simulates_several_hospitals(open_page: Open, folder: Path) -> None:
    small_store(folder)
    plain = html_of(open_page("foresight", area="P61"))
    assert "โรงพยาบาลหลังเปลี่ยน (จำลอง)" not in plain
    drawn = html_of(open_page("foresight", area="P61", set="cash_in:200"))
    assert "เหลือ 0 จาก 4 แห่ง (เดิม 2 แห่ง)" in drawn
    assert "facility=11201&amp;set=cash_in%3A200" in drawn or "set=cash_in" in drawn
    chosen = html_of(open_page("foresight", area="P61", set="cash_in:200", among="11202~11301"))
    assert "เหลือ 1 จาก 4 แห่ง (เดิม 2 แห่ง)" in chosen
    assert "จึงไม่รวม: 11301" in chosen


def test_a_hospital_without_a_level_says_so(open_page: Open, folder: Path) -> None:
    small_store(folder)
    assert "ไม่มีอะไรให้จำลอง" in html_of(open_page("foresight", facility="11302"))


def test_amounts_as_people_type_them() -> None:
    typed = ("5,000,000", "๕,๐๐๐", "", " 12 ", "-5", "1.5", "x")
    assert [baht_of(one) for one in typed] == [5_000_000, 5_000, 0, 12, None, None, None]
    assert written({"cash_in": 5.0, "income": 0.0, "days.uc": -3.0}) == "cash_in:5~days.uc:-3"
