"""Thai labels are broken between words, and no letter is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures.wrapping import phrases, room, words, wrapped


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("การจัดการโรค และภัยสุขภาพ", ("การจัดการโรค", "และภัยสุขภาพ")),
        ("Resource sharing", ("Resource", "sharing")),
        ("สั้น", ("สั้น",)),
        ("", ("",)),
    ],
)
def test_lines_end_between_words(label: str, lines: tuple[str, ...]) -> None:
    assert wrapped(label, 13) == lines


def test_marks_above_and_below_take_no_room() -> None:
    assert room("ที่") == room("ท") == 1
    assert room("น้ำ") == 2


@pytest.mark.parametrize("label", ["หมวด พชอ. DHS-PCA", "รพ.สต.ติดดาว", "ต่างๆ (ODOP) 3 เรื่อง"])
def test_what_clings_to_a_word_stays_with_it(label: str) -> None:
    for line in wrapped(label, 4):
        assert line[0] not in ").ๆ"
        assert line[-1] != "("


@pytest.mark.parametrize("label", ["ระดับ 4–7", "คะแนน (ระดับ / 7)", "3 / 7 ข้อ"])
def test_a_figure_is_one_word(label: str) -> None:
    for figure in ("4–7", "(ระดับ / 7)", "3 / 7"):
        if figure in label:
            assert any(figure in line for line in wrapped(label, 3))


def test_an_abbreviation_is_one_word() -> None:
    assert "พชอ." in wrapped("หมวด พชอ. DHS-PCA", 5)


@given(st.text(alphabet="กขคงเแะาิี่้ำ abc()1 .", max_size=40), st.integers(1, 20))
def test_nothing_is_lost_and_only_long_words_run_over(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((room(word.strip()) for word in words(text)), default=0)
    assert all(room(line) <= max(most, longest) for line in lines)


def test_a_day_a_month_and_a_year_are_one_phrase() -> None:
    for date in ("27 ม.ค. 2566", "2 เม.ย. 2566", "11 มิ.ย. 65"):
        assert list(phrases(words(f"ครบ {date} และ"))) == [f"ครบ {date} ", "และ"]
    assert next(iter(phrases(words("มี 3 รพ.สต. แห่ง")))) == "มี 3 "
