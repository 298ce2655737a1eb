from dataclasses import replace

import pytest

from core.reports.deck.look import MANNERS
from core.reports.slide import Bars, Limit, Radar, Trend
from tests.core.reports.deck import decks
from tests.core.reports.deck.decks import A, C, ReadChart
from tests.core.reports.reports import bars, both, radar, sample, shares, slide, trend


def drawn(figure: Bars | Trend | Radar) -> ReadChart:
    """The chart of a figure, read back."""
    report = replace(sample(), slides=(slide(both("x"), figure=figure),), questions=())
    _, one = decks.slides(report)
    (chart,) = decks.charts(one)
    return chart


def held(chart: ReadChart) -> dict[object, list[object]]:
    """Columns of the workbook within a chart, by the name at their head."""
    head, *rows = chart.workbook
    return {name: [row[n] for row in rows] for n, name in enumerate(head)}


# Numbers.


def test_bars_are_the_figures_unrounded_and_a_missing_one_is_no_zero() -> None:
    chart = drawn(bars())
    assert chart.series[bars().title.th] == [bar.value for bar in bars().bars]
    assert None in chart.series[bars().title.th]


def test_a_limit_is_a_line_series_of_its_value() -> None:
    chart = drawn(shares())
    assert chart.series["เป้าหมายไม่เกิน 4"] == [4.0] * 3
    line = chart.element.find(f".//{C}lineChart")
    assert line.find(f".//{C}tx//{C}v").text == "เป้าหมายไม่เกิน 4"
    assert line.find(f".//{A}prstDash").get("val") == "dash"


def test_a_limit_of_one_bar_alone_is_still_seen() -> None:
    alone = replace(shares(), bars=shares().bars[:1])
    assert drawn(alone).element.find(f".//{C}lineChart//{C}symbol").get("val") == "dash"


def test_a_trend_has_every_value_and_gaps_where_there_is_none() -> None:
    chart = drawn(trend())
    assert chart.categories == [period.th for period in trend().periods]
    for series in trend().series:
        assert chart.series[series.name.th] == list(series.values)
    assert chart.series["เกณฑ์ Cash ratio 0.8"] == [0.8] * 24
    assert chart.element.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_a_radar_has_its_series_and_full_marks_dashed() -> None:
    chart = drawn(radar())
    assert chart.series["คะแนนเต็ม 5"] == [5.0] * 7
    for series in radar().series:
        assert chart.series[series.name.th] == list(series.values)
    first = chart.element.find(f".//{C}ser")
    assert first.find(f".//{A}prstDash").get("val") == "dash"
    axis = chart.element.find(f".//{C}valAx")
    assert (axis.find(f".//{C}min").get("val"), axis.find(f".//{C}max").get("val")) == (
        "0.0",
        "5.0",
    )


def test_a_spoke_says_its_value_of_today() -> None:
    spokes = [name.split("\n") for name in drawn(radar()).categories]
    now = radar().series[-1].shown
    assert spokes == [[s.th, v.th] for s, v in zip(radar().spokes, now, strict=True)]


@pytest.mark.parametrize("figure", [bars(), trend(), radar()], ids=["bars", "trend", "radar"])
def test_the_workbook_within_holds_what_is_drawn(figure: Bars | Trend | Radar) -> None:
    chart = drawn(figure)
    columns = held(chart)
    assert columns[None] == chart.categories
    for name, values in chart.series.items():
        assert columns[name] == values


def test_no_name_becomes_a_formula_of_the_workbook() -> None:
    wicked = tuple(replace(bar, name=both(f"={bar.value}+1")) for bar in shares().bars)
    chart = drawn(replace(shares(), bars=wicked, title=both("=1+1")))
    assert chart.workbook[0][1] == "=1+1"
    assert "=50.0+1" in held(chart)[None]


# How they look.


def test_bars_have_the_colour_of_their_tone() -> None:
    points = drawn(bars()).element.findall(f".//{C}dPt")
    colours = [point.find(f".//{A}srgbClr").get("val") for point in points]
    assert colours == [MANNERS[bar.tone].fill for bar in bars().bars]


def test_values_are_written_at_their_bars_with_their_mark() -> None:
    codes = [
        one.get("formatCode") for one in drawn(shares()).element.findall(f".//{C}dLbl/{C}numFmt")
    ]
    assert codes[0].startswith('"✕ "#,##0.0')
    assert codes[2].startswith('"✓ "#,##0.0')


def test_values_that_are_no_plain_numbers_are_written_as_they_are_said() -> None:
    said = tuple(replace(bar, shown=both(f"{bar.value} (2/3)")) for bar in shares().bars)
    chart = drawn(replace(shares(), bars=said))
    labels = chart.element.findall(f".//{C}dLbl//{C}rich")
    texts = ["".join(run.text for run in one.iter(f"{A}t")) for one in labels]
    assert "✕ 50.0 (2/3)" in texts


def test_a_bar_without_a_value_says_so_below_it() -> None:
    chart = drawn(bars())
    place = [bar.value for bar in bars().bars].index(None)
    assert chart.categories[place] == "รพ.เขาน้อย\nไม่ได้รายงาน"


def test_a_level_stands_in_words_below_its_bar_but_not_twice() -> None:
    assert drawn(bars()).categories[0] == "รพ.ดอนแก้ว\nระดับ\u00a06"
    named = tuple(replace(bar, name=both("ระดับ 6")) for bar in bars().bars[:1])
    assert drawn(replace(bars(), bars=named)).categories == ["ระดับ 6"]


@pytest.mark.parametrize(("limit", "where"), [(51.0, "inEnd"), (80.0, "outEnd"), (20.0, "outEnd")])
def test_no_limit_runs_through_a_value(limit: float, where: str) -> None:
    one = replace(shares(), bars=shares().bars[:1], limits=(Limit(limit, both("y")),))
    assert drawn(one).element.find(f".//{C}dLblPos").get("val") == where


def test_bars_begin_at_zero() -> None:
    axis = drawn(shares()).element.find(f".//{C}valAx")
    assert float(axis.find(f".//{C}min").get("val")) == 0
    assert float(axis.find(f".//{C}max").get("val")) > 50
    axis = drawn(bars()).element.find(f".//{C}valAx")
    assert float(axis.find(f".//{C}min").get("val")) < -18.42


def test_names_at_the_ends_of_lines_stand_apart() -> None:
    near = tuple(replace(one, values=(1.0,) * 24) for one in trend().series)
    chart = drawn(replace(trend(), series=near, limits=()))
    moved = [one.get("val") for one in chart.element.findall(f".//{C}dLbl//{C}manualLayout/{C}y")]
    assert len(moved) == 1
    assert float(moved[0]) > 0


def test_labels_of_a_trend_that_would_collide_are_skipped() -> None:
    skip = drawn(trend()).element.find(f".//{C}tickLblSkip")
    assert int(skip.get("val")) > 1
    short = replace(
        trend(),
        periods=trend().periods[:3],
        series=tuple(replace(s, values=s.values[:3], shown=s.shown[:3]) for s in trend().series),
    )
    assert drawn(short).element.find(f".//{C}tickLblSkip").get("val") == "1"
