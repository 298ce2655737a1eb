"""Access databases made by hand: as much of the format as the reader needs. All invented."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

PAGE = 4096
INTEGER, MONEY, DAY, WORDS = 4, 5, 8, 10
Columns = Mapping[str, int]
Rows = Sequence[Sequence[Any]]
BALANCES: Columns = {
    "PDate": DAY, "Dr": MONEY, "Cr": MONEY, "EndDr": MONEY, "EndCr": MONEY, "LastNet": MONEY,
    "OrgID": WORDS, "AccCode": WORDS, "AccName": WORDS,
}  # fmt: skip
_CATALOG: Columns = {"Id": INTEGER, "Type": INTEGER, "Flags": INTEGER, "Name": WORDS}
_SIZES = {INTEGER: 4, MONEY: 8, DAY: 8}


def balances(
    hcode: str, day: date, accounts: Iterable[tuple[str, float, float]]
) -> list[tuple[Any, ...]]:
    """Rows of a D-file: what each account carries forward, moved in that month."""
    return [
        (day, debit, credit, debit, credit, 0, hcode, code, "x") for code, debit, credit in accounts
    ]


def d_file(rows: Rows, name: str = "DataIn", columns: Columns = BALANCES) -> bytes:
    """A database of one table."""
    table = 3
    catalog = [(2, 1, 0, "MSysObjects"), (table, 1, 0, name)]
    pages = [_header(), bytes(PAGE), _definition(_CATALOG, catalog), _definition(columns, rows)]
    pages += _data(2, _CATALOG, catalog) + _data(table, columns, rows)
    return b"".join(pages)


def _header() -> bytes:
    head = b"\x00\x01\x00\x00Standard Jet DB\x00" + struct.pack("<I", 1)
    return head.ljust(PAGE, b"\x00")


def _definition(columns: Columns, rows: Rows) -> bytes:
    words = sum(kind == WORDS for kind in columns.values())
    head = b"\x02\x01VC" + struct.pack("<8I", 0, 0, 0, len(rows), 0, 0, 0, 0)
    head += b"\x00" * 4 + struct.pack(
        "<BHHHIIII", 0x4E, len(columns), words, len(columns), 0, 0, 0, 0
    )
    fixed, body = 0, b""
    for place, kind in enumerate(columns.values()):
        size = _SIZES.get(kind, 0)
        flags = 0x03 if size else 0x02
        body += struct.pack("<BIHHH", kind, 0, place, 0, place) + bytes(4) + bytes((flags, 0))
        body += struct.pack("<IHH", 0, fixed, size)
        fixed += size
    for name in columns:
        text = name.encode("utf-16-le")
        body += struct.pack("<H", len(text)) + text
    return (head + body).ljust(PAGE, b"\x00")


def _data(owner: int, columns: Columns, rows: Rows) -> list[bytes]:
    records = [_record(columns, row) for row in rows]
    pages = []
    while records:
        some: list[bytes] = []
        while records and 14 + sum(map(len, some)) + len(records[0]) + 2 * (len(some) + 1) < PAGE:
            some.append(records.pop(0))
        at, offsets = PAGE, []
        for record in some:
            at -= len(record)
            offsets.append(at)
        head = b"\x01\x01" + struct.pack("<HIIH", 0, owner, 0, len(some))
        head += struct.pack(f"<{len(some)}H", *offsets)
        pages.append(head.ljust(at, b"\x00") + b"".join(reversed(some)))
    return pages


def _record(columns: Columns, row: Sequence[Any]) -> bytes:
    fixed, ends, words = b"", [], b""
    mask = 0
    for place, (kind, value) in enumerate(zip(columns.values(), row, strict=True)):
        mask |= (value is not None) << place
        if kind == WORDS:
            ends.append(len(words))
            words += b"" if value is None else value.encode("utf-16-le")
        else:
            fixed += _fixed(kind, value)
    start = 2 + len(fixed)
    tail = struct.pack("<H", start + len(words))
    tail += b"".join(struct.pack("<H", start + end) for end in reversed(ends))
    tail += struct.pack("<H", len(ends)) + mask.to_bytes((len(columns) + 7) // 8, "little")
    return struct.pack("<H", len(columns)) + fixed + words + tail


def _fixed(kind: int, value: Any) -> bytes:
    if kind == INTEGER:
        return struct.pack("<i", value or 0)
    if kind == MONEY:
        return struct.pack("<q", round((value or 0) * 10_000))
    days = (value - date(1899, 12, 30)).days if value else 0
    return struct.pack("<d", float(days))
