"""The page of findings: the list, one of them, planning it, closing a round."""

from pathlib import Path

import pytest

from core.findings.states import Stage
from core.periods import parse_period
from core.services.evidence.deeds import Actor
from core.services.findings import changes
from core.services.findings.changes import Plan
from core.services.findings.closing import close_period
from core.services.findings.listing import Filter, all_closings, listed_findings, whole_finding
from core.services.stores import open_store
from tests.pages.conftest import Open, in_english, text

PROVINCE = Actor("ก", "province")
PLAN = Plan("income", "ทำแผนฟื้นฟู", "director", "รพ.", "2030-01-31")


@pytest.fixture
def number(country: Path) -> int:
    """The finding of a hospital at level 7, after August was closed."""
    assert country.exists()
    engine = open_store()
    close_period(engine, parse_period("2566-M08"), actor=PROVINCE)
    found = listed_findings(engine, Filter(area="11204"))
    return next(one.stored.id for one in found if one.stored.criterion == "crisis.level")


def press(page: object, label: str) -> None:
    next(one for one in page.button if one.label == label).click().run()  # type: ignore[attr-defined]


def test_findings_are_listed_with_what_was_asked(number: int, open_page: Open) -> None:
    shown = text(open_page("findings", area="P61"))
    assert "ข้อค้นพบยังไม่ปิด" in shown
    assert "เปิดแล้ว ยังไม่มีแผน" in shown
    assert "เกณฑ์: ไม่เกิน 0" in shown
    assert number > 0


def test_nothing_was_closed_yet(country: Path, open_page: Open) -> None:
    assert country.exists()
    assert "ไม่มีข้อค้นพบที่ยังไม่ปิด" in text(open_page("findings"))


@pytest.mark.parametrize(
    "address",
    [{"finding": "7777"}, {"finding": "x"}, {"state": "x"}, {"area": "P99"}, {"order": "x"}],
)
def test_what_is_not_there_is_said(number: int, open_page: Open, address: dict[str, str]) -> None:
    assert number
    shown = text(open_page("findings", **address))
    assert "ไม่มี" in shown or address.get("area") == "P99"


def test_a_finding_is_planned_and_what_lacks_is_named(number: int, open_page: Open) -> None:
    page = open_page("findings", finding=str(number))
    page.text_input(key=f"findings.by.plan.{number}").input("ข")
    press(page, "บันทึกแผน")
    assert "แผนยังขาด" in page.error[0].value
    page.selectbox(key=f"findings.cause.{number}").select("income")
    page.selectbox(key=f"findings.owner.{number}").select("director")
    page.text_input(key=f"findings.measure.{number}").input("ทำแผนฟื้นฟู")
    page.text_input(key=f"findings.due.{number}").input("31/1/2573")
    press(page, "บันทึกแผน")
    assert not page.error
    assert "ทำแผนฟื้นฟู" in text(page)
    assert whole_finding(open_store(), number).listed.stored.stage is Stage.PLANNED


def test_who_overlooked_a_change_is_told_and_the_other_finds_it(
    number: int, open_page: Open
) -> None:
    page = open_page("findings", finding=str(number))
    changes.plan(open_store(), number, PLAN, actor=Actor("ค", "cup"))
    page.text_input(key=f"findings.by.withdraw.{number}").input("ข")
    page.text_input(key=f"findings.why.withdraw.{number}").input("ข้อมูลผิด")
    press(page, "ถอน")
    assert "ค" in page.warning[0].value
    assert "โดยยังไม่เห็นการแก้ไขของผู้อื่น 1 ครั้ง" in text(page)


def test_a_round_is_closed_for_the_area_shown(number: int, open_page: Open) -> None:
    assert number
    page = open_page("findings", area="P61")
    page.text_input(key="findings.by.close_round").input("ก")
    page.selectbox(key="findings.close.period").select("2566-M09")
    press(page, "ปิดสำหรับพื้นที่ที่แสดง")
    assert not page.error
    newest = all_closings(open_store())[-1]
    assert (newest.area, str(newest.period)) == ("P61", "2566-M09")


def test_measures_c_and_d_are_typed_for_a_province(number: int, open_page: Open) -> None:
    assert number
    page = open_page("findings", area="P61")
    page.text_area(key="findings.text.c_operators").input("อบรม 2 รุ่น")
    page.text_input(key="findings.by.narrate.c_operators").input("ก")
    button = next(one for one in page.button if one.label == "บันทึก")
    button.click().run()
    assert not page.error
    assert "อบรม 2 รุ่น" in text(page)


def test_a_facility_shows_its_findings(number: int, open_page: Open) -> None:
    shown = open_page("facility", area="11204")
    assert f"finding={number}" in str([one.value for one in shown.get("html")])
    assert "Findings" in text(in_english("facility", area="11204"))
