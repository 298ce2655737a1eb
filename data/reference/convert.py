"""Writes provinces.csv and districts.csv anew: `python -m data.reference.convert`.

Names and codes come from the package geothai, the health region of a province from
health-regions.csv beside this file. regions.csv is written by hand.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import geothai

FOLDER: Final = Path(__file__).resolve().parent


def main(folder: Path = FOLDER) -> None:
    """Write both tables into `folder`."""
    _write(folder / "provinces.csv", ("code", "region", "name_th", "name_en"), _provinces())
    _write(folder / "districts.csv", ("code", "province", "name_th", "name_en"), _districts())


def _provinces() -> Iterator[Sequence[str]]:
    regions = _regions()
    for province in geothai.provinces():
        known, region = regions[province.code]
        if known != province.name_th:
            raise ValueError(f"{province.code} is {province.name_th} here and {known} there")
        yield f"P{province.code}", region, province.name_th, province.name_en


def _districts() -> Iterator[Sequence[str]]:
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            yield f"D{district.code}", f"P{province.code}", district.name_th, district.name_en


def _regions() -> dict[str, tuple[str, str]]:
    """Thai name and health region by the code of the province."""
    with (FOLDER / "health-regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["province_code"]: (row["name_th"], f"R{int(row['health_region']):02}")
            for row in csv.DictReader(file)
        }


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
