"""Notes of the finance form say which accounts belong into each figure, as the sets have them."""

import re

import pytest

from core.forms.model.form import TableForm, form
from core.forms.trial_balance.accounts import account_sets

CODE = re.compile(r"\d{10}\.\d{3}")
MORE = re.compile(r"(\d{10})(\.\d{3})((?: \.\d{3})+)")


def note(measure: str) -> str:
    chosen = form("finance")
    assert isinstance(chosen, TableForm)
    hint = chosen.tables[0].column(measure).hint  # type: ignore[union-attr]
    assert hint is not None, measure
    return hint.th


def codes(text: str) -> set[str]:
    """The accounts a note names; `1101020501.102 .201` are two."""
    spread = MORE.sub(lambda m: " ".join(m[1] + end for end in (m[2], *m[3].split())), text)
    return set(CODE.findall(spread))


@pytest.mark.parametrize("measure", sorted(account_sets().editions[-1].measures))
def test_every_figure_the_books_give_has_its_accounts_in_the_note(measure: str) -> None:
    assert re.search(r"บัญชี|หมวด|รายได้", note(measure))


@pytest.mark.parametrize("measure", ["finance.cash", "finance.current_liabilities"])
def test_the_accounts_left_out_are_those_of_the_sets(measure: str) -> None:
    assert codes(note(measure)) == set(account_sets().editions[-1].measures[measure].plus.without)


def test_operating_revenue_names_the_accounts_it_adds() -> None:
    plus = account_sets().editions[-1].measures["finance.operating_revenue"].plus
    assert codes(note("finance.operating_revenue")) == {p for p in plus.prefixes if "." in p}
