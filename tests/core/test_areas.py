"""Codes of areas, and the way up from one."""

import pytest

from core.areas import Area, Level, chain, parse_area
from core.errors import UsageError

PARENTS = {"R03": "TH", "P61": "R03", "D6101": "P61", "11223": "D6101"}


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("TH", Level.COUNTRY),
        ("R01", Level.REGION),
        ("R13", Level.REGION),
        ("P10", Level.PROVINCE),
        ("P96", Level.PROVINCE),
        ("D6101", Level.DISTRICT),
        ("01122", Level.FACILITY),
        ("001122300", Level.FACILITY),
    ],
)
def test_a_code_tells_its_level(code: str, level: Level) -> None:
    area = parse_area(code)
    assert (area, str(area)) == (Area(level, code), code)


@pytest.mark.parametrize("typed", [" d6101 ", "D๖๑๐๑", "d6101"])
def test_small_letters_spaces_and_thai_digits_are_welcome(typed: str) -> None:
    assert parse_area(typed).code == "D6101"


@pytest.mark.parametrize(
    "typed",
    ["", "R00", "R14", "R3", "P6", "P06", "P610", "D610", "D0101", "D61011", "1122", "112233",
     "00112230", "0011223000", "X61", "TH1", "R03 P61", "D61O1", "P-1"],
)  # fmt: skip
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="U006") as caught:
        parse_area(typed)
    assert caught.value.params == {"area": typed}


def test_levels_go_down_from_the_country() -> None:
    codes = ["11223", "P61", "TH", "D6101", "R03"]
    assert sorted(codes, key=lambda code: parse_area(code).level) == [
        "TH", "R03", "P61", "D6101", "11223",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "province"), [("D6101", "P61"), ("P61", "P61"), ("R03", None), ("11223", None)]
)
def test_a_district_tells_its_province(code: str, province: str | None) -> None:
    assert parse_area(code).province == province


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("TH", ("TH",)),
        ("R03", ("TH", "R03")),
        ("P61", ("TH", "R03", "P61")),
        ("D6101", ("TH", "R03", "P61", "D6101")),
        ("11223", ("TH", "R03", "P61", "D6101", "11223")),
        ("D6199", ("TH", "R03", "P61", "D6199")),
        ("99999", ("TH", "99999")),
        ("P96", ("TH", "P96")),
    ],
)
def test_the_way_from_the_country_to_an_area(code: str, way: tuple[str, ...]) -> None:
    assert chain(code, PARENTS) == way
