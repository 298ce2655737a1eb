"""Every file of the plans and programmes of the demonstration."""

from collections.abc import Iterator

from core.demo.files.csv_files import DemoFile
from core.demo.programmes.department import department_files
from core.demo.programmes.relief import relief_files


def programme_files() -> Iterator[DemoFile]:
    """The files of back-office relief, then those of a department."""
    yield from relief_files()
    yield from department_files()
