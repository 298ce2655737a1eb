"""What a number format shows: the section that shows a value decides, its padding never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.cells.number_format import BUILT_IN, NumberFormat, built_in, formats_of, shown_days


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("0%", "percent"),
        ("0.00 %", "percent"),
        ("# ##0.0%", "percent"),
        ("[$-D000000]0.00%", "percent"),
        ("t0.00%", "percent"),
        ("[Red]0%", "percent"),
        ("#,##0_%", "number"),
        ("0*%", "number"),
        ("0\\%", "number"),
        ('0"%"', "number"),
        ("#,##0_d", "number"),
        ('0.0" d/m/y"', "number"),
        ("0.0E+00", "number"),
        ("#,##0.00_);[Red](#,##0.00)", "number"),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "number"),
        ("[$฿-41E]#,##0.00", "number"),
        ("[Black]General", "number"),
        ("Standard", "number"),
        ('General" day"', "number"),
        ("@", "number"),
        ("", "number"),
        ("_d", "words"),
        ("_D_M_-", "words"),
        ("_P_t_s_-", "words"),
        ('"hidden"', "words"),
        (";;;", "words"),
        ("d/m/yyyy", "date"),
        ("[$-D07041E]d/m/yyyy", "date"),
        ("yyyy\\-mm\\-dd;@", "date"),
        ("mmm", "date"),
        ("ว ดดด ปปปป", "date"),
        ("d/m/yy h:mm", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[h]", "duration"),
        ("[hh]:mm", "duration"),
        ("[s]", "duration"),
        ("[mm]:ss", "duration"),
    ],
)
def test_a_code_shows_every_number_in_one_way(code: str, kind: str) -> None:
    assert {formats_of(code).of(value).kind for value in (-5.0, 0.5, 5.0)} == {kind}


@pytest.mark.parametrize(
    ("code", "kinds"),  # of -0.5, 0, 0.5, 1, 2
    [
        ("[<=1]0%;#,##0", ["percent", "percent", "percent", "percent", "number"]),
        ("[<1]0%;#,##0", ["percent", "percent", "percent", "number", "number"]),
        ("[>1]0;0%", ["percent", "percent", "percent", "percent", "number"]),
        ("[=1]0%", ["number", "number", "number", "percent", "number"]),
        ("0%;-0", ["number", "percent", "percent", "percent", "percent"]),
        ('0%;-0;"-"', ["number", "words", "percent", "percent", "percent"]),
        ("0;0%;0;@", ["percent", "number", "number", "number", "number"]),
        ("[<0]0;[=0]0;0%", ["number", "number", "percent", "percent", "percent"]),
        ("0;-0;0;0%", ["number"] * 5),  # the fourth shows texts
    ],
)
def test_the_section_that_shows_a_number_decides(code: str, kinds: list[str]) -> None:
    formats = formats_of(code)
    assert [formats.of(value).kind for value in (-0.5, 0.0, 0.5, 1.0, 2.0)] == kinds


@pytest.mark.parametrize(
    ("code", "scale", "literal"),
    [
        ("#,##0", 1, ""),
        ("#,##0,", 1e3, ""),
        ("#,##0.0,,", 1e6, ""),
        ("0,.00", 1e3, ""),
        ('#,##0.00,," ล้านบาท"', 1e6, "ล้านบาท"),
        ('#,##0.00" ล้านบาท"', 1, "ล้านบาท"),
        ("#,##0.00 ล้านบาท", 1, "ล้านบาท"),
        ("#,##0\\ \\บ\\า\\ท", 1, "บาท"),
        ("[$฿-41E]#,##0", 1, "฿"),
        ('"-"#,##0_)', 1, ""),
        ("t#,##0", 1, ""),
    ],
)
def test_thousands_and_words_of_a_format_are_known(code: str, scale: float, literal: str) -> None:
    shows = formats_of(code).of(5.0)
    assert (shows.scale, shows.literal, shows.code) == (scale, literal, code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("d/m/yyyy", "31/10/2022"),
        ("[$-D07041E]d/m/yyyy", "31/10/2565"),
        ("[$-1070000]d/mm/yyyy", "31/10/2565"),
        ("d/m/bbbb", "31/10/2565"),
        ("[$-41E]d mmm yyyy", "31/10/2022"),
    ],
)
def test_a_date_is_shown_in_the_era_of_its_format(code: str, shown: str) -> None:
    assert shown_days(44865.0, formats_of(code).first) == shown


def test_times_and_durations_are_shown_as_such() -> None:
    assert shown_days(0.5, NumberFormat("time")) == "12:00"
    assert shown_days(1.25, NumberFormat("duration")) == "30:00"
    assert shown_days(44865.25, NumberFormat("date")) == "31/10/2022 6:00"
    assert shown_days(-1.0, NumberFormat("date")) == "-1"


def test_formats_named_by_number_alone_are_the_standard_ones() -> None:
    kinds = {number: built_in(number).first.kind for number in range(82)}
    assert {n for n, kind in kinds.items() if kind == "percent"} == {9, 10, 67, 68}
    days = {n for n, kind in kinds.items() if kind not in ("number", "percent")}
    assert days == {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)}
    assert set(BUILT_IN) <= set(range(82))


TOKENS = st.sampled_from(
    ["0", "#", "?", ",", ".", "%", "_%", "*%", '"%"', "\\%", "d", "m", "y", "h", "s", "[h]", ";",
     "[<=1]", "[Red]", "[$-41E]", "@", "General", "E+", '"', "\\", "[", "]", "_", "*", "ก", "b"]
)  # fmt: skip


@given(st.lists(TOKENS, max_size=12), st.floats(allow_nan=False))
def test_any_code_shows_any_number_somehow(tokens: list[str], value: float) -> None:
    shows = formats_of("".join(tokens)).of(value)
    assert shows.kind in {"number", "percent", "date", "time", "duration", "words"}
    assert shows.scale >= 1


@given(st.text("0#,.", min_size=1, max_size=8), st.sampled_from(["_%", "*%", '"%"', "\\%", "_d"]))
def test_padding_and_quotes_never_make_a_percentage_or_a_date(digits: str, padding: str) -> None:
    assert formats_of(digits + padding).first.kind in {"number", "words"}
