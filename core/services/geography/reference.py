"""The areas every store begins with: 13 health regions, 77 provinces, 928 districts."""

import csv
from collections.abc import Iterator

from core.areas import COUNTRY
from core.criteria.load import DATA_FOLDER
from core.store.register.row import AreaRow


def all_areas() -> Iterator[AreaRow]:
    """Regions, provinces and districts of the register, each after the one it lies in."""
    for table, parent in (("regions", ""), ("provinces", "region"), ("districts", "province")):
        for row in reference_rows(table):
            above = row[parent] if parent else COUNTRY
            yield AreaRow(row["code"], row["name_th"], row["name_en"], above)


def reference_rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of `data/reference`."""
    path = DATA_FOLDER / "reference" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
