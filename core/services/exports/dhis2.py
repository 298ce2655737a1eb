"""Results for DHIS2: `dataValueSets` as JSON and ADX as XML, and both read back.

A criterion is a data element, an area or facility an organisation unit by its own code. What has no
number is left out: in DHIS2 a value that is missing is not sent. So are rounds, which are no period
of DHIS2. Docs: DHIS2 developer guide, data values; IHE QRPH ADX.
"""

import math
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from core.errors import UsageError
from core.periods import BUDDHIST_ERA, Period

ADX: Final = "urn:ihe:qrph:adx:2015"
DATA_SET: Final = "truat"
_OCTOBER, _MONTHS, _QUARTER = 10, 12, 3
_WRITTEN: Final = re.compile(r"(\d{4})(?:(Oct)|Q([1-4])|(\d{2}))")
_SPAN: Final = re.compile(r"(\d{4})-(\d{2})-01/P(?:1Y|(1|3)M)")


class DataValue(NamedTuple):
    """One figure: of which criterion, whose, of which period."""

    element: str
    unit: str
    period: Period
    value: float


def data_values(rows: Iterable[tuple[str, str, Period, float | None]]) -> Iterator[DataValue]:
    """What can be sent of results: figures of months, quarters and years."""
    for element, unit, period, value in rows:
        if value is not None and math.isfinite(value) and period.part != "R":
            yield DataValue(element, unit, period, value)


def dhis2_period(period: Period) -> str:
    """`202306`, `2022Q4`, or `2022Oct` for a fiscal year; `UsageError` U005 for a round."""
    first = period.first_day
    if period.part == "M":
        return f"{first.year}{first.month:02}"
    if period.part == "Q":
        return f"{first.year}Q{(first.month + 2) // _QUARTER}"
    return f"{first.year}Oct"


def period_of(written: str) -> Period:
    """The period of a DHIS2 code; `UsageError` U005 for another kind."""
    match = _WRITTEN.fullmatch(written)
    if match is None:
        raise UsageError("U005", period=written)
    year, is_year, quarter, month = int(match[1]), match[2], match[3], match[4]
    if is_year:
        return Period(year + BUDDHIST_ERA + 1)
    first = int(month) if month else _QUARTER * int(quarter) - 2
    return _beginning(date(year, first, 1), _QUARTER if quarter else 1)


def _beginning(first: date, months: int) -> Period:
    """The fiscal month or quarter that begins on a day."""
    place = (first.month - _OCTOBER) % _MONTHS
    year = first.year + BUDDHIST_ERA + (first.month >= _OCTOBER)
    if months == 1:
        return Period(year, "M", place + 1)
    return Period(year, "Q", place // _QUARTER + 1)


def data_value_set(values: Iterable[DataValue]) -> dict[str, Any]:
    """The body of a call to `dataValueSets`; codes stand for elements and units."""
    reported = [
        {
            "dataElement": one.element,
            "orgUnit": one.unit,
            "period": dhis2_period(one.period),
            "value": _number(one.value),
        }
        for one in values
    ]
    schemes = {"dataElementIdScheme": "CODE", "orgUnitIdScheme": "CODE"}
    return {"dataSet": DATA_SET, **schemes, "dataValues": reported}


def read_data_value_set(body: dict[str, Any]) -> tuple[DataValue, ...]:
    """The figures of such a body."""
    return tuple(
        DataValue(one["dataElement"], one["orgUnit"], period_of(one["period"]), float(one["value"]))
        for one in body["dataValues"]
    )


def adx(values: Iterable[DataValue], made_at: datetime | None = None) -> bytes:
    """The same as ADX: a group for each unit and period."""
    moment = (made_at or datetime.now(UTC)).isoformat(timespec="seconds")
    root = Element("adx", {"xmlns": ADX, "exported": moment})
    groups: dict[tuple[str, Period], Element] = {}
    for one in values:
        key = one.unit, one.period
        if key not in groups:
            attributes = {"orgUnit": one.unit, "period": _span(one.period), "dataSet": DATA_SET}
            groups[key] = SubElement(root, "group", attributes)
        SubElement(
            groups[key], "dataValue", {"dataElement": one.element, "value": _number(one.value)}
        )
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def read_adx(data: bytes) -> tuple[DataValue, ...]:
    """The figures of an ADX document, its entities refused."""
    values = []
    for group in fromstring(data).iter(f"{{{ADX}}}group"):
        period = _of_span(group.get("period", ""))
        for one in group.iter(f"{{{ADX}}}dataValue"):
            element, value = one.get("dataElement", ""), float(one.get("value", "nan"))
            values.append(DataValue(element, group.get("orgUnit", ""), period, value))
    return tuple(values)


def _span(period: Period) -> str:
    """A period as its first day and how long it lasts (ISO 8601)."""
    lasting = {"M": "P1M", "Q": "P3M"}.get(period.part, "P1Y")
    return f"{period.first_day.isoformat()}/{lasting}"


def _of_span(written: str) -> Period:
    match = _SPAN.fullmatch(written)
    if match is None:
        raise UsageError("U005", period=written)
    first = date(int(match[1]), int(match[2]), 1)
    if match[3] is None:
        return Period(first.year + BUDDHIST_ERA + 1)
    return _beginning(first, int(match[3]))


def _number(value: float) -> str:
    """A figure as text that reads back as itself; a whole one without a decimal point."""
    return str(int(value)) if value.is_integer() else repr(value)
