"""Words of the titles of a trial balance, from `data/forms/_trial_balance.yaml`."""

from functools import cache, lru_cache
from typing import Annotated, Final

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict
from core.text import fold

_Words = Annotated[tuple[str, ...], Listed]
_SHORT: Final = 3
"""Letters up to which a word must stand at an end of its title: `dr` is in no `address`."""
_MARKS: Final = ".:()[]-_"
SIDES: Final = ("debit", "credit")
PHASES: Final = ("brought", "carried", "month")
"""In the order in which one outranks another: a balance brought forward is a balance too."""


class BalanceWords(Strict):
    """`data/forms/_trial_balance.yaml`."""

    debit: _Words
    credit: _Words
    brought: _Words
    month: _Words
    carried: _Words
    hospital: _Words
    address: _Words
    contra: _Words
    sent: _Words
    of_another: _Words
    fiscal_year: _Words


@cache
def _words() -> BalanceWords:
    return read_model(DATA_FOLDER / "forms" / "_trial_balance.yaml", BalanceWords)


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    words = _words()
    return {kind: tuple(map(fold, getattr(words, kind))) for kind in BalanceWords.model_fields}


def has_word(text: str, kind: str) -> bool:
    """Whether a text in comparing form has a word of a kind."""
    text = text.strip(_MARKS)
    return any(
        word in text if len(word) > _SHORT else text.startswith(word) or text.endswith(word)
        for word in _folded()[kind]
    )


def words_of(kind: str) -> tuple[str, ...]:
    """The words of a kind as they are written."""
    words: tuple[str, ...] = getattr(_words(), kind)
    return words


def has_any(text: str, kind: str) -> bool:
    """Whether any word of a kind stands anywhere in a text."""
    folded = fold(text)
    return any(word in folded for word in _folded()[kind])


def last_word(text: str, kind: str) -> int:
    """Where the last word of a kind begins in a text in comparing form; −1 where it has none."""
    return max(text.rfind(word) for word in _folded()[kind])


@lru_cache(4096)
def side_of(title: str) -> str:
    """`debit` or `credit`; empty where a title names neither, or both."""
    sides = [side for side in SIDES if has_word(title, side)]
    return sides[0] if len(sides) == 1 else ""


@lru_cache(4096)
def phase_of(title: str) -> str:
    """`brought`, `month` or `carried`; empty where a title names none."""
    return next((phase for phase in PHASES if has_word(title, phase)), "")


def lowers_others(title: str) -> bool:
    """Whether an account's title says that it lowers others: allowances, discounts, write-offs."""
    return fold(title).startswith(_folded()["contra"])
