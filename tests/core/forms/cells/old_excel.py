"""Builds old .xls files record by record: honest ones, and ones no program would write."""

import struct
from collections.abc import Iterable

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
GENERAL, PERCENT, DATE = 1, 2, 3
"""Cell styles of the workbooks built here."""


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 0x0600))


END_OF_PART = record(0x000A)


def number(row: int, column: int, value: float, style: int = GENERAL) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, text: str) -> bytes:
    body = struct.pack("<HHHHB", row, column, GENERAL, len(text), 1) + text.encode("utf-16-le")
    return record(0x0204, body)


def wrong(row: int, column: int, code: int) -> bytes:
    """An error cell; 7 is #DIV/0!, 42 is #N/A."""
    return record(0x0205, struct.pack("<HHHBB", row, column, GENERAL, code, 1))


def truth(row: int, column: int, value: bool) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, GENERAL, value, 0))


def formula_text(row: int, column: int, text: str) -> bytes:
    """A formula with a cached text."""
    result = struct.pack("<BxBxxxH", 0, 0, 0xFFFF)
    head = struct.pack("<HHH8sHIH", row, column, GENERAL, result, 0, 0, 0)
    saved = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    return record(0x0006, head) + record(0x0207, saved)


def formula_number(row: int, column: int, value: float) -> bytes:
    """A formula with a cached number."""
    head = struct.pack("<HHHdHIH", row, column, GENERAL, value, 0, 0, 0)
    return record(0x0006, head)


def hidden_row(row: int) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHHH", row, 0, 1, 0xFF, 0, 0, 0x20, 0))


def hidden_columns(first: int, last: int) -> bytes:
    return record(0x007D, struct.pack("<HHHHHH", first, last, 0, 0, 1, 0))


def shared_texts(texts: Iterable[str], count: int) -> bytes:
    """The table of shared texts, which claims to hold `count`."""
    packed = b"".join(struct.pack("<HB", len(t), 1) + t.encode("utf-16-le") for t in texts)
    return record(0x00FC, struct.pack("<ii", count, count) + packed)


def shared(row: int, column: int, place: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, GENERAL, place))


def number_format(number: int, code: str) -> bytes:
    return record(0x041E, struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le"))


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def _styles() -> bytes:
    shape = "<HHHBBBBIIH"
    style = record(0x00E0, struct.pack(shape, 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    cells = (
        record(0x00E0, struct.pack(shape, 0, format_, 0x0001, 0x20, 0, 0, 0, 0, 0, 0x20C0))
        for format_ in (0, 9, 14)
    )
    return style + b"".join(cells)


def bound(name: str, offset: int, hidden: bool = False) -> bytes:
    body = struct.pack("<IBBBB", offset, hidden, 0, len(name), 1) + name.encode("utf-16-le")
    return record(0x0085, body)


def stream(sheets: Iterable[tuple[str, bytes, bool]], extra: bytes = b"") -> bytes:
    """The workbook stream of sheets given as name, cell records, hidden."""
    sheets = list(sheets)
    head = begin(0x0005) + record(0x0042, struct.pack("<H", 1200)) + _styles() + extra
    names = sum(len(bound(name, 0, hidden)) for name, _, hidden in sheets)
    offset = len(head) + names + len(END_OF_PART)
    bounds, bodies = b"", b""
    for name, cells, hidden in sheets:
        bounds += bound(name, offset + len(bodies), hidden)
        bodies += begin(0x0010) + cells + END_OF_PART
    return head + bounds + END_OF_PART + bodies


def workbook(*sheets: tuple[str, bytes, bool], extra: bytes = b"") -> bytes:
    return container(stream(sheets, extra))


def container(content: bytes, name: str = "Workbook") -> bytes:
    """A compound file with one stream; at most 7 MB."""
    content = content.ljust(4096, b"\x00")
    data = -(-len(content) // SECTOR)
    fats = -(-(data + 1) // (SECTOR // 4 - 1))
    directory, first = fats, fats + 1
    assert fats <= 109
    chain = [FAT] * fats + [END] + [first + n + 1 for n in range(data - 1)] + [END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(fats), *[FREE] * (109 - fats))
    entries = _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, first, len(content))
    entries = entries.ljust(SECTOR, b"\x00")
    return header + table + entries + content.ljust(data * SECTOR, b"\x00")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text) + 2, kind, 1)
    return (
        head + struct.pack("<III", FREE, FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
    )
