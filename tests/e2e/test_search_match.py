"""What a search finds and in which order: tried in a browser, whose language it is written in."""

from collections.abc import Callable, Iterator

import orjson
import pytest
from playwright.sync_api import Browser

from components.frame.search_index import index
from core.services.search.index import Entry, rules
from core.text import Text
from tests.paths import ROOT

Find = Callable[[str], list[str]]

REGISTER = (
    Entry("region", "R01", Text("เขตสุขภาพที่ 1", "Health region 1"), "TH", ("01",)),
    Entry("region", "R13", Text("เขตสุขภาพที่ 13", "Health region 13"), "TH", ("13",)),
    Entry("province", "P50", Text("เชียงใหม่", "Chiang Mai"), "R01", ("50",)),
    Entry("province", "P22", Text("จันทบุรี", "Chanthaburi"), "R13", ("22",)),
    Entry("district", "D5001", Text("เมืองเชียงใหม่", "Mueang Chiang Mai"), "P50", ("5001",)),
    Entry("district", "D5007", Text("แม่ริม", "Mae Rim"), "P50", ("5007",)),
    Entry("district", "D2201", Text("ท่าใหม่", "Tha Mai"), "P22", ("2201",)),
    Entry("hospital", "11120", Text("โรงพยาบาลแม่ริม", "Mae Rim Hospital"), "D5007",
          ("001112000", "AA0011120")),
    Entry("hospital", "01122", Text("รพ.เก่าแม่ริม", "Old Mae Rim Hospital"), "D5007", (),
          "2022-09-30"),
    Entry("hospital", "10713", Text("โรงพยาบาลนครพิงค์", "Nakornping Hospital"), "D5007"),
    Entry("pcu", "06001", Text("รพ.สต.ริมเหนือ", "Rim Nuea Primary Care Unit"), "D5007"),
    Entry("pcu", "06002", Text("รพ.สต.น้ำแพร่", "Nam Phrae Primary Care Unit"), "D5001"),
    *rules(),
)  # fmt: skip

FOUND_FIRST = {
    "11120": "11120",
    "001112000": "11120",
    "aa0011120": "11120",
    "๑๑๑๒๐": "11120",
    "1122": "01122",
    "P50": "P50",
    "5007": "D5007",
    "เชียงใหม่": "P50",
    "เชียงใหม": "P50",
    "เชียงไหม่": "P50",
    "เชยีงใหม่": "P50",
    "จ.เชียงใหม่": "P50",
    "จังหวัดเชียงใหม่": "P50",
    "สสจ.เชียงใหม่": "P50",
    "สสจ เชียงใหม่": "P50",
    "chiang mai": "P50",
    "ChiangMai": "P50",
    "จ": "P22",
    "จันท": "P22",
    "เขต 1": "R01",
    "เขตสุขภาพที่ ๑": "R01",
    "อ.แม่ริม": "D5007",
    "สสอ.แม่ริม": "D5007",
    "แมริม": "D5007",
    "เเม่ริม": "D5007",
    "แม่รีม": "D5007",
    "รพ.แม่ริม": "11120",
    "รพช.แม่ริม": "11120",
    "รพ แม่ริม": "11120",
    "แม่ริม รพ.": "11120",
    "โรงพยาบาลแมริม": "11120",
    "mae rim hospital": "11120",
    "hospital mae rim": "11120",
    "นครพิงค์ เชียงใหม่": "10713",
    "รพ.สต.ริม": "06001",
    "รพสต ริมเหนือ": "06001",
    "รพ.สต.น้ำแพร่": "06002",
    "น\u0e4d\u0e32แพร่": "06002",
    "นํ้าแพร": "06002",
    "ระดับวิกฤต": "crisis",
    "4s4c": "revenue",
    "quick ratio": "crisis.level",
    "revenue.score": "revenue.score",
}
"""What is typed, and the code of what is found first."""


@pytest.fixture(scope="module")
def find(browser: Browser) -> Iterator[Find]:
    """The codes that are found, by the script that the pages load."""
    page = browser.new_page()
    script = (ROOT / "static" / "search" / "match.js").read_text(encoding="utf-8")
    page.add_script_tag(type="module", content=f"{script}\nwindow.m = {{ find, prepared }};")
    sent = orjson.loads(orjson.dumps(index(REGISTER)))
    page.evaluate("sent => { window.known = m.prepared(sent) }", sent)
    yield lambda text: page.evaluate("text => m.find(known, text).map(({ code }) => code)", text)
    page.close()


def test_what_people_type_finds_what_they_mean(find: Find) -> None:
    assert {text: (find(text) or [""])[0] for text in FOUND_FIRST} == FOUND_FIRST


def test_names_that_begin_so_come_before_those_that_have_it_within(find: Find) -> None:
    assert find("ริม")[:2] == ["06001", "D5007"], "a name's beginning before its middle"
    named = find("mai")
    assert named.index("D2201") < named.index("06002"), "a word of its name before its place"


def test_facilities_of_a_place_follow_the_place_itself(find: Find) -> None:
    assert find("เชียงใหม่")[:2] == ["P50", "D5001"]
    assert set(find("เชียงใหม่")) >= {"11120", "10713", "06001", "06002"}
    assert set(find("รพ.สต. เชียงใหม่")) == {"06001", "06002"}


def test_a_closed_facility_comes_after_those_that_are_open(find: Find) -> None:
    listed = find("รพ.")
    assert listed.index("01122") > max(listed.index("11120"), listed.index("10713"))


@pytest.mark.parametrize("text", ["", "  ", "./-", "็่", "xyzzy", "((((", "\\", "<img src=x>"])
def test_what_names_nothing_finds_nothing(find: Find, text: str) -> None:
    assert find(text) == []
