"""A folder of workbooks read by us, by calamine and by openpyxl: what differs, cell by cell.

`python -m bench.corpus [FOLDER]` walks a folder of any workbooks, the tests' own samples without
one. It prints how many files each reader could read, why ours refused the others, and how the cells
of those read differ; each kind of difference with its first example. A number that differs from one
that calamine and openpyxl agree about fails the run.
"""

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import openpyxl
from python_calamine import CalamineWorkbook

from core.errors import WorkbookError
from core.forms.cells.open import read_workbook
from core.forms.cells.workbook import Cell, CellValue

SAMPLES = Path(__file__).parent.parent / "tests" / "data"
KINDS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})
LARGEST = 5_000_000
"""Bytes of a file that openpyxl is asked to read."""
DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zone

Values = Mapping[tuple[str, int, int], CellValue]
"""Sheet, row and column from 1 -> value; empty cells are left out."""


class Outcome(NamedTuple):
    """What a reader made of a file: its cells, or why it did not read it."""

    values: Values | None
    refusal: str = ""


def main() -> int:
    """Print the differences; 1 when a number is read otherwise than both others read it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    read: Counter[str] = Counter()
    refusals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix.casefold() in KINDS):
        data = path.read_bytes()
        outcomes = {name: tried(reader, data, path.name) for name, reader in READERS.items()}
        read.update(name for name, outcome in outcomes.items() if outcome.values is not None)
        read["files"] += 1
        if outcomes["ours"].values is None:
            refusals[outcomes["ours"].refusal] += 1
        for kind, place in differences(outcomes):
            kinds[kind] += 1
            examples.setdefault(kind, f"{path.name} {place}")
    print_table("read by", read)
    print_table("refused by ours", refusals)
    print_table("cells", kinds, examples)
    return int(kinds[WRONG] > 0)


WRONG = "a number both others read otherwise"


def tried(reader: Callable[[bytes, str], Values], data: bytes, name: str) -> Outcome:
    """A reader's outcome; readers of others raise whatever they like."""
    try:
        return Outcome(reader(data, name))
    except WorkbookError as error:
        return Outcome(None, error.code)
    except Exception as error:  # noqa: BLE001
        return Outcome(None, type(error).__name__)


def ours(data: bytes, name: str) -> Values:
    """The cells that hold a value or an error, which stands as its text."""
    book, _ = read_workbook(data, name)
    return {
        (sheet.name, *place): cell.value
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
        if says_something(cell)
    }


def says_something(cell: Cell) -> bool:
    """Whether a cell holds a value."""
    return cell.value is not None and cell.value != ""


def by_calamine(data: bytes, _: str) -> Values:
    """Values as calamine gives them; error cells are empty to it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        (name, row, column): plain(value)
        for name in book.sheet_names
        for row, values in enumerate(
            book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1
        )
        for column, value in enumerate(values, 1)
        if value not in ("", None)
    }


def by_openpyxl(data: bytes, _: str) -> Values:
    """The values saved with the workbook."""
    if len(data) > LARGEST:
        raise MemoryError
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): plain(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in ("", None)
    }


READERS: Mapping[str, Callable[[bytes, str], Values]] = {
    "ours": ours,
    "calamine": by_calamine,
    "openpyxl": by_openpyxl,
}


def plain(value: object) -> CellValue:
    """A value as a workbook holds it: dates and times as days."""
    if isinstance(value, datetime):
        return (value - DAY_ZERO) / timedelta(days=1)
    if isinstance(value, date):
        return plain(datetime(value.year, value.month, value.day))  # noqa: DTZ001
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return value if isinstance(value, bool | str) else float(str(value))


def differences(outcomes: Mapping[str, Outcome]) -> Iterator[tuple[str, str]]:
    """The kind of each difference and where it is; of each cell that is the same, too."""
    own = outcomes["ours"].values
    others = {name: outcomes[name].values for name in ("calamine", "openpyxl")}
    if own is None:
        return
    for place in own.keys() | {place for other in others.values() for place in other or ()}:
        kinds = {
            name: kind_of(own.get(place), other.get(place))
            for name, other in others.items()
            if other is not None
        }
        sheet, row, column = place
        spot = f"{sheet}!R{row}C{column}: {own.get(place)!r}"
        if kinds and all(kind.startswith("a number") for kind in kinds.values()):
            yield WRONG, spot
        for name, kind in kinds.items():
            yield f"{name}: {kind}", spot


def kind_of(own: CellValue, other: CellValue) -> str:
    """How two readings of one cell differ."""
    if own == other or is_near(own, other):
        return "the same"
    if isinstance(own, str) and own.startswith("#") and other is None:
        return "an error that is empty there"
    if own is None or other is None:
        return "only there" if own is None else "only ours"
    if isinstance(own, float) or isinstance(other, float):
        return "a number that differs"
    return "a text that differs"


def is_near(own: CellValue, other: CellValue) -> bool:
    """Whether two numbers are the same up to the noise of dates, which are read to the second."""
    numbers = isinstance(own, float | bool) and isinstance(other, float | bool)
    return numbers and abs(float(own or 0) - float(other or 0)) <= 1e-5 * max(
        1.0, abs(float(own or 0))
    )


def print_table(
    title: str, counts: Counter[str], examples: Mapping[str, str] | None = None
) -> None:
    """Counts, the most frequent first."""
    print(title)
    for kind, count in counts.most_common():
        example = f"   e.g. {examples[kind]}" if examples and "same" not in kind else ""
        print(f"  {count:>9,}  {kind}{example}")


if __name__ == "__main__":
    sys.exit(main())
