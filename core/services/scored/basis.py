"""What a level rests on: the ministry, books or typed figures, and what is to be looked at."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple, get_args

from sqlalchemy.orm import Session

from core.forms.model.form import TableForm, forms
from core.periods import Period
from core.services.rules.explanation import Way
from core.services.rules.finance import CRISIS
from core.store.results.basis_rows import BasisRow, basis_rows
from core.text import Text, say

_TYPED_OTHERWISE: Final = "W430"
"""Figures that were typed otherwise: no doubt once they were taken back."""
_WAYS: Final[Mapping[str, Way]] = {"accounts": "books", "official_results": "official"}


class Basis(NamedTuple):
    """How the figures of a level came about, and the codes of warnings that put it in doubt."""

    way: Way = ""
    doubts: tuple[str, ...] = ()


UNKNOWN: Final = Basis()


def bases(
    session: Session,
    periods: Collection[Period] | None = None,
    subjects: Collection[str] | None = None,
) -> Mapping[Period, Mapping[str, Basis]]:
    """What crisis levels rest on, by month and hospital; of all unless some are named."""
    rows = basis_rows(session, CRISIS, periods=periods, subjects=subjects)
    return {
        period: {subject: basis_of(row) for subject, row in of_period.items()}
        for period, of_period in rows.items()
    }


def way_words(way: Way) -> Text:
    """How figures came about, in a few words; empty where it is not known."""
    words = {
        "books": say("computed from books"),
        "typed": say("typed"),
        "official": say("official"),
    }
    return words.get(way, Text("", ""))


def way_word(way: Way) -> Text:
    """The same in one word, as it stands beside a level; empty where it is not known."""
    words = {"books": say("books"), "typed": say("typed"), "official": say("official")}
    return words.get(way, Text("", ""))


def basis_text(basis: Basis) -> Text:
    """How the figures of a level came about, and whether it is to be checked, beside its name."""
    to_check = [say("check first")] if basis.doubts else []
    words = [one for one in (way_word(basis.way), *to_check) if one.th]
    return Text.joined(words, " · ")


def level_text(basis: Basis) -> Text:
    """What the level of a hospital rests on, and whether it is to be checked; empty: not known."""
    to_check = [say("check first")] if basis.doubts else []
    words = [one for one in (way_words(basis.way), *to_check) if one.th]
    return say("level: {basis}", basis=Text.joined(words, " · ")) if words else Text("", "")


def levels_text(bases_: Iterable[Basis]) -> Text:
    """How many of some levels came about in which way, and how many are to be checked."""
    known = [one for one in bases_ if one.way]
    counts = Counter(one.way for one in known)
    words = [
        say("{way} {count}", way=way_word(way), count=f"{counts[way]:,}")
        for way in get_args(Way)
        if way and counts[way]
    ]
    if doubtful := sum(bool(one.doubts) for one in known):
        words.append(say("{way} {count}", way=say("check first"), count=f"{doubtful:,}"))
    return say("levels: {ways}", ways=Text.joined(words, " · ")) if words else Text("", "")


def beside(value: Text, basis: Basis) -> Text:
    """A level in words with what it rests on, and whether it is to be checked, behind it."""
    words = basis_text(basis)
    return Text.joined((value, words), " \u00b7 ") if words.th else value


def basis_json(basis: Basis) -> dict[str, Any]:
    """What a level rests on as plain data: the way, and the codes of what puts it in doubt."""
    return {"way": basis.way, "in_doubt": list(basis.doubts)}


def doubt_text(code: str) -> Text:
    """What a warning says that puts a level in doubt, in a few words, with its code."""
    words = {
        "W351": say("the unit may be thousands or millions"),
        "W380": say("debits and credits differ"),
        "W381": say("balances do not follow from movements"),
        "W387": say("the titles do not say of when the amounts are"),
        "W409": say("amounts smaller than any hospital's"),
        "W424": say("amounts larger than any hospital's"),
        "W425": say("the same figures as another month"),
        "W426": say("signs stand in a column of their own"),
        "W427": say("another day is written above the table"),
        "W428": say("a month that is yet to come"),
        "W430": say("typed figures differ"),
        "W433": say("another hospital is named beside the rows"),
        "W434": say("another month is named beside the rows"),
        "W438": say("many balances on the opposite side"),
        "W384": say("brought forward is not what the month before carried forward"),
        "W373": say("accounts of the month before are missing"),
        "W495": say("brought forward is not what the month before carried forward"),
    }
    return say("{what} ({code})", what=words.get(code, Text("?", "?")), code=code)


def doubts_text(basis: Basis) -> Text:
    """What is to be looked at before a level is used; empty where nothing is."""
    if not basis.doubts:
        return Text("", "")
    return say("check first: {doubts}", doubts=Text.joined(map(doubt_text, basis.doubts), "; "))


def basis_of(row: BasisRow | None) -> Basis:
    """What a result rests on by the file its figures came in."""
    if row is None:
        return UNKNOWN
    doubts = row.doubts
    if not row.has_both:
        doubts = tuple(code for code in doubts if code != _TYPED_OTHERWISE)
    return Basis(way_of(row.form), doubts)


@cache
def way_of(form: str) -> Way:
    """How figures of a form came about."""
    chosen = forms().get(form)
    return _WAYS.get(chosen.holds, "typed") if isinstance(chosen, TableForm) else "typed"
