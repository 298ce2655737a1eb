"""The facilities that files name, and the register that is begun from them."""

import io
from pathlib import Path

import openpyxl
import pytest

from core.forms.blank_table.sheet import FIRST_ROW
from core.services.beginning.naming import KIND, NAME, facilities_in
from core.services.beginning.table import facilities_json, is_register_empty, register_table
from core.services.handbook.templates import blank
from core.services.intake.examine import examine
from core.services.intake.kinds import Intake
from tests.core.services.sending import SOUND, row, table

BESIDE = {"ชื่อโรงพยาบาล": "รพ.ก", "อำเภอ": "เมืองอุทัยธานี", "จังหวัด": "อุทัยธานี"}


def intake(*rows: dict[str, object], name: str = "ก.csv") -> Intake:
    return examine(table(*rows), name)


def test_a_file_says_name_and_district_in_columns_of_its_own() -> None:
    (one,) = facilities_in([intake(row("11201", SOUND | BESIDE))])
    assert (one.name, one.has_district, one.files) == ("รพ.ก", True, ["ก.csv"])
    written = register_table([one])
    assert written.is_whole
    (entered,) = facilities_json(written.intake)
    assert entered["district"] == "D6101"
    assert entered["kind"] == "hospital"


def test_a_name_stands_beside_the_code_and_without_any_the_code_is_the_name() -> None:
    one, other = facilities_in([intake(row("11201-รพ.ก", SOUND), row("11202", SOUND))])
    assert (one.name, other.name) == ("รพ.ก", "11202")
    assert NAME not in other.words


def test_a_facility_without_a_district_is_not_entered_until_one_is_said() -> None:
    named = facilities_in([intake(row("11201", SOUND), row("11202", SOUND))])
    assert not register_table(named).is_whole
    assert not register_table(named, {"11201": "D6101"}).is_whole
    written = register_table(named, {"11201": "D6101", "11202": "6102"})
    assert written.is_whole
    districts = [one["district"] for one in facilities_json(written.intake)]
    assert districts == ["D6101", "D6102"]


def test_a_district_said_by_the_file_stands_over_the_one_chosen() -> None:
    named = facilities_in([intake(row("11201", SOUND | BESIDE))])
    (entered,) = facilities_json(register_table(named, {"11201": "D6102"}).intake)
    assert entered["district"] == "D6101"


def test_files_that_differ_are_told_and_the_first_counts() -> None:
    first = intake(row("11201", SOUND | {"ชื่อโรงพยาบาล": "รพ.ก"}))
    second = intake(row("11201", SOUND | {"ชื่อโรงพยาบาล": "รพ.ข"}), name="ข.csv")
    (one,) = facilities_in([first, second])
    assert (one.name, one.files, one.contradicted) == ("รพ.ก", ["ก.csv", "ข.csv"], {NAME})


def test_a_blank_of_a_cup_says_its_district() -> None:
    _, data = blank("payables", cup="6101", facilities=["11201"], fiscal_year=2566)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for cell in sheet[FIRST_ROW][2:8]:
        cell.value = 1
    filled = io.BytesIO()
    book.save(filled)
    (one,) = facilities_in([examine(filled.getvalue(), "ก.xlsx")])
    assert one.has_district
    assert facilities_json(register_table([one]).intake)[0]["district"] == "D6101"
    assert one.words[KIND] == "โรงพยาบาล"


def test_a_table_of_the_register_names_nobody_here() -> None:
    named = facilities_in([intake(row("11201", SOUND | BESIDE))])
    assert facilities_in([register_table(named).intake]) == ()


def test_beside_a_store_that_cannot_be_read_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    monkeypatch.delenv("TRUAT_DATABASE_URL", raising=False)
    assert is_register_empty()
    (tmp_path / "truat.db").write_bytes(b"no database at all" * 100)
    assert not is_register_empty()
