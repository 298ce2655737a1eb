"""Whatever is sent: a clear message, soon, in little memory, and never a traceback."""

import io
import json
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WorkbookError
from core.forms.cells.open import read_workbook
from core.forms.model.issues import messages
from core.services.intake.examine import examine
from tests.core.forms.assessment import star_books as star
from tests.core.forms.cells import hostile_files as hostile
from tests.effort import assert_effort, processor, program
from tests.paths import ROOT

UNITS, MEGABYTES = 2.0, 300
COSTLY = (
    "50 MB of rubbish",
    "19 MB of rubbish",
    "one bomb",
    "many bombs",
    "a far cell",
    "a million and a hundred cells",
    "a million cells",
    "thirty thousand rows of words",
    "words nearly like the form's",
    "three hundred sheets",
    "one endless text",
    "rows without end",
    "too many styles",
)


def told(file: bytes, name: str = "a.xlsx") -> list[str]:
    return [issue.code for issue in examine(file, name).issues]


# The costly ones go through the program itself, where their memory is measured as well.
@pytest.mark.parametrize("name", [name for name in hostile.REFUSED if name not in COSTLY])
def test_a_file_is_refused_with_the_reason(name: str) -> None:
    make, code = hostile.REFUSED[name]
    file = make()
    found, taken = processor(lambda: examine(file, "a.xls"))
    assert_effort(taken, most=UNITS)
    assert (found.form, [issue.code for issue in found.issues]) == (None, [code])
    text = found.issues[0].text
    assert text.th
    assert not re.search(r"[{}]", text.th + text.en)


@pytest.mark.skipif(sys.platform == "win32", reason="no resource usage there")
@pytest.mark.parametrize("name", COSTLY)
def test_it_takes_little_work_and_memory(name: str, tmp_path: Path) -> None:
    make, code = hostile.REFUSED[name]
    file = tmp_path / "a.xlsx"
    file.write_bytes(make())
    run = program("score", file, "--json")
    document = json.loads(run.out)
    assert (run.status, run.err) == (1, "")
    assert {**document, "messages": None} == {"form": None, "items": [], "messages": None}
    assert [message["code"] for message in document["messages"]] == [code]
    assert_as_cheap_as_a_plain_refusal(run.processor, unpacked(file.read_bytes()))
    assert run.megabytes < MEGABYTES


def unpacked(file: bytes) -> int:
    """How many bytes a file says that it holds."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(file)) as archive:
        return sum(one.file_size for one in archive.infolist())
    return len(file)


def assert_as_cheap_as_a_plain_refusal(taken: float, size: int) -> None:
    """At most twice what a table of words of the same size takes, which is none of our forms."""
    allowed = twice_a_plain_refusal(size)
    if taken > allowed:
        # The machine may have become busy since: it is measured as it is.
        plain_refusal.cache_clear()
        allowed = max(allowed, twice_a_plain_refusal(size))
    assert taken <= allowed, f"{taken / allowed:.1f} times what is allowed"


def twice_a_plain_refusal(size: int) -> float:
    (few, least), (many, most) = plain_refusal(10), plain_refusal(30_000)
    # The least again: what so little takes is not known better than that.
    return 2 * (least + (most - least) * size / (many - few)) + least


@cache
def plain_refusal(rows: int) -> tuple[int, float]:
    """Unpacked bytes, and what refusing them takes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plain.xlsx"
        file.write_bytes(hostile.wordy(rows))
        run = program("score", file, "--json")
        assert run.status == 1
        return unpacked(file.read_bytes()), run.processor


