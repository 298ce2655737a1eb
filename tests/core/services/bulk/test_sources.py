"""Which files of folders and archives are taken, and which archives are not opened."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.errors import UsageError, WorkbookError
from core.services.bulk.sources import MOST_FILES, all_sources, dropped_sources
from tests.core.services.sending import STAR


def archive(files: Mapping[str, bytes], folder: Path | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in files.items():
            writer.writestr(name, content)
    if folder:
        (folder / "sent.zip").write_bytes(buffer.getvalue())
    return buffer.getvalue()


def names(data: bytes) -> list[str] | None:
    sources = dropped_sources(data)
    return None if sources is None else [source.name for source in sources]


def test_a_folder_gives_its_files_in_order_without_what_programs_leave(tmp_path: Path) -> None:
    for name in ("ข.csv", "ก/2.csv", "ก/~$2.csv", ".DS_Store", "Thumbs.db", "read me.docx"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(name.encode())
    sources = all_sources([tmp_path]) or ()
    assert [one.name for one in sources] == ["read me.docx", "ก/2.csv", "ข.csv"]
    assert sources[1].read() == "ก/2.csv".encode()


def test_an_archive_gives_the_same_files(tmp_path: Path) -> None:
    archive({"b.csv": b"2", "a.xlsx": b"1", "__MACOSX/._a.xlsx": b"0"}, tmp_path)
    sources = all_sources([tmp_path / "sent.zip"]) or ()
    assert [(one.name, one.read()) for one in sources] == [("a.xlsx", b"1"), ("b.csv", b"2")]


def test_names_that_windows_wrote_in_thai_letters_are_read() -> None:
    data = archive({"XXXXXXXXX.csv": b"1", "b.csv": b"2"})
    assert names(data.replace(b"XXXXXXXXX", "การเงิน66".encode("cp874"))) == [
        "b.csv",
        "การเงิน66.csv",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"no archive",
        b"PK\x03\x04 cut off",
        STAR.read_bytes(),
        archive({"D10661.mdb": b"one D-file alone"}),
        archive({"content.xml": b"", "mimetype": b"", "a.csv": b""}),
        archive({"only a letter.docx": b""}),
    ],
)
def test_a_file_of_its_own_is_no_archive_of_workbooks(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    assert names(data) is all_sources([file]) is None


def test_folders_and_files_are_taken_together(tmp_path: Path) -> None:
    archive({"a.csv": b"1", "b.csv": b"2"}, tmp_path)
    (tmp_path / "c.csv").write_bytes(b"3")
    sources = all_sources([tmp_path / "c.csv", tmp_path / "sent.zip"]) or ()
    assert [one.name for one in sources] == ["c.csv", "a.csv", "b.csv"]


def test_more_than_a_thousand_are_refused_before_any_is_read() -> None:
    data = archive({f"{number}.csv": b"" for number in range(MOST_FILES + 1)})
    with pytest.raises(UsageError, match="U012"):
        names(data)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U004"):
        all_sources([tmp_path / "nowhere"])


def test_a_bomb_is_not_opened() -> None:
    data = archive({f"{number}.csv": bytes(4_000_000) for number in range(4)})
    with pytest.raises(WorkbookError, match="F003"):
        names(data)


def test_an_archive_under_a_password_says_so() -> None:
    data = bytearray(archive({"a.csv": b"1", "b.csv": b"2"}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(WorkbookError, match="F005"):
        names(bytes(data))


def test_a_damaged_member_is_refused_alone() -> None:
    content = b"figures that were changed on the way " * 9
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as writer:
        writer.writestr("a.csv", content)
        writer.writestr("b.csv", b"2")
    sources = dropped_sources(buffer.getvalue().replace(b"changed", b"CHANGED")) or ()
    assert sources[0].read() == b"PK"
    assert sources[1].read() == b"2"


def test_a_member_that_cannot_be_unpacked_is_refused_alone() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("a.csv", b"1,2,3\n" * 500)
        writer.writestr("b.csv", b"2")
        begin = writer.getinfo("a.csv").header_offset + 30 + len("a.csv")
    damaged = bytearray(buffer.getvalue())
    damaged[begin : begin + 4] = b"\xff\xff\xff\xff"
    sources = dropped_sources(bytes(damaged)) or ()
    assert sources[0].read() == b"PK"
    assert sources[1].read() == b"2"
