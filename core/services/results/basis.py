"""What a level rests on: the ministry, books or typed figures, and what is to be looked at."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Final, NamedTuple

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
        period: {subject: _basis(row) for subject, row in of_period.items()}
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


def _basis(row: BasisRow) -> Basis:
    doubts = row.doubts
    if not row.has_both:
        doubts = tuple(code for code in doubts if code != _TYPED_OTHERWISE)
    return Basis(_way_of(row.form), doubts)


@cache
def _way_of(form: str) -> Way:
    chosen = forms().get(form)
    return _WAYS.get(chosen.holds, "typed") if isinstance(chosen, TableForm) else "typed"
