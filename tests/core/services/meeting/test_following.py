"""Screens with one code page together; others page for themselves."""

from core.services.meeting.following import is_code, move, new_code, place_of


def test_whoever_moves_leads_all_with_the_code() -> None:
    code = new_code()
    assert is_code(code)
    assert place_of(1, code) is None
    move(1, code, 4)
    assert place_of(1, code) == 4
    assert place_of(2, code) is None
    assert place_of(1, new_code()) is None


def test_a_text_of_other_letters_or_another_length_is_no_code() -> None:
    assert not is_code("")
    assert not is_code("ABCD")
    assert not is_code("O0I1S")
    assert not is_code("ABCDEF")


def test_what_was_never_paged_again_is_forgotten_at_last() -> None:
    first = new_code()
    move(9, first, 1)
    for _ in range(600):
        move(9, new_code(), 2)
    assert place_of(9, first) is None
