"""Files that were sent: found by any word, shown with their place, handed back as they came."""

import pytest
from sqlalchemy import Engine

from core.errors import StoreError
from core.services.importing.sent import original, sent_file, sent_files, sent_json
from core.services.importing.sent_text import about, difference_line, history_lines, sent_line
from core.services.importing.store_intake import compare, restore, withdraw
from tests.core.services.sending import BROKE, SOUND, hospital, register, row, send, table

ONE_DATABASE = True


@pytest.fixture
def sent(engine: Engine) -> Engine:
    """Two files about one hospital's September, one about a hospital of another province."""
    register(engine, hospital("11201"), hospital("11301", "D6501"))
    send(engine, row("11201", SOUND), by="สมุห์บัญชี")
    send(engine, row("11201", BROKE), by="สมุห์บัญชี")
    send(engine, row("11301", SOUND), by="อีกคน")
    return engine


def test_files_stand_newest_first_with_what_became_of_them(sent: Engine) -> None:
    found = sent_files(sent)
    assert [(one.upload.id, one.upload.state) for one in found] == [
        (3, "active"),
        (2, "active"),
        (1, "superseded"),
    ]
    assert {one.place.th for one in found} == {"โรงพยาบาล 11201", "โรงพยาบาล 11301"}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("สมุห์", [2, 1]), ("11301", [3]), ("โรงพยาบาล 11201", [2, 1]), ("finance.csv", [3, 2, 1]),
     ("ไม่มี", []), ("  ", [3, 2, 1])],
)  # fmt: skip
def test_any_word_shown_finds_them(sent: Engine, words: str, numbers: list[int]) -> None:
    assert [one.upload.id for one in sent_files(sent, words=words)] == numbers


def test_another_form_finds_none(sent: Engine) -> None:
    assert sent_files(sent, form="star") == ()
    assert len(sent_files(sent, form="finance")) == 3


def test_an_area_has_the_files_about_places_in_it(sent: Engine) -> None:
    of = {area: [one.upload.id for one in sent_files(sent, area=area)]
          for area in ("TH", "P61", "P65", "D6501", "11301", "P10")}  # fmt: skip
    assert of == {"TH": [3, 2, 1], "P61": [2, 1], "P65": [3], "D6501": [3], "11301": [3], "P10": []}


def test_a_file_comes_back_byte_for_byte(sent: Engine) -> None:
    assert original(sent, 2) == table(row("11201", BROKE))
    with pytest.raises(StoreError):
        original(sent, 99)


def test_a_version_is_told_as_the_number_of_the_file(sent: Engine) -> None:
    first, second = sent_file(sent, 1)[0], sent_file(sent, 2)[0]
    assert "ส่งครั้งที่" not in about(first).th
    assert about(second).th.endswith("ส่งครั้งที่ 2")
    assert sent_line(second).th.startswith("2  ")


def test_a_table_is_taken_back_and_counts_again_with_its_reasons_kept(sent: Engine) -> None:
    withdraw(sent, 2, by="ผู้ดูแล", reason="ส่งผิดเดือน")
    assert sent_file(sent, 2)[0].upload.state == "withdrawn"
    assert sent_file(sent, 1)[0].upload.state == "active"
    restore(sent, 2, by="ผู้ดูแล", reason="ถูกแล้ว")
    one, receipt = sent_file(sent, 2)
    assert one.upload.state == "active"
    told = [line.th for line in history_lines(receipt.history)]
    assert ["ส่งผิดเดือน" in line for line in told] == [False, True, False]
    assert sent_json(one)["state"] == "active"


def test_what_differs_is_said_with_both_figures(sent: Engine) -> None:
    differing = [difference_line(one).th for one in compare(sent, 1, 2).differences]
    assert any("90.00 → 10.00" in line for line in differing)
    assert compare(sent, 2, 2).differences == ()
