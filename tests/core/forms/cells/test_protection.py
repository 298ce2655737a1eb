"""Workbooks encrypted with Excel's own password are read; any other password is told."""

import io
import struct
from hashlib import md5

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.rc4 import DocumentRC4

from core.errors import WorkbookError
from core.forms.cells import protection
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Place
from tests.core.forms.assessment import star_books as star
from tests.core.forms.cells.old_excel import container, label, number, record, stream

DEFAULT, OTHER = "VelvetSweatshop", "secret"
SALT = bytes(range(16))


def code_of(data: bytes) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(data, "a.xls")
    return caught.value.code


def encrypted(password: str) -> bytes:
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(star.sample())).encrypt(password, file)
    return file.getvalue()


def test_a_new_workbook_meant_for_reading_only_is_read() -> None:
    assert read_workbook(encrypted(DEFAULT))[0] == read_workbook(star.sample())[0]


def test_a_new_workbook_under_another_password_is_told() -> None:
    assert code_of(encrypted(OTHER)) == "F005"


def rc4(password: str, data: bytes) -> bytes:
    """The same both ways."""
    return DocumentRC4.decrypt(password, SALT, io.BytesIO(data), blocksize=1024).read()


def old(password: str) -> bytes:
    """An old workbook in RC4: everything but the first record's and the places of its sheets."""
    verifier = bytes(16)
    both = rc4(password, verifier + md5(verifier).digest())
    filepass = record(0x002F, struct.pack("<HHH", 1, 1, 1) + SALT + both)
    cells = label(0, 0, "ก") + number(0, 1, 5)
    plain = stream([("a", cells, False)], extra=filepass)
    plain += record(0x00EC, bytes(4092 - len(plain)))  # records to the last byte
    cipher = rc4(password, plain)
    changed = bytearray(plain)
    place = 0
    while place + 4 <= len(plain):
        kind, length = struct.unpack_from("<HH", plain, place)
        begun = place + 4 + (4 if kind == 0x0085 else 0)
        if kind not in (0x0809, 0x002F):
            changed[begun : place + 4 + length] = cipher[begun : place + 4 + length]
        place += 4 + length
    return container(bytes(changed))


def test_an_old_workbook_with_protected_structure_is_read() -> None:
    sheet = read_workbook(old(DEFAULT), "a.xls")[0].sheets[0]
    assert (sheet.name, sheet.at(Place(1, 1)).value, sheet.at(Place(1, 2)).value) == ("a", "ก", 5.0)


def test_an_old_workbook_under_another_password_is_told() -> None:
    assert code_of(old(OTHER)) == "F005"


@pytest.mark.parametrize(
    "changed",
    [
        lambda file: file.replace(b'spinCount="100000"', b'spinCount="999999"'),
        lambda file: file.replace(b'spinCount="100000"', b'spinCount="&#49;"    '[:18]),
        lambda file: file.replace(b"<encryption ", b"<!ncryption "),
    ],
)
def test_what_would_cost_too_much_is_not_tried(changed, monkeypatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr(ECMA376Agile, "makekey_from_password", lambda *_: tried.append(1) or b"")
    assert code_of(changed(encrypted(DEFAULT))) == "F005"
    assert tried == []


@pytest.mark.parametrize("make", [lambda: encrypted(DEFAULT), lambda: old(DEFAULT)])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_damaged_one_is_told(make, share: float) -> None:
    file = make()
    assert code_of(file[: int(len(file) * share)]) in {"F004", "F005", "F008"}


def test_an_old_workbook_too_large_to_be_walked_is_told(monkeypatch) -> None:
    monkeypatch.setattr(protection, "_LARGEST_OLD", 100)
    assert code_of(old(DEFAULT)) == "F005"
