"""Figures of a shared screen: nothing small, nothing lost, hostile names harmless."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from core.figures.shared.area_map import area_map
from core.figures.shared.bars import bars
from core.figures.shared.matrix import matrix, matrix_leaves
from core.figures.shared.radar import radar
from core.figures.shared.shapes import outlines
from core.figures.shared.sheet import SMALL
from core.figures.shared.tones import TONES, colours, sign, word
from core.figures.shared.trend import trend
from core.reports.drawn import drawn
from core.reports.slide import (
    AreaMap,
    Bar,
    Bars,
    Cell,
    Limit,
    MapArea,
    Matrix,
    Radar,
    Series,
    Tone,
    Trend,
)
from core.text import LANGUAGES, Language, Text
from tests.slides import FIGURES, same

SVG = "{http://www.w3.org/2000/svg}"
SIZE = (700.0, 380.0)
SHORT = (700.0, 150.0)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in parsed(svg).iter(f"{SVG}tspan")]


def sizes(svg: str) -> list[float]:
    return [float(one.get("font-size", "0")) for one in parsed(svg).iter(f"{SVG}text")]


def bars_of(*values: float | None) -> Bars:
    names = [f"โรงพยาบาล {place}" for place in range(len(values))]
    return Bars(
        same("t"),
        same("u"),
        tuple(Bar(same(n), v, same(str(v)), "watch") for n, v in zip(names, values, strict=True)),
    )


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_type_is_small_and_the_image_says_what_it_shows(kind: str, language: Language) -> None:
    figure = FIGURES[kind]
    svg = drawn(figure, language, SIZE)
    assert min(sizes(svg)) >= SMALL
    root = parsed(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith(f"{figure.title.in_(language)}: ")
    assert root.get("viewBox") == "0 0 700 380"


@pytest.mark.parametrize("kind", FIGURES)
def test_a_drawing_needs_no_style_beside_it(kind: str) -> None:
    root = parsed(drawn(FIGURES[kind], "th", SIZE))
    assert not [one for one in root.iter() if one.get("class")]
    assert all(one.get("fill") for one in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("kind", ["bars", "matrix", "map"])
def test_what_has_no_room_is_counted(kind: str) -> None:
    whole, short = (drawn(FIGURES[kind], "th", size) for size in ((700.0, 600.0), SHORT))
    assert not [line for line in texts(whole) if "และอีก" in line]
    (more,) = [line for line in texts(short) if "และอีก" in line]
    assert re.search(r"\d+ รายการ", more)


def test_a_bar_without_a_value_is_no_bar_and_zero_is_one() -> None:
    def drawn_bars(*values: float | None) -> int:
        rects = parsed(bars(bars_of(*values), "th", SIZE)).iter(f"{SVG}rect")
        return sum(one.get("rx") is None for one in rects)

    assert drawn_bars(None, 4.0) == 1
    assert drawn_bars(0.0, 4.0) == 2
    assert drawn_bars(None, None) == 0
    assert drawn_bars(float("inf"), 1.0) == 1


def test_a_bar_below_zero_goes_the_other_way() -> None:
    svg = bars(bars_of(-5.0, 5.0), "th", SIZE)
    left, right = (
        float(one.get("x", "nan")) for one in parsed(svg).iter(f"{SVG}rect") if not one.get("rx")
    )
    assert left < right


def test_a_limit_beyond_every_bar_is_still_on_the_drawing() -> None:
    figure = Bars(same("t"), same("u"), bars_of(1.0, 2.0).bars, (Limit(50.0, same("limit")),))
    svg = bars(figure, "th", SIZE)
    dashed = [one for one in parsed(svg).iter(f"{SVG}path") if one.get("stroke-dasharray")]
    (x,) = re.findall(r"M([\d.]+) ", dashed[0].get("d", ""))
    assert 0 < float(x) <= SIZE[0]
    assert "limit" in texts(svg)


def test_a_trend_breaks_where_nothing_was_reported() -> None:
    def pieces(*values: float | None) -> int:
        series = Series(same("s"), values, tuple(same(str(v)) for v in values))
        figure = Trend(same("t"), same("u"), tuple(same(str(v)) for v in values), (series,))
        lines = parsed(trend(figure, "th", SIZE)).iter(f"{SVG}path")
        thick = [one for one in lines if one.get("stroke-width") == "6"]
        return thick[0].get("d", "").count("M") if thick else 0

    assert pieces(1.0, 2.0, 3.0) == 1
    assert pieces(1.0, None, 3.0) == 2
    assert pieces(None, None, None) == 0


def test_the_first_series_of_a_radar_is_before_and_the_last_is_today() -> None:
    spokes = (same("a"), same("b"), same("c"))
    before = Series(same("then"), (1.0, 1.0, 1.0), (same("1"),) * 3)
    today = Series(same("now"), (4.0, 5.0, 6.0), (same("4"), same("5"), same("6")))
    svg = radar(Radar(same("t"), spokes, (before, today), 10.0), "th", SIZE)
    assert {"now", "then"} <= set(texts(svg))
    assert "1" not in texts(svg)
    alone = radar(Radar(same("t"), spokes, (today,), 10.0), "th", SIZE)
    assert "now" not in texts(alone), "a key of one line says nothing"


def test_a_matrix_shows_signs_where_figures_have_no_room() -> None:
    def shown(wide: float) -> list[str]:
        cells = tuple(Cell(same("123.45"), "fail", "✕") for _ in range(5))
        columns = tuple(same(f"c{place}") for place in range(5))
        figure = Matrix(same("t"), same("h"), columns, ((same("n"), cells),))
        return texts(matrix(figure, "th", (wide, 300.0)))

    assert shown(1000.0).count("123.45") == 5
    assert shown(300.0).count("123.45") == 0
    assert shown(300.0).count("✕") == 5


def test_columns_without_room_are_counted_and_no_word_is_cut() -> None:
    cells = tuple(Cell(same(""), "pass", "✓") for _ in range(12))
    columns = tuple(same(f"extraordinarily{place:02}") for place in range(12))
    figure = Matrix(same("t"), same("h"), columns, ((same("n"), cells),))
    shown = texts(matrix(figure, "en", SIZE))
    heads = [line for line in shown if line.startswith("extra")]
    assert 0 < len(heads) < 12
    assert shown.count("✓") == len(heads)
    assert f"… and {12 - len(heads)} more columns" in shown


@pytest.mark.parametrize(("rows", "columns"), [(13, 1), (40, 1), (97, 1), (3, 12), (40, 12)])
def test_every_cell_of_a_long_or_wide_matrix_stands_on_one_leaf(rows: int, columns: int) -> None:
    figure = Matrix(
        same("t"),
        same("h"),
        tuple(same(f"extraordinarily{place:02}") for place in range(columns)),
        tuple(
            (same(f"row {at}"), tuple(Cell(same(f"{at}.{to}"), "pass") for to in range(columns)))
            for at in range(rows)
        ),
    )
    shown = set()
    leaves = matrix_leaves(figure, "en", SIZE)
    assert len(leaves) > 1
    for leaf in leaves:
        part = replace(
            figure,
            columns=figure.columns[leaf.columns],
            rows=tuple((name, cells[leaf.columns]) for name, cells in figure.rows[leaf.rows]),
        )
        written = texts(matrix(part, "en", SIZE))
        assert written.count("✓") == len(part.rows) * len(part.columns)
        assert not any("more" in line for line in written)
        cells = {cell.shown.en for _name, cells in part.rows for cell in cells}
        assert not cells & shown
        shown |= cells
    assert len(shown) == rows * columns
    counts = [len(figure.rows[leaf.rows]) for leaf in leaves]
    assert min(counts[:-1]) >= min(rows, 6), "leaves are about as full as one another"


def test_what_fits_is_one_leaf() -> None:
    row = (Cell(same(""), "pass", "✓"),)
    rows = tuple((same(f"row {place}"), row) for place in range(6))
    figure = Matrix(same("t"), same("h"), (same("c"),), rows)
    assert len(matrix_leaves(figure, "en", SIZE)) == 1


def test_a_map_lists_what_has_neither_shape_nor_place() -> None:
    areas = (
        MapArea("P61", same("in"), same("1"), "fail"),
        MapArea("P99", same("nowhere"), same("2"), "pass"),
        MapArea("11201", same("at sea"), same("3"), "watch", (0.0, 0.0)),
    )
    svg = area_map(AreaMap(same("t"), "TH", areas), "th", SIZE)
    assert {"in", "nowhere", "at sea"} <= set(texts(svg))
    assert not list(parsed(svg).iter(f"{SVG}circle"))


@pytest.mark.parametrize("focus", ["TH", "R03", "P61", "D6101", "11201", "nonsense", ""])
def test_any_focus_is_a_map(focus: str) -> None:
    areas = (MapArea("P61", same("a"), same(""), "7"),)
    assert parsed(area_map(AreaMap(same("t"), focus, areas), "th", SIZE)).tag == f"{SVG}svg"


def test_every_province_and_region_has_a_shape() -> None:
    shapes = outlines()
    assert sum(code.startswith("P") for code in shapes) == 77
    assert sum(code.startswith("R") for code in shapes) == 13
    country = shapes["TH"].box
    for one in shapes.values():
        assert country.west <= one.box.west < one.box.east <= country.east
        assert country.north <= one.box.north < one.box.south <= country.south


@pytest.mark.parametrize("wicked", ['<script>"&', "\u202e", "ก" * 400, " ", "a b " * 60])
def test_a_name_of_any_kind_is_text(wicked: str) -> None:
    name = Text(wicked, wicked)
    tone: Tone = "fail"
    row = (name, (Cell(name, tone),))
    series = Series(name, (1.0, None, 3.0), (name,) * 3)
    for figure in (
        Bars(name, name, (Bar(name, 1.0, name, tone),), (Limit(2.0, name),)),
        Trend(name, name, (name,) * 3, (series, series)),
        Radar(name, (name,) * 3, (series, series), 3.0),
        Matrix(name, name, (name,), (row,)),
        AreaMap(name, "TH", (MapArea("P61", name, name, tone),)),
    ):
        root = parsed(drawn(figure, "th", SIZE))
        assert not list(root.iter(f"{SVG}script"))


def test_what_cannot_be_drawn_is_an_error() -> None:
    nothing = same("t")
    empty = Series(nothing, (), ())
    with pytest.raises(ValueError, match="bar"):
        bars(Bars(nothing, nothing, ()), "th", SIZE)
    with pytest.raises(ValueError, match="period"):
        trend(Trend(nothing, nothing, (), ()), "th", SIZE)
    with pytest.raises(ValueError, match="spokes"):
        radar(Radar(nothing, (nothing,) * 2, (empty,), 1.0), "th", SIZE)
    with pytest.raises(ValueError, match="column"):
        matrix(Matrix(nothing, nothing, (), ()), "th", SIZE)


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_is_read_on_its_ground_and_has_a_sign_and_a_word(tone: Tone) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    both = sorted(map(light, colours(tone)))
    assert (both[1] + 0.05) / (both[0] + 0.05) >= 4.5
    assert sign(tone)
    assert word(tone).th != word(tone).en


def test_names_of_rows_leave_out_what_all_of_them_share() -> None:
    corner = Text("โรงพยาบาล", "Hospital")

    def shown(*names: Text) -> list[str]:
        cell = Cell(Text("1", "1"), "pass", "✓")
        rows = tuple((name, (cell,)) for name in names)
        figure = Matrix(Text("ก", "a"), corner, (Text("ข", "b"),), rows)
        return [*texts(matrix(figure, "th", SIZE)), *texts(matrix(figure, "en", SIZE))]

    tak = Text("โรงพยาบาลตาก (สาธิต)", "Tak Hospital (demo)")
    pai = Text("โรงพยาบาลปาย (สาธิต)", "Pai Hospital (demo)")
    assert {"ตาก", "ปาย", "Tak", "Pai"} <= {*shown(tak, pai)}
    # One that lacks what the others share, or would have no name left, keeps all of them whole.
    other = Text("สถาบันโรค", "Institute")
    assert {"โรงพยาบาลตาก (สาธิต)", "Institute"} <= {*shown(tak, other)}
    assert "โรงพยาบาล" in "".join(shown(tak, Text("โรงพยาบาล (สาธิต)", "Hospital (demo)")))
    assert "โรงพยาบาลตาก (สาธิต)" in shown(tak)
