"""The register begun on the page for workbooks."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

from pathlib import Path
from typing import Any

import pytest

from core.services.beginning.table import is_register_empty
from core.store.engine.unit_of_work import close_engines
from tests.components.drawn import draw, html_of


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path / "var"))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    yield
    close_engines()


def of_figures() -> None:
    from components.upload.dropped import Dropped
    from components.uploads import beginning
    from core.services.intake.examine import examine
    from tests.core.services.sending import SOUND, row, table

    data = table(row("11201-รพ.ก", SOUND), row("11202", SOUND))
    beginning.show([Dropped("k", "ก.csv", data)], [examine(data, "ก.csv")])


def of_a_table() -> None:
    from components.upload.dropped import Dropped
    from components.uploads import beginning
    from core.services.beginning.naming import facilities_in
    from core.services.beginning.table import register_table
    from core.services.intake.examine import examine
    from tests.core.services.sending import SOUND, row, table

    listed = facilities_in([examine(table(row("11201", SOUND)), "ก.csv")])
    data = register_table(listed, {"11201": "D6101"}).data
    beginning.show([Dropped("k", "x.xlsx", data)], [examine(data, "x.xlsx")])


def test_nothing_can_be_confirmed_before_every_facility_has_its_district() -> None:
    page = draw(of_figures)
    page.text_input(key="register.by").input("ผู้ส่ง").run()
    assert "รพ.ก" in html_of(page)
    assert not [one for one in page.button if one.key == "register.confirm"]
    page.selectbox(key="register.district.ก.csv").select("D6101").run()
    page.multiselect(key="register.out").select("11202").run()
    page.button(key="register.confirm").click().run()
    assert not is_register_empty()
    assert not page.exception
    # What became of it stays on the page.
    assert any("register-from-files.xlsx" in one.value for one in page.markdown)


def test_districts_are_chosen_one_by_one_where_they_differ() -> None:
    page = draw(of_figures)
    page.checkbox(key="register.several.ก.csv").check().run()
    for code, district in (("11201", "D6101"), ("11202", "D6102")):
        page.selectbox(key=f"register.district.{code}").select(district).run()
    page.text_input(key="register.by").input("ผู้ส่ง").run()
    assert "ทัพทัน" in html_of(page)
    assert page.button(key="register.confirm").label.startswith("เริ่มทะเบียนด้วยหน่วยบริการ 2")


def test_a_table_of_the_register_takes_one_step() -> None:
    page = draw(of_a_table)
    page.text_input(key="register.by").input("ผู้ส่ง").run()
    page.button(key="register.confirm").click().run()
    assert not is_register_empty()
