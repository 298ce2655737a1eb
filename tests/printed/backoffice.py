"""Document 000, fiscal year 2565, as it is printed: counts, orders, the year plan, five steps.

The units of five provinces are invented codes, as many as are printed; days are invented too, for
the document prints none.
"""

from collections.abc import Iterator, Mapping, Sequence

from tests.printed.typing import Row, typed

YEAR = 2565
COUNTS = {"P62": (3, 27), "P61": (8, 89), "P18": (3, 31), "P60": (6, 63), "P66": (12, 110)}
NAMES = {"P62": "กำแพงเพชร", "P61": "อุทัยธานี", "P18": "ชัยนาท", "P60": "นครสวรรค์", "P66": "พิจิตร"}
STEPS = ("1_1", "1_2", "2_1", "2_2", "3_1", "3_2", "4_1", "4_2", "5_1", "5_2", "5_3")


def shared(units: int, districts: int) -> list[int]:
    """Units dealt over districts as evenly as they go."""
    return [units // districts + (place < units % districts) for place in range(districts)]


def districts(province: str) -> list[str]:
    """The districts of a province that take part: its first ones by their codes."""
    return [f"D{province[1:]}{number:02}" for number in range(1, COUNTS[province][0] + 1)]


def units() -> Iterator[tuple[str, str, str]]:
    """The hcode of every unit with its district and province."""
    first = 10001
    for province, (count, number) in COUNTS.items():
        for district, own in zip(districts(province), shared(number, count), strict=True):
            for _ in range(own):
                yield f"{first:05}", district, province
                first += 1


UNITS: Sequence[Row] = [
    {
        "hcode": hcode, "backoffice.district": district[1:], "fiscal_year": YEAR, "quarter": 1,
        "backoffice.days": 1.5, "backoffice.supplies": 9, "backoffice.finance": 11,
        "backoffice.refill": "ใช่",
        "backoffice.satisfaction": 4, "backoffice.satisfaction_full": 5,
    }
    for hcode, district, _ in units()
]  # fmt: skip
NETWORKS: Sequence[Row] = [
    {
        "district": district[1:], "fiscal_year": YEAR, "quarter": 1, "backoffice.targeted": own,
        **{f"backoffice.step_{step}": "ใช่" if step < "2" else "ไม่" for step in STEPS},
    }
    for province, (count, number) in COUNTS.items()
    for district, own in zip(districts(province), shared(number, count), strict=True)
]  # fmt: skip
TARGETS: Sequence[Row] = [
    {"target.province": NAMES[code], "fiscal_year": YEAR, "target.districts": d, "target.units": u}
    for code, (d, u) in COUNTS.items()
]
ORDERS: Sequence[Row] = [
    {
        "order.level": "จังหวัด", "line": "1", "fiscal_year": YEAR,
        "order.number": "5176/2565", "order.day": "30 ธันวาคม 2564",
    },
    *(
        {"order.level": "อำเภอ", "line": str(n), "fiscal_year": YEAR, "order.number": f"{n}/2565"}
        for n in range(1, 9)
    ),
]  # fmt: skip
FORM: Mapping[str, Sequence[Row]] = {"units": UNITS, "networks": NETWORKS}
PROGRAMME: Mapping[str, Sequence[Row]] = {"targets": TARGETS, "orders": ORDERS}


def workbook() -> bytes:
    return typed("backoffice", FORM)


def programme_workbook() -> bytes:
    return typed("backoffice-plan", PROGRAMME)
