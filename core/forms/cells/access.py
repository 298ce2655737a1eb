"""The reader of Access databases: the one table of the ministry's D-file, as a sheet of cells.

No other table is read: they hold nothing a trial balance needs. The library trusts a file's
pointers; here a chain of pages ends where it turns back, and rows are counted as they are read.
"""

import logging
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Final

from access_parser.access_parser import AccessParser, AccessTable, ConstructError, TableObj
from access_parser.utils import TYPE_DATETIME, TYPE_MONEY, categorize_pages

from core.errors import WorkbookError
from core.forms.cells.container import Limits, Package
from core.forms.cells.number_format import NumberFormat
from core.forms.cells.personal import DIGITS, NumberPlace, holds_citizen_number
from core.forms.cells.workbook import Cell, Place, Sheet, Workbook
from core.text import Text, say

BALANCES: Final = "DataIn"
"""The table that holds trial balances."""
_COLUMNS: Final = ("PDate", "OrgID", "AccCode", "Dr", "Cr", "EndDr", "EndCr")
_WHERE_THERE: Final = ("SentDate",)
"""Read as well in a database that has it: when each line was sent to the ministry."""
_MONEY: Final = 10_000
"""Money is stored in whole ten-thousandths."""
_CATALOG_PAGE: Final = 2
_LEAST_PAGE: Final = 2048
"""Bytes: a database is whole pages of 2,048 (Jet 3) or 4,096."""
_TABLE: Final = 1
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the clock of its office
_OF_THE_SYSTEM: Final = "MSys"
"""How the names of tables begin that the database keeps for itself."""
_KIND: Final = re.compile(r"([CMQ])\d", re.IGNORECASE)
_FAILURES: Final = (
    ConstructError, struct.error, ValueError, TypeError, KeyError, IndexError, AttributeError,
    OverflowError, UnicodeError, MemoryError, RecursionError,
)  # fmt: skip
"""What the library raises for files that are not as they should be."""


class _Refusal(logging.Handler):
    """What the library only logs, such as a row it leaves out, is damage here."""

    def emit(self, record: logging.LogRecord) -> None:
        raise WorkbookError("F020") from ValueError(record.getMessage())


_LOGGER = logging.getLogger("access_parser")
_LOGGER.propagate = False
_LOGGER.addHandler(_Refusal(logging.WARNING))


def read_access(package: Package, limits: Limits) -> Workbook:
    """The trial balances of a D-file as one sheet, the names of its columns in the first row.

    Raises `WorkbookError`: F010 more cells than the limit, F020 damaged, F022 another database,
    F023 one without any balance, F061 a citizen number in a table that is not read.
    """
    if len(package.data) % _LEAST_PAGE:
        raise WorkbookError("F020")
    try:
        database = _Database(package.data, limits)
        table, personal = database.balances(), database.citizen_number()
    except _FAILURES as error:
        raise WorkbookError("F020") from error
    if table is None:
        raise WorkbookError("F022", kind=_kind(package.name))
    if personal is not None:
        raise WorkbookError("F061", table=personal.sheet, place=personal.cell)
    if not any(cell for cells in table.values() for cell in cells):
        raise WorkbookError("F023")
    return Workbook([_sheet(table)])


def _kind(name: str) -> Text:
    """What another database of the ministry is by the name of its file."""
    letter = _KIND.match(PurePosixPath(name.replace("\\", "/")).name)
    kinds: Mapping[str, Text] = {
        "C": say("a C-file (costs of services), as its name says"),
        "M": say("an M-file (plan and management accounts), as its name says"),
        "Q": say("a Q-file (quality of accounts), as its name says"),
    }
    return kinds.get(letter[1].upper() if letter else "", say("another Access database"))


class _Table(AccessTable):  # type: ignore[misc]
    """A table whose rows are counted, and whose chains of pages end."""

    def __init__(self, *args: Any, most: int) -> None:
        self._left = self._most = most
        super().__init__(*args)

    def _parse_row(self, record: bytes) -> None:
        self._left -= max(1, len(self.columns))
        if self._left < 0:
            raise WorkbookError("F010", limit=self._most)
        super()._parse_row(record)

    def _parse_memo(self, relative_obj_data: bytes, return_raw: bool = False) -> None:
        """Nothing: long texts lie in chains of pages, and none is needed."""

    def _merge_table_data(self, first_page: int) -> bytes:
        seen: set[int] = set()
        merged, page = b"", first_page
        while page and page not in seen:
            seen.add(page)
            data = self._table_defs[page * self.page_size]
            # Two bytes of kind, two of room left, four that name the next page.
            page = int.from_bytes(data[4:8], "little")
            merged += data[8:]
        return merged


