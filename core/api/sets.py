"""Results for DHIS2, as `dataValueSets` and as ADX."""

from collections.abc import Iterable, Iterator
from typing import Final

from typing_extensions import TypedDict

from core.api.calls import Answer, Call, Endpoint, Parameters
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


class SetParameters(Parameters):
    """Which results are sent."""

    indicator: str | None = None
    area: str | None = AREA
    period: str | None = PERIOD


def values_of(rows: Iterable[ResultRow]) -> Iterator[DataValue]:
    """Stored results as figures of DHIS2."""
    return data_values((row.indicator, row.subject, row.period, row.value) for row in rows)


def _values(call: Call) -> Iterator[DataValue]:
    parameters: SetParameters = call.parameters
    period = period_of(parameters.period)
    values = results(
        call.engine, indicator=parameters.indicator, area=area_of(parameters.area), period=period
    )
    return values_of(values)


def _set(call: Call) -> Answer:
    return Answer(data_value_set(_values(call)))


def _adx(call: Call) -> Answer:
    return Answer(adx(_values(call)), kind=XML)


ENDPOINTS: Final = (
    Endpoint(
        "GET", "/dhis2/dataValueSets", "exportDataValueSet", say("Results for DHIS2 (JSON)"),
        SetParameters, DataValueSet, _set,
    ),
    Endpoint(
        "GET", "/dhis2/adx", "exportAdx", say("Results for DHIS2 (ADX)"), SetParameters, str, _adx,
        kind=XML,
    ),
)  # fmt: skip
