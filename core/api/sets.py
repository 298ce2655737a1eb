"""Results for DHIS2, as `dataValueSets` and as ADX."""

from collections.abc import Iterable, Iterator
from typing import Final

from typing_extensions import TypedDict

from core.api.calls import Answer, Asked, Call, Endpoint
from core.api.reading import AREA, PERIOD, area_of, period_of
from core.services.exports.dhis2 import DataValue, adx, data_value_set, data_values
from core.services.results.listing import ResultRow, results
from core.text import say

XML: Final = "application/adx+xml"


class DataValueDocument(TypedDict):
    """A figure of DHIS2; its value is written as text."""

    dataElement: str
    orgUnit: str
    period: str
    value: str


class DataValueSet(TypedDict):
    """The body of a call to `dataValueSets`."""

    dataSet: str
    dataElementIdScheme: str
    orgUnitIdScheme: str
    dataValues: list[DataValueDocument]


class SetAsked(Asked):
    """Which results are sent."""

    indicator: str | None = None
    area: str | None = AREA
    period: str | None = PERIOD


def values_of(rows: Iterable[ResultRow]) -> Iterator[DataValue]:
    """Stored results as figures of DHIS2."""
    return data_values((row.indicator, row.subject, row.period, row.value) for row in rows)


def _values(call: Call) -> Iterator[DataValue]:
    asked: SetAsked = call.asked
    period = period_of(asked.period)
    found = results(call.engine, indicator=asked.indicator, area=area_of(asked.area), period=period)
    return values_of(found)


def _set(call: Call) -> Answer:
    return Answer(data_value_set(_values(call)))


def _adx(call: Call) -> Answer:
    return Answer(adx(_values(call)), kind=XML)


ENDPOINTS: Final = (
    Endpoint(
        "GET", "/dhis2/dataValueSets", "exportDataValueSet", say("Results for DHIS2 (JSON)"),
        SetAsked, DataValueSet, _set,
    ),
    Endpoint(
        "GET", "/dhis2/adx", "exportAdx", say("Results for DHIS2 (ADX)"), SetAsked, str, _adx,
        kind=XML,
    ),
)  # fmt: skip
