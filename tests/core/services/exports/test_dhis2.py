"""Results for DHIS2 come back as they went."""

import math

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.periods import Period, parse_period
from core.services.exports.dhis2 import (
    DataValue,
    adx,
    data_value_set,
    data_values,
    dhis2_period,
    period_of,
    read_adx,
    read_data_value_set,
)

WRITTEN = {
    "2566": "2022Oct", "2566-M01": "202210", "2566-M03": "202212", "2566-M04": "202301",
    "2566-M12": "202309", "2566-Q1": "2022Q4", "2566-Q2": "2023Q1", "2566-Q4": "2023Q3",
}  # fmt: skip
periods = st.one_of(
    st.builds(Period, st.integers(2550, 2600)),
    st.builds(Period, st.integers(2550, 2600), st.just("M"), st.integers(1, 12)),
    st.builds(Period, st.integers(2550, 2600), st.just("Q"), st.integers(1, 4)),
)
values = st.lists(
    st.builds(
        DataValue, st.sampled_from(["crisis.level", "tps.score"]),
        st.sampled_from(["11201", "P61"]),
        periods, st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0),
    ),
    max_size=8, unique_by=lambda one: one[:3],
)  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), WRITTEN.items())
def test_periods_are_those_of_the_calendar(ours: str, theirs: str) -> None:
    assert dhis2_period(parse_period(ours)) == theirs
    assert period_of(theirs) == parse_period(ours)


OTHERS = ["2023", "2023W1", "2023S1", "202313", "", "2023Q5", "2023April"]


@pytest.mark.parametrize("written", OTHERS)
def test_other_periods_are_refused(written: str) -> None:
    with pytest.raises((UsageError, ValueError)):
        period_of(written)


@given(values)
def test_a_data_value_set_comes_back_as_it_went(told: list[DataValue]) -> None:
    body = orjson.loads(orjson.dumps(data_value_set(told)))
    assert read_data_value_set(body) == tuple(told)


@given(values)
def test_adx_comes_back_as_it_went(told: list[DataValue]) -> None:
    assert sorted(read_adx(adx(told))) == sorted(told)


def test_what_is_missing_and_what_dhis2_has_no_period_for_is_left_out() -> None:
    month, half = parse_period("2566-M09"), parse_period("2566-R1")
    rows = [("a", "1", month, 0.0), ("a", "2", month, None), ("a", "3", month, math.nan),
            ("a", "4", month, math.inf), ("a", "5", half, 1.0)]  # fmt: skip
    assert [one.unit for one in data_values(rows)] == ["1"]


def test_entities_of_adx_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><adx xmlns="urn:ihe:qrph:adx:2015">&a;</adx>'
    with pytest.raises(ValueError, match="Entities"):
        read_adx(bomb)
