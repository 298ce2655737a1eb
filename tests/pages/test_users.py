"""The page of users, and pages as they show to somebody whose rights end at a border."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from components.frame.navigation import page_file
from core.access import actors
from core.access.actors import TERMINAL, Actor, Grant, acting, look_for
from core.access.roles import Role
from core.access.settings import VARIABLE
from core.services.people import accounts
from core.services.people.contacts import contact_of
from core.services.people.store import people_store
from core.services.rules.menu import menu, opens
from core.store.engine.unit_of_work import close_engines
from core.store.people.contacts import Contact
from tests.components.drawn import html_of
from tests.country import small_store
from tests.pages.conftest import Open, text
from tests.paths import ROOT
from tests.people import PASSWORD, place_of_people

CUP = Actor("truat:local", "cup", "Cup", (Grant(Role.CUP, "D6101"),))
ADMINISTRATOR = Actor("truat:local", "chief", "Chief", (Grant(Role.ADMINISTRATOR, "TH"),))
PROVINCE = Actor("truat:local", "officer", "Officer", (Grant(Role.PROVINCE, "P61"),))
OF_AREAS = {
    "overview", "scorecard", "compare", "revenue", "supplies", "payables", "sproi", "coverage",
    "compensation", "transfer",
}  # fmt: skip
"""Pages that need an area, which whoever reads one hospital alone does not have."""
OF_THE_COUNTRY = {"audit", "performance", "readings", "users"}
"""Pages that are asked for the whole country, which nobody of a province reads."""


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place_of_people(tmp_path, monkeypatch)
    yield tmp_path
    close_engines()


def press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def take_back(page: AppTest) -> AppTest:
    return next(one for one in page.button if one.label.startswith("ถอนสิทธิ์")).click().run()


def test_an_account_is_added_and_given_a_right(people: Path, open_page: Open) -> None:
    page = open_page("users")
    assert "ยังไม่มีผู้ใช้" in text(page)
    assert "TRUAT_SIGN_IN" in text(page)
    fields = {one.label: one for one in page.text_input}
    fields["ชื่อบัญชีผู้ใช้"].input("somchai")
    fields["ชื่อที่แสดง"].input("สมชาย ทดสอบ")
    fields["รหัสผ่าน"].input("สั้น")
    page = press(page, "เพิ่มบัญชี")
    assert "รหัสผ่านนี้ใช้ไม่ได้" in page.error[0].value
    next(one for one in page.text_input if one.label == "รหัสผ่าน").input(PASSWORD)
    page = press(page, "เพิ่มบัญชี")
    assert "ยังไม่มีสิทธิ์ 1 คน" in text(page)
    next(one for one in page.text_input if one.label == "รหัสพื้นที่").input("P61")
    next(one for one in page.selectbox if one.label == "บทบาท").set_value("province")
    page = press(page, "ให้สิทธิ์นี้")
    (one,) = accounts.listed_people(people_store())
    assert [(held.role, held.area) for held, _name in one.grants] == [("province", "P61")]
    page = take_back(page)
    assert not accounts.listed_people(people_store())[0].grants
    next(one for one in page.text_input if one.label == "รหัสพื้นที่").input("TH")
    next(one for one in page.selectbox if one.label == "บทบาท").set_value("administrator")
    page = take_back(press(page, "ให้สิทธิ์นี้"))
    # Without an administrator of the country nobody could give rights from a page.
    assert "ผู้ดูแลระบบของทั้งประเทศ" in page.error[0].value
    assert people.exists()


@pytest.fixture
def as_actor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Actor], None]]:
    """Let pages be looked at by somebody; the small country lies in two provinces."""
    with acting(TERMINAL):
        small_store(folder)
    monkeypatch.setenv(VARIABLE, "local")
    before, details = list(actors._FINDERS), config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    yield lambda actor: look_for(lambda: actor)
    actors._FINDERS[:] = before
    config.set_option("client.showErrorDetails", details)


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(page_file(page), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def refusals(app: AppTest) -> list[str]:
    return [one.message for one in app.exception]


@pytest.mark.parametrize("page", [one.id for one in menu().pages])
def test_every_page_opens_for_a_province_or_says_that_it_may_not(
    page: str, as_actor: Callable[[Actor], None]
) -> None:
    as_actor(PROVINCE)
    app = opened(page)
    assert refusals(app) == (["A002"] if page in OF_THE_COUNTRY else [])


@pytest.mark.parametrize(
    ("role", "area", "closed"),
    [
        (Role.EXECUTIVE, "TH", {"audit", "users"}),
        (Role.EXECUTIVE, "R03", OF_THE_COUNTRY),
        (Role.EXECUTIVE, "11203", OF_THE_COUNTRY | OF_AREAS),
        (Role.CUP, "11203", OF_THE_COUNTRY),
        (Role.CUP, "D6101", OF_THE_COUNTRY),
        (Role.PROVINCE, "P61", OF_THE_COUNTRY),
        (Role.ADMINISTRATOR, "P61", OF_THE_COUNTRY),
        (Role.ADMINISTRATOR, "TH", set()),
    ],
)
def test_the_menu_shows_the_pages_that_open_and_no_other(
    role: Role, area: str, closed: set[str], as_actor: Callable[[Actor], None]
) -> None:
    as_actor(Actor("truat:local", "x", "X", (Grant(role, area, "P61"),)))
    assert {one.id for one in menu().pages if not opens(one)} == closed
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    links = set(re.findall(r'data-page="(\w+)"', html_of(app)))
    assert links == {one.id for one in menu().pages} - closed
    for page in closed & OF_THE_COUNTRY:
        assert refusals(opened(page)) == ["A002"], page


def test_lists_of_areas_name_those_alone_that_may_be_read(
    as_actor: Callable[[Actor], None],
) -> None:
    def areas(page: str) -> list[str]:
        boxes = [box for box in opened(page).selectbox if box.label.startswith("พื้นที่")]
        return [one for box in boxes for one in box.options]

    as_actor(PROVINCE)
    for page in ("overview", "crisis", "scorecard", "governance", "meeting", "uploads"):
        assert areas(page) in ([], ["อุทัยธานี"]), page
    for page in ("findings", "compare"):
        assert areas(page)
        assert not {"พิษณุโลก", "เขตสุขภาพที่ 2", "ทั้งประเทศ", "ประเทศไทย"} & set(areas(page)), page
    as_actor(ADMINISTRATOR)
    assert len(areas("overview")) == 3


@pytest.mark.parametrize("page", ["overview", "crisis", "scorecard", "findings", "foresight"])
@pytest.mark.parametrize("area", ["TH", "R03", "P65"])
def test_a_link_to_another_area_says_so_and_nothing_of_it(
    page: str, area: str, as_actor: Callable[[Actor], None]
) -> None:
    as_actor(CUP)
    app = opened(page, area=area)
    assert refusals(app) == ["A002"]
    assert "พิษณุโลก" not in text(app)
    assert "11301" not in text(app)


def test_a_link_to_a_hospital_of_another_province_says_nothing_of_it(
    as_actor: Callable[[Actor], None],
) -> None:
    as_actor(CUP)
    app = opened("facility", area="11301")
    assert refusals(app) == ["A002"]
    assert "11301" not in text(app)
    assert refusals(opened("facility", area="11203")) == []


def test_what_is_drawn_for_one_reader_is_not_shown_to_another(
    as_actor: Callable[[Actor], None],
) -> None:
    as_actor(ADMINISTRATOR)
    assert refusals(opened("overview", area="P65")) == []
    as_actor(CUP)
    assert refusals(opened("overview", area="P65")) == ["A002"]


def test_who_does_it_is_who_is_signed_in(as_actor: Callable[[Actor], None]) -> None:
    as_actor(PROVINCE)
    (field,) = (one for one in opened("meeting").text_input if one.label == "ผู้จัดทำ")
    assert (field.value, field.disabled) == ("Officer", True)


def test_who_gives_an_address_is_told_until_they_say_no(
    people: Path, as_actor: Callable[[Actor], None]
) -> None:
    with acting(TERMINAL):
        number = accounts.add_account(people_store(), CUP.subject, CUP.name, PASSWORD).id
    as_actor(CUP)
    for typed, wanted in (("cup61@example.go.th", True), ("cup61@example.go.th", False)):
        page = opened("uploads")
        page.text_input(key="deadlines.email").input(typed)
        assert page.checkbox(key="deadlines.wanted").value, "wanted unless they say no"
        page.checkbox(key="deadlines.wanted").set_value(wanted)
        press(page, "บันทึก")
        with acting(TERMINAL):
            assert contact_of(people_store(), number) == Contact(typed, wanted)
    as_actor(PROVINCE)
    assert not opened("uploads").checkbox, "an account that is none has no address"
    assert people.exists()


def test_who_may_read_one_hospital_alone_begins_at_its_page(
    as_actor: Callable[[Actor], None],
) -> None:
    as_actor(Actor("provider-id", "7", "Director", (Grant(Role.EXECUTIVE, "11203", "P61"),)))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert refusals(app) == []
    assert app.query_params["area"] == "11203"
    assert "11203" in text(app)
    as_actor(PROVINCE)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert refusals(app) == []
    assert "area" not in app.query_params
