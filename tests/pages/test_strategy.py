"""The page of a strategy plan: what it says, what is changed on it, and what is missing."""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from core.services.strategy.stored import stored_plan
from core.store.engine.migrate import open_database
from core.store.engine.settings import StoreSettings, address_of, choose
from tests.core.services.strategy.planning import a_plan, a_province, send
from tests.pages.conftest import Open, all_text, text

DUE = {"statements_in_time": {"due_day": 15.0, "quarters": "2, 4"}}


@pytest.fixture
def engine(folder: Path) -> Engine:
    """A province with a plan, as the page finds it."""
    settings = StoreSettings(var_folder=folder, database_url=None)
    choose("demo")
    made = a_province(open_database(address_of("demo", settings), "demo"))
    send(made, a_plan(kpis=DUE))
    return made


def labelled(elements: Iterable[Any], label: str) -> Any:
    """The element of a label."""
    return next(one for one in elements if one.label == label)


def test_the_page_reads_as_the_document_does(engine: Engine, open_page: Open) -> None:
    app = open_page("strategy", area="P61")
    shown = unescape(text(app))
    for row in stored_plan(engine, "P61", 2566).plan.document.rows:
        for name in ("plan.title", "plan.goal", "plan.kpi", "plan.problem", "plan.owners"):
            words = (
                " / ".join(row.text(name).split("/")) if name == "plan.owners" else row.text(name)
            )
            assert " ".join(words.split()) in shown, words
    assert "ประเด็นยุทธศาสตร์" in shown
    assert "ผู้อนุมัติแผน: นายแพทย์สาธารณสุขจังหวัด" in " ".join(shown.split())
    assert "ทะเบียนการเบิก" in shown
    assert "กระทบ" in shown


@pytest.mark.usefixtures("engine")
def test_kpis_lead_to_their_late_activities_and_back(open_page: Open) -> None:
    app = open_page("strategy", area="P61", lang="en", period="2566-M12")
    html = all_text(app)
    assert 'href="#item-3.3.3"' in html
    assert 'id="item-3.3.3"' in html
    assert "75.0" in text(app), "three of four were in time in March"
    assert "endangers" in html
    # Who is not there stands by name, and leads to the hospital; which last day is meant is said.
    assert re.search(r'<a href="facility\?[^"]*facility=11202[^"]*"[^>]*>(?!\d)[^<]+<', html)
    assert "by the last day the plan names: 15 Oct 2566" in text(app)


@pytest.mark.usefixtures("engine")
def test_a_month_shows_the_plan_as_it_stood(open_page: Open) -> None:
    early = open_page("strategy", area="P61", lang="en", period="2566-M01")
    assert "Late 1 of 16 activities" in " ".join(text(early).split()).replace(
        "Late activities", "Late"
    )


def test_an_item_is_changed_on_the_page(engine: Engine, open_page: Open) -> None:
    app = open_page("strategy", area="P61")
    app.selectbox(key="strategy.item").set_value("1.2.1").run()
    labelled(app.text_input, "วันที่ทำเสร็จ").set_value("31/07/2566")
    labelled(app.button, "บันทึกเป็นฉบับใหม่").click().run()
    assert stored_plan(engine, "P61", 2566).info.version == 1, "nobody said who"
    labelled(app.text_input, "ผู้แก้ไข (ตำแหน่ง)").set_value("P2")
    labelled(app.button, "บันทึกเป็นฉบับใหม่").click().run()
    assert not app.exception
    now = stored_plan(engine, "P61", 2566)
    assert (now.info.version, str(now.plan.by_id["1.2.1"].done_on)) == (2, "2023-07-31")
    assert "นับเป็นฉบับล่าสุด" in text(app)


def test_a_kpi_is_added_and_a_strategy_taken_out_with_a_reason(
    engine: Engine, open_page: Open
) -> None:
    app = open_page("strategy", area="P61")
    act = app.segmented_control(key="strategy.act")
    act.set_value("add").run()
    app.selectbox(key="strategy.below").set_value("1.2").run()
    app.selectbox(key="strategy.kind.1.2").set_value("kpi").run()
    labelled(app.text_input, "ตัวชี้วัด (ตามเอกสาร)").set_value("ร้อยละหน่วยบริการที่ยืนยันข้อมูล")
    labelled(app.text_input, "ค่าเป้าหมาย (ร้อยละ)").set_value("90")
    labelled(app.text_input, "ผู้แก้ไข (ตำแหน่ง)").set_value("P2")
    labelled(app.button, "เพิ่มในฉบับใหม่").click().run()
    assert not app.exception
    kpi = stored_plan(engine, "P61", 2566).plan.kpis[-1]
    assert (kpi.of, kpi.target) == ("1.2", 90)

    app.segmented_control(key="strategy.act").set_value("remove").run()
    app.selectbox(key="strategy.gone").set_value("2").run()
    assert "จะถูกนำออกไปด้วย" in text(app)
    labelled(app.text_input, "ผู้แก้ไข (ตำแหน่ง)").set_value("P2")
    labelled(app.button, "นำออกในฉบับใหม่").click().run()
    assert stored_plan(engine, "P61", 2566).info.version == 2, "nobody said why"
    assert "โปรดบอกเหตุผล" in app.error[0].value
    labelled(app.text_input, "เหตุผลที่แก้").set_value("ย้ายไปแผนอื่น")
    labelled(app.button, "นำออกในฉบับใหม่").click().run()
    assert not app.exception
    assert [one.number for one in stored_plan(engine, "P61", 2566).plan.of("strategy")] == [
        "1",
        "3",
    ]
    assert "ย้ายไปแผนอื่น" in text(app)


def test_a_row_is_put_below_another_with_a_reason(engine: Engine, open_page: Open) -> None:
    app = open_page("strategy", area="P61")
    app.segmented_control(key="strategy.act").set_value("place").run()
    app.selectbox(key="strategy.placed").set_value("1.2").run()
    app.selectbox(key="strategy.under.1.2").set_value("3").run()
    assert "เมื่อย้ายแล้วจะเป็น “กลยุทธ์ย่อย”" in text(app)
    assert app.text_input(key="strategy.number.1.2.3").value == "3.4"
    labelled(app.text_input, "เหตุผลที่แก้").set_value("ตรงกับกลยุทธ์ที่ 3")
    labelled(app.text_input, "ผู้แก้ไข (ตำแหน่ง)").set_value("P2")
    labelled(app.button, "ย้ายในฉบับใหม่").click().run()
    assert not app.exception
    now = stored_plan(engine, "P61", 2566)
    assert (now.info.version, now.plan.by_id["3.4"].parent) == (2, "3")
    assert "ตรงกับกลยุทธ์ที่ 3" in text(app)


@pytest.mark.usefixtures("folder")
def test_without_a_plan_the_page_says_how_to_begin(open_page: Open) -> None:
    assert "No strategy plan is stored yet" in text(open_page("strategy", lang="en"))
