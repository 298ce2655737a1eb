import pytest

from core.reports.deck.charts.scale import axis_code, code_of, marked, roomy, scale_of
from core.reports.deck.charts.xml import Scale


@pytest.mark.parametrize(
    ("values", "from_zero"),
    [
        ((0.68, 2.02), False),
        ((0.0,), True),
        ((5.0, 5.0), False),
        ((-3.0, 97.0), True),
        ((1e300, 0.0), False),
    ],
)
def test_a_span_holds_all_values_in_round_steps(values: tuple[float, ...], from_zero: bool) -> None:
    scale = scale_of(values, from_zero=from_zero)
    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert scale.high > scale.low
    assert (scale.high - scale.low) / scale.step == pytest.approx(
        round((scale.high - scale.low) / scale.step)
    )
    if from_zero:
        assert scale.low <= 0 <= scale.high


def test_bars_leave_room_for_their_values_on_their_side_only() -> None:
    assert roomy([10.0]).low == 0
    assert roomy([10.0]).high > 10
    assert roomy([-10.0]).low < -10
    assert roomy([]).high > roomy([]).low


def test_a_format_writes_values_as_they_are_shown() -> None:
    assert code_of((1234.5, None), ("1,234.5", "no")) == '#,##0.0;"−"#,##0.0'
    assert code_of((-3.0,), ("−3",)) == '#,##0;"−"#,##0'
    assert code_of((50.0,), ("50 (2/3)",)) is None
    assert code_of((50.0,), ("50.1",)) is None


def test_a_mark_stands_before_positive_and_negative_numbers() -> None:
    assert marked("#,##0;−#,##0", "✕") == '"✕ "#,##0;"✕ "−#,##0'
    assert marked("#,##0", "") == "#,##0"


def test_an_axis_has_the_decimals_of_its_step() -> None:
    assert axis_code(Scale(0, 2, 0.5)).startswith("#,##0.0;")
    assert axis_code(Scale(0, 20, 5)).startswith("#,##0;")
    assert axis_code(Scale(0, 1e15, 1e14)) == "0.0E+00"
