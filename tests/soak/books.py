"""Files of a soak: each by its seed and number alone, so that any can be made again."""

import importlib
import random
from pathlib import Path
from typing import Final, NamedTuple

from core.forms.model.form import TableForm, forms
from core.services.intake.examine import examine
from tests.soak import files
from tests.soak.draft import KINDS, ONLY_CSV, ONLY_XLSX, Draft, Truth
from tests.soak.judge import CRASH, Verdict, judge
from tests.soak.stars import FORM, star, star_verdict
from tests.soak.truth import plain

_ROOMS: Final = ("units", "titles", "times", "cells", "rows", "files")
"""In the order in which they change a draft: what copies rows comes after what changes cells."""
for _room in _ROOMS:
    importlib.import_module(f"tests.soak.kinds.{_room}")
HELD: Final = ("figures", "hospital_months", "register")
UNITS: Final = {n for n, change in KINDS.items() if change.__module__.endswith(".units")}
_LATE: Final = ("hidden", "merged")


class Book(NamedTuple):
    """A file with its true figures; `kinds` are the oddities it has."""

    name: str
    form: str
    data: bytes
    truth: Truth
    kinds: tuple[str, ...]


def table_forms() -> list[TableForm]:
    """The forms whose rows are read as they stand: accounts add up to figures elsewhere."""
    known = (form for form in forms().values() if isinstance(form, TableForm))
    return [form for form in known if form.holds in HELD]


def book(seed: int, number: int) -> Book:
    """The file of a number: forms take turns, kinds are drawn and crossed."""
    rng = random.Random(f"{seed}/{number}")
    known = table_forms()
    turn = number % (len(known) + 1)
    if turn == len(known):
        data, truth, drawn = star(rng)
        return Book(f"{number}.xlsx", FORM, data, truth, drawn)
    return book_of(known[turn], number, rng)


def book_of(form: TableForm, number: int, rng: random.Random) -> Book:
    """A file of a form, with one to four oddities."""
    suffix = rng.choice(("xlsx", "xlsx", "xlsx", "csv"))
    draft = _odd(form, suffix, rng)
    data = files.xlsx(draft) if suffix == "xlsx" else files.text(draft)
    return Book(f"{number}.{suffix}", form.id, data, draft.truth, tuple(draft.kinds))


def _odd(form: TableForm, suffix: str, rng: random.Random) -> Draft:
    """A table with one oddity at least."""
    while True:
        draft = plain(form, rng.choice(form.tables), rng)
        draft.kinds = [name for name in _drawn(suffix, rng) if KINDS[name](draft, rng)]
        if draft.kinds:
            return draft


def _drawn(suffix: str, rng: random.Random) -> list[str]:
    """One to three kinds, one of units at the most, in the order they are applied."""
    other = ONLY_CSV if suffix == "xlsx" else ONLY_XLSX
    names = [name for name in KINDS if name not in other]
    drawn = rng.sample(names, rng.choice((1, 2, 3, 4)))
    surplus = [name for name in drawn if name in UNITS][1:]
    order = list(KINDS)
    return sorted(
        set(drawn) - set(surplus), key=lambda n: (_lateness(n), order.index(n))
    )  # fmt: skip


def _lateness(name: str) -> int:
    """What counts rows and columns comes last."""
    return next((n for n, word in enumerate(_LATE, 1) if word in name), 0)


def tried(one: Book) -> Verdict:
    """What becomes of a file; an exception is a crash, whatever it is."""
    try:
        verdict = star_verdict if one.form == FORM else judge
        return verdict(examine(one.data, one.name), one.truth)
    except Exception as error:  # noqa: BLE001
        return Verdict(CRASH, f"{type(error).__name__}: {error}")


def write(one: Book, folder: Path) -> Path:
    """Leave a file where it can be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / one.name
    path.write_bytes(one.data)
    return path
