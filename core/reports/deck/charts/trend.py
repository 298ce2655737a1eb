"""A trend as a native chart: a line for each series, broken where there is no value."""

from typing import Final

from core.reports.deck.charts import xml
from core.reports.deck.charts.part import put_chart
from core.reports.deck.charts.scale import axis_code, scale_of
from core.reports.deck.charts.xml import Column, Grid, Inner, Scale
from core.reports.deck.fitting import Frame, widest
from core.reports.deck.look import INK, KINDS
from core.reports.deck.sheet import Sheet
from core.reports.deck.writing import Look
from core.reports.slide import Series, Trend

_SIZE: Final = 12.0
_END: Final = 13.0
"""Size of what stands at the end of a line."""
_APART: Final = 18.0
_WIDEST_AXIS: Final = 90.0
_BELOW: Final = 26.0
_TOP: Final = 12.0
_MARKERS: Final = ("circle", "square", "diamond", "triangle")


def put_trend(sheet: Sheet, frame: Frame, trend: Trend) -> None:
    """Draw a trend with at least one value."""
    ends = [_end(sheet, one) for one in trend.series]
    limits = [sheet.read(limit.name) for limit in trend.limits]
    texts = [
        sheet.short(text, frame.width * 0.3, _END, bold=True).text for text in (*ends, *limits)
    ]
    aside = widest(texts, _END, bold=True) + 16
    scale = _scale(trend)
    left = min(widest([f"{scale.low:,.2f}", f"{scale.high:,.2f}"], _SIZE) + 8, _WIDEST_AXIS)
    inner = Inner(
        left / frame.width,
        _TOP / frame.height,
        1 - (left + aside) / frame.width,
        1 - (_TOP + _BELOW) / frame.height,
    )
    count = len(trend.periods)
    grid = Grid(
        tuple(sheet.short(one, _WIDEST_AXIS, _SIZE).text for one in trend.periods),
        (
            *(Column(sheet.read(one.name), one.values) for one in trend.series),
            *(Column(n, (one.value,) * count) for n, one in zip(limits, trend.limits, strict=True)),
        ),
    )
    plot = (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f"{_lines(sheet, trend, grid, texts, _shifts(trend, scale, inner, frame))}"
        f'<c:marker val="1"/>{xml.axes()}</c:lineChart>'
        + xml.category_axis(Look(_SIZE), sheet.language, _skip(grid, inner.width * frame.width))
        + xml.value_axis(scale, axis_code(scale), sheet.language, between="between")
    )
    chart = xml.chart_space(plot, inner, sheet.language)
    put_chart(sheet, sheet.read(trend.title), frame, chart, grid, trend_text(sheet, trend))


def trend_text(sheet: Sheet, trend: Trend) -> str:
    """A trend in words: where each series stands at its end."""
    span = " – ".join(sheet.read(period) for period in (trend.periods[0], trend.periods[-1]))
    head = f"{sheet.read(trend.title)} ({sheet.read(trend.unit)}), {span}"
    return f"{head}: {'; '.join(_end(sheet, one) for one in trend.series)}"


def _end(sheet: Sheet, one: Series) -> str:
    """A series by name and by its newest value."""
    return f"{sheet.read(one.name)} {sheet.read(one.shown[_last(one)])}"


def _last(one: Series) -> int:
    """Where its newest value stands; at the end where it has none."""
    places = [place for place, value in enumerate(one.values) if value is not None]
    return places[-1] if places else len(one.values) - 1


def _scale(trend: Trend) -> Scale:
    values = [value for one in trend.series for value in one.values if value is not None]
    return scale_of([*values, *(limit.value for limit in trend.limits)], from_zero=False)


def _skip(grid: Grid, across: float) -> int:
    """Every how many-th period is named, so that none runs into the next."""
    need = widest(grid.categories, _SIZE) + 10
    return max(-(-int(need * len(grid.categories)) // int(across)), 1)


def _shifts(trend: Trend, scale: Scale, inner: Inner, frame: Frame) -> list[float]:
    """How far each name at the end of its line moves down to clear the others, parts of a chart."""
    high = inner.height * frame.height
    ends = [one.values[_last(one)] for one in trend.series]
    values = [*ends, *(limit.value for limit in trend.limits)]
    span = scale.high - scale.low
    heights = [0.0 if v is None else (scale.high - v) / span * high for v in values]
    moved = dict.fromkeys(range(len(heights)), 0.0)
    lowest = float("-inf")
    for place in sorted(moved, key=lambda at: heights[at]):
        stands = max(heights[place], lowest + _APART)
        moved[place] = stands - heights[place]
        lowest = stands
    over = max(lowest - high, 0.0)
    return [(moved[place] - over * (moved[place] > 0)) / frame.height for place in sorted(moved)]


def _lines(sheet: Sheet, trend: Trend, grid: Grid, texts: list[str], shifts: list[float]) -> str:
    lines = []
    for number, one in enumerate(trend.series):
        ink = KINDS[number % len(KINDS)]
        look = Look(_END, bold=True, ink=ink)
        label = xml.text_label(
            _last(one), texts[number], look, sheet.language, "r", (0.0, shifts[number])
        )
        written = [label] if any(value is not None for value in one.values) else []
        mark = xml.marker(_MARKERS[number % len(_MARKERS)], ink)
        rest = mark + xml.labels(written)
        lines.append(xml.series(grid, number, xml.stroked(ink, 3.0), rest, '<c:smooth val="0"/>'))
    for number in range(len(trend.series), len(grid.columns)):
        look = Look(_END, ink=INK)
        label = xml.text_label(
            len(grid.categories) - 1,
            texts[number],
            look,
            sheet.language,
            "r",
            (0.0, shifts[number]),
        )
        rest = xml.marker("none") + xml.labels([label])
        line = xml.stroked(INK, 1.75, dash=True)
        lines.append(xml.series(grid, number, line, rest, '<c:smooth val="0"/>'))
    return "".join(lines)
