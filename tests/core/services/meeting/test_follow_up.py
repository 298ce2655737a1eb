"""What a report and an agenda say of findings: open ones first, what was typed, who is asked."""

import pytest
from sqlalchemy import Engine

from core.periods import parse_period
from core.services.evidence.deeds import Actor
from core.services.findings.changes import Plan, plan
from core.services.findings.closing import close_period
from core.services.findings.listing import Filter, listed_findings
from core.services.findings.narratives import RECOMMENDATIONS, Typed, narrate
from core.services.meeting.follow_up import follow_up
from core.services.meeting.outline import agenda_of
from core.services.meeting.slides import slide_of
from tests.country import NOW, small_country

ONE_DATABASE = True
PROVINCE = Actor("ก", "province")


@pytest.fixture
def engine(engine: Engine) -> Engine:
    small_country(engine)
    close_period(engine, parse_period("2566-M08"), actor=PROVINCE)
    return engine


def test_before_each_network_an_agenda_asks_what_was_agreed(engine: Engine) -> None:
    agenda = agenda_of(engine, "P61", str(NOW))
    pages = [(one.page, dict(one.parameters).get("area")) for one in agenda]
    for district in ("D6101", "D6102"):
        first = next(n for n, one in enumerate(pages) if one[1] == district)
        assert pages[first] == ("findings", district)
    assert any("ครั้งก่อนตกลงกันว่า" in one.title.th for one in agenda)


def test_a_slide_says_measure_owner_and_due_date(engine: Engine) -> None:
    found = listed_findings(engine, Filter(area="D6101"))
    planned = Plan("income", "ทำแผนฟื้นฟู", "director", "รพ.", "2030-01-31")
    plan(engine, found[0].stored.id, planned, actor=Actor("ข", "cup"))
    slide = slide_of(engine, "findings", {"area": "D6101"})
    assert slide.lines[0].status.en == "Planned"
    assert "ทำแผนฟื้นฟู (ผู้อำนวยการโรงพยาบาล, รพ. ครบกำหนด 31 ม.ค. 2573)" in slide.lines[0].text.th


def test_a_report_lists_findings_and_what_was_typed(engine: Engine) -> None:
    narrate(engine, "P61", NOW, Typed("d_watch", "มีระบบ", "คำสั่ง"), actor=PROVINCE)
    narrate(engine, "P61", NOW, Typed(RECOMMENDATIONS, "ข้อ 1"), actor=PROVINCE)
    said = follow_up(engine, "P61", NOW)
    assert len(said.findings) == len(listed_findings(engine, Filter(area="P61"))) > 0
    assert said.left_out == 0
    assert [one.measure for one in said.narrated] == ["C", "C", "D", "D"]
    assert (said.narrated[3].words, said.narrated[3].evidence) == ("มีระบบ", "คำสั่ง")
    assert said.recommendations == "ข้อ 1"
    assert said.sentences[0].th.startswith("อุทัยธานี: ข้อค้นพบยังไม่ปิด")
