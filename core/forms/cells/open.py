"""The one door to a file of cells, whatever its kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from core.collector import collector_at_rest
from core.forms.cells.access import read_access
from core.forms.cells.container import MEGABYTE, STANDARD, Kind, Limits, Package, open_package
from core.forms.cells.summary_sheet import without_summary
from core.forms.cells.text.delimited import read_delimited
from core.forms.cells.workbook import Workbook
from core.forms.cells.xls import read_xls
from core.forms.cells.xlsx.book import read_xlsx

_READERS: Final[Mapping[Kind, Callable[[Package, Limits], Workbook]]] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "csv": read_delimited,
    "mdb": read_access,
}
_LARGE: Final = 4 * MEGABYTE
_GLANCE: Final = MEGABYTE
"""Bytes read of each sheet of a large file before the rest: some ten thousand cells."""


def read_workbook(
    data: bytes,
    name: str = "",
    limits: Limits = STANDARD,
    accept: Callable[[Workbook], object] | None = None,
) -> tuple[Workbook, Package]:
    """The cells of a file, and what kind of file it is.

    `name` only tells a text table. `accept` is shown the beginning of a large file and raises when
    it is none we know, so that no time is lost on the rest. `WorkbookError` F001-F010 when the file
    is none, damaged, under a password or holds more than the limits; nothing in it is run, followed
    or expanded. The list we put in front of a returned copy is left out.
    """
    package = open_package(data, name, limits)
    with collector_at_rest():
        if accept and package.sheet_bytes > _LARGE:
            accept(read_xlsx(package, replace(limits, sheet_bytes=_GLANCE)))
        return without_summary(_READERS[package.kind](package, limits)), package