class _Database(AccessParser):  # type: ignore[misc]
    """A database in memory whose catalogue alone is read at first."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._most = limits.cells
        self.db_data = data
        self._parse_file_header(data)
        pages = categorize_pages(data, self.page_size)
        self._table_defs, self._data_pages, self._all_pages = pages
        self._tables_with_data = self._link_tables_to_data()
        self.catalog = self._parse_catalog()

    def balances(self) -> Mapping[str, Sequence[Any]] | None:
        """The columns of the table of trial balances; None where there is no such table."""
        offset = self.catalog.get(BALANCES)
        if offset is None:
            return None
        page = offset * self.page_size
        held = self._tables_with_data.get(page) or TableObj(page, self._table_defs[page])
        table = self._table(held)
        types = {column.col_name_str: column.type for column in table.columns.values()}
        if not types.keys() >= {*_COLUMNS}:
            return None
        names = (*_COLUMNS, *(name for name in _WHERE_THERE if name in types))
        rows = table.parse()
        if {len(rows[name]) for name in names} != {table.table_header.number_of_rows}:
            # A row that is missing, or was read in part, would be wrong figures and no error.
            raise WorkbookError("F020")
        return {name: list(map(_reader(types[name]), rows[name])) for name in names}

    def citizen_number(self) -> NumberPlace | None:
        """Where a citizen number stands that is not among the balances; None where none does.

        Long texts, and tables that cannot be taken apart, are not searched: nothing of them is
        read either.
        """
        for name, number in self.catalog.items():
            held = self._tables_with_data.get(number * self.page_size)
            if held is None or name.startswith(_OF_THE_SYSTEM):
                continue
            try:
                columns = self._table(held).parse()
            except (*_FAILURES, WorkbookError):
                continue
            for column, values in columns.items():
                if name == BALANCES and column in (*_COLUMNS, *_WHERE_THERE):
                    continue
                row = next((n for n, one in enumerate(values, 1) if _is_personal(one)), None)
                if row is not None:
                    return NumberPlace(name, f"{column} {row:,}")
        return None

    def _table(self, held: TableObj) -> _Table:
        pages = (self.version, self.page_size, self._data_pages, self._table_defs)
        return _Table(held, *pages, most=self._most)

    def _link_tables_to_data(self) -> Mapping[int, TableObj]:
        """The data pages of each table: bytes 4 to 8 of a page name the table it belongs to."""
        linked: dict[int, TableObj] = {}
        for data in self._data_pages.values():
            page = int.from_bytes(data[4:8], "little") * self.page_size
            if page in self._table_defs:
                known = linked.setdefault(page, TableObj(page, self._table_defs[page]))
                known.linked_pages.append(data)
        return linked

    def _parse_catalog(self) -> Mapping[str, int]:
        """Tables by name, each with the page of its definition."""
        rows = self._table(self._tables_with_data[_CATALOG_PAGE * self.page_size]).parse()
        listed = zip(rows["Name"], rows["Type"], rows["Id"], strict=True)
        return {name: number for name, kind, number in listed if kind == _TABLE}


def _is_personal(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) >= DIGITS and holds_citizen_number(value)
    is_whole = isinstance(value, int | float) and value == int(value)
    return is_whole and holds_citizen_number(str(int(value)))


def _reader(kind: int) -> Callable[[Any], Cell | None]:
    return {TYPE_MONEY: _money, TYPE_DATETIME: _day}.get(kind, _plain)


def _money(value: Any) -> Cell | None:
    return None if value is None else Cell(int(value) / _MONEY)


def _day(value: Any) -> Cell | None:
    """A date as workbooks count them; what is none stays text, so that it is told of."""
    if not value:
        return None
    try:
        past = datetime.fromisoformat(value) - _FIRST_DAY
    except ValueError:
        return Cell(str(value))
    return Cell(past / timedelta(days=1), is_date=True, format=NumberFormat("date"))


def _plain(value: Any) -> Cell | None:
    if isinstance(value, int | float):
        return Cell(float(value))
    return Cell(str(value)) if value else None


def _sheet(table: Mapping[str, Sequence[Cell | None]]) -> Sheet:
    return Sheet(BALANCES, dict(_cells(table)))


def _cells(table: Mapping[str, Sequence[Cell | None]]) -> Iterator[tuple[Place, Cell]]:
    for column, (name, cells) in enumerate(table.items(), 1):
        yield Place(1, column), Cell(name)
        for row, cell in enumerate(cells, 2):
            if cell is not None:
                yield Place(row, column), cell