@pytest.mark.parametrize("share", range(0, 100, 10))
def test_a_truncated_file_is_damaged(share: int) -> None:
    file = star.sample()
    assert told(file[: len(file) * share // 100]) == (["F004"] if share else ["F001"])


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_terminal_says_it_in_words(language: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(hostile.PDF)
    call = [sys.executable, "-m", "core", "score", str(file), "--lang", language]
    run = subprocess.run(call, cwd=ROOT, capture_output=True, check=False)
    wording = messages()["F006"].text.in_(language)
    assert run.returncode == 1
    assert wording in run.stdout.decode()
    assert b"Traceback" not in run.stdout + run.stderr


# What is odd but harmless is read.


def test_a_far_cell_beside_the_form_changes_nothing() -> None:
    file = hostile.far_cell_beside_the_form()
    found, taken = processor(lambda: star.read(file))
    assert_effort(taken, most=UNITS)
    assert star.points(found) == star.points(star.read(star.sample()))


def test_names_that_climb_out_of_the_archive_are_only_names() -> None:
    buffer = io.BytesIO(star.sample())
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in ("../../etc/passwd", "/etc/passwd", "C:\\x", "..\\..\\x", "a\0b", "x" * 5000):
            archive.writestr(name, b"<x/>")
    assert star.points(star.read(buffer.getvalue())) == star.points(star.read(star.sample()))


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=1+1"])
def test_a_formula_typed_as_text_is_text(text: str) -> None:
    def as_text(name: str, content: bytes) -> bytes:
        cell = f'<c r="E8" s="2" t="inlineStr"><is><t>{text}</t></is></c>'.encode()
        return re.sub(rb'<c r="E8"[^>]*>.*?</c>', cell, content) if "sheet1" in name else content

    found = star.read(star.repacked(star.sample(), as_text))
    (issue,) = [issue for issue in found.issues if issue.severity == "error"]
    assert (issue.code, issue.cell, issue.found) == ("W103", "E8", text)


def test_a_very_long_text_is_shown_by_its_beginning() -> None:
    found = star.read(star.put("E8", "ก" * 32_000))
    (issue,) = [issue for issue in found.issues if issue.severity == "error"]
    assert (issue.code, issue.cell) == ("W103", "E8")
    assert len(issue.found) < 100


def test_control_characters_do_no_harm() -> None:
    escaped = "".join(f"_x{code:04X}_" for code in (0, 1, 7, 8, 27, 31, 127))
    found = star.read(star.put("E8", f"12{escaped}"))
    assert star.codes(found, "W103") == [("W103", "E8")]
    json.dumps([issue.text.th for issue in found.issues])


def test_sheets_may_be_called_anything() -> None:
    pages = star.pages()
    pages[0].name = "a'b & <c> “๑”"
    found = star.read([*pages, star.Page("_truat", [[star.Box("form"), star.Box("x")]])])
    assert {cell.spot.sheet for cell in found.reading.cells.values()} == {"a'b & <c> “๑”"}


# Whatever else


@given(st.data())
def test_damage_of_any_kind_is_told_not_raised(data: st.DataObject) -> None:
    file = bytearray(star.sample())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(file) - 1))
        file[at] = data.draw(st.integers(0, 255))
    found = examine(bytes(file), "a.xlsx")
    assert found.form is not None or found.issues, "a refused file says why"


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(star.sample())).read(name)
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", hostile.SHEET)
}


@given(st.data())
def test_damage_inside_a_part_is_told_not_raised(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(PARTS)))
    content = bytearray(PARTS[part])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from(PIECES)))
        content[at : at + data.draw(st.integers(0, 6))] = piece
    file = hostile.with_part(part, bytes(content))
    with suppress(WorkbookError):
        read_workbook(file)
    assert {issue.code for issue in examine(file, "a.xlsx").issues} <= set(messages())


PIECES = [b"<c>", b"</c>", b"<!--", b"-->", b'r="A0"', b'r="XFE9"', b's="-1"', b't="s"', b"&#0;",
          b"<v>1e999</v>", b"<v>nan</v>", b'ref="A1:"', b"<row>", b'rId1"', b'"', b"<"]  # fmt: skip


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.sampled_from(["-", "12.5%", "๑๒.๕", "ร้อยละ 80", "(5)", "1,234", "=1/0", "#N/A", "1e400"]),
)


@given(st.dictionaries(st.integers(0, 168), st.tuples(st.integers(0, 5), ANYTHING), max_size=25))
def test_any_content_of_any_cell_is_scored_or_told(typed) -> None:
    pages = star.pages()
    for row, (column, value) in typed.items():
        cells = pages[0].rows[row]
        if column == len(cells):
            cells.append(star.Box())
        cells[column].value = value
    found = star.read(pages)
    for issue in found.issues:
        assert not re.search(r"\{\w*\}", issue.text.th.replace(issue.found, ""))
    if found.result is not None:
        for item in found.result.items:
            assert item.node.raw is None or -1e-9 <= item.node.raw <= item.node.full + 1e-9


@given(
    st.binary(max_size=300), st.sampled_from(["", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
def test_any_bytes_are_told_not_raised(content: bytes, head: str) -> None:
    for name in ("a.xlsx", "a.xls", "a.csv", ""):
        assert examine(head.encode("latin-1") + content, name).form is None
