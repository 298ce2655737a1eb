"""The one door to a file of cells, whatever its kind."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, Literal

from core.forms.cells import Workbook
from core.forms.delimited import read_delimited
from core.forms.legacy import read_xls
from core.forms.package import STANDARD, Limits, Package, open_package
from core.forms.summary_name import without_summary
from core.forms.xlsx import read_xlsx

_READERS: Final[Mapping[Literal["xlsx", "xls", "csv"], Callable[[Package, Limits], Workbook]]] = {
    "xlsx": read_xlsx,
    "xls": read_xls,
    "csv": read_delimited,
}


def read_workbook(
    data: bytes, name: str = "", limits: Limits = STANDARD
) -> tuple[Workbook, Package]:
    """The cells of a file, and what kind of file it is.

    `name` only tells a text table. `WorkbookError` F001-F010 when the file is none, damaged,
    under a password or holds more than the limits; nothing in it is run, followed or expanded.
    The list we put in front of a returned copy is left out.
    """
    package = open_package(data, name, limits)
    with collector_at_rest():
        return without_summary(_READERS[package.kind](package, limits)), package


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Cells are many small objects without cycles; walking them over and over doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
