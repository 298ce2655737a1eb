"""What cells of words say in a table: yes or no, one of several things, a name."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

from core.forms.cells.workbook import Cell
from core.forms.model.form import Column
from core.forms.model.values import NumberReading, read_number
from core.forms.table.keys import Key, is_blank, shown
from core.forms.table.moments import day_of
from core.forms.table.words import folded_words, without_vowels
from core.scoring.base.states import State
from core.text import Text, fold, say

_ANSWERS: Final = {1.0: True, 0.0: False}
_NO_NUMBER: Final = "W103"
_DATE: Final = "W114"
_NO_ANSWER: Final = "W328"


def flag_of(cell: Cell) -> Key[bool]:
    """Yes or no; nothing is no."""
    if is_blank(cell) or read_number(cell).state == State.NOT_REPORTED:
        return Key(False)
    answer = _yes_or_no(cell)
    return Key(None, "W318", say("yes or no")) if answer is None else Key(answer)


def answer_of(cell: Cell) -> NumberReading:
    """Yes as 1, no as 0; an empty cell was not reported, and may say that it does not apply."""
    answer = _yes_or_no(cell)
    if answer is not None:
        return NumberReading(float(answer), State.REPORTED, shown(cell))
    read = read_number(cell)
    if read.code in (_NO_NUMBER, _DATE) or read.state == State.REPORTED:
        return NumberReading(math.nan, State.ERROR, shown(cell), _NO_ANSWER)
    return read


def _yes_or_no(cell: Cell) -> bool | None:
    """What a cell answers; None when it says anything else, or nothing."""
    if cell.is_error or cell.is_date or cell.value is None:
        return None
    if isinstance(cell.value, str):
        folded = fold(cell.value)
        return True if folded in folded_words("yes") else _no(folded)
    return _ANSWERS.get(float(cell.value))


def _no(folded: str) -> bool | None:
    return False if folded in folded_words("no") else None


def choice_of(cell: Cell, column: Column) -> Key[str]:
    """The id of what a cell names of a column's choices."""
    known, bare = _written(column)
    text = "" if cell.is_error else fold(shown(cell))
    choice = known.get(text) or bare.get(without_vowels(text))
    return Key(choice) if choice else Key(None, "W329", listed(column))


def listed(column: Column) -> Text:
    """The choices of a column, as messages list them."""
    names = [choice.name for choice in column.choices if not choice.is_outside]
    return Text(" / ".join(name.th for name in names), " / ".join(name.en for name in names))


@cache
def _written(column: Column) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Everything a choice may be called, in comparing form, and without vowels that get lost."""
    known = {
        fold(word): choice.id
        for choice in column.choices
        for word in (choice.id, choice.name.th, choice.name.en, *choice.aliases)
    }
    bare: dict[str, set[str]] = {}
    for word, choice_id in known.items():
        bare.setdefault(without_vowels(word), set()).add(choice_id)
    return known, {word: ids.pop() for word, ids in bare.items() if len(ids) == 1}


def text_of(cell: Cell, *, is_whole: bool = False) -> str | None:
    """A word such as the name of a group; None when the cell says nothing. A date as ISO writes.

    `is_whole`: a text of any length, in which a dash is what was written and not "no data".
    """
    if cell.is_error or is_blank(cell):
        return None
    if day := day_of(cell):
        return day.isoformat()
    if is_whole and isinstance(cell.value, str):
        return cell.value.strip() or None
    if read_number(cell).state == State.NOT_REPORTED:
        return None
    return shown(cell) or None
