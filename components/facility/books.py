"""The books of a facility: what moved its result and its balance sheet, and the accounts behind."""

from collections.abc import Iterator
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from components.facility import plan, support
from components.parts.anatomy import disclosure
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, money, money_change
from components.reader.view_cache import cached_by_view
from components.why.rules import quoted
from core.periods import Period, month_text
from core.services.books.behind import NET_INCOME, Behind, BooksOfMonth, Move, behind, books_of
from core.services.books.plan import has_plan, plan_view
from core.services.books.wording import added_sentence, behind_sentence, moved_sentence
from core.services.profiles.facility import Profile, explained
from core.services.rules.explanation import Explanation, StoredExplanation
from core.services.rules.finance import CRISIS

ACCOUNTS: Final = "books"
"""The name of the line that opens the accounts behind every figure."""
LINES: Final = (ACCOUNTS, support.WHY, plan.WHY)


def show(engine: Engine, shown: Profile) -> None:
    """A section of what the books say of the month; nothing where none were sent."""
    if has_plan(engine, shown.place.code, shown.period):
        summary = _("Financial plan (PlanFin)")
        st.html(disclosure(summary, why=plan.WHY))
    books = books_of(engine, shown.place.code, shown.period)
    if books is not None and (drawn := _section(books)):
        st.html(drawn)


@cached_by_view
def _section(books: BooksOfMonth) -> Html:
    income = books.behind(NET_INCOME)
    if income is None:
        return Html()
    title = tag("h2", _("What the books say"), class_="t-section")
    sides = (tag("div", _bridge(income)), tag("div", _moved(books)))
    # Accounts are many: they are read when somebody wants to see them.
    lines = joined(
        (
            disclosure(_("Show the accounts behind each figure"), why=ACCOUNTS),
            disclosure(_("Support between hospitals"), why=support.WHY),
        )
    )
    return joined((title, tag("div", *sides, class_="t-halves"), lines))


def behind_line(engine: Engine, shown: Profile, why: str) -> Html | None:
    """What stands behind one of `LINES`; None where nothing does."""
    if why == ACCOUNTS:
        result = explained(engine, shown).get(CRISIS)
        lines = behind(engine, result) if result else ()
        return joined(disclosure(tr(one.name), _accounts(one)) for one in lines)
    if why == support.WHY:
        return support.tables(engine, shown)
    planned = plan_view(engine, shown.place.code, shown.period)
    return plan.tables(planned) if planned else None


def of_test(engine: Engine, result: StoredExplanation, test: Explanation) -> Html:
    """The accounts of a test's figures, each below the one that moved it most; else nothing."""
    measures = {fact.measure for fact in test.facts if fact.way == "books"}
    if not measures:
        return Html()
    figures = (one for one in behind(engine, result) if one.measure in measures)
    return joined(disclosure(tr(moved_sentence(one)), _accounts(one)) for one in figures)


def _accounts(one: Behind) -> Html:
    caption = tr(one.name)
    sentence = tag("p", tr(behind_sentence(one)), class_="t-said")
    file = tag("p", _("Computed from the books, file “{file}”", file=one.file))
    return joined((sentence, table_html(caption, _columns(one.against), _rows(one)), file))


def _bridge(income: Behind) -> Html:
    """Net income from the month before to this one: what it was, what moved it, what it is."""
    if income.against is None:
        return _accounts(income)
    columns = [Column(_("Account")), Column(_("Change (baht)"), number=True)]
    ends = ((income.against, income.before), (income.period, income.amount))
    first, last = ((tr(month_text(when)), money(amount)) for when, amount in ends)
    steps = ((name, change) for name, _amount, change in _rows(income))
    caption = _("Net income since October, from one month to the next")
    table = table_html(caption, columns, (first, *steps, last))
    sentence = tag("p", tr(behind_sentence(income)), class_="t-said")
    file = tag("p", _("Computed from the books, file “{file}”", file=income.file))
    return joined((sentence, table, file))


def _columns(against: Period | None) -> list[Column]:
    since = _("Change since {month}", month=tr(month_text(against))) if against else NONE
    return [
        Column(_("Account")),
        Column(_("Amount (baht)"), number=True),
        Column(since, number=True),
    ]


def _rows(one: Behind) -> Iterator[tuple[str | Html, str, str]]:
    yield from map(_row, one.movements)
    if one.others:
        name = _("{count} other accounts", count=one.others)
        yield name, money(one.others_amount), money_change(one.others_change)


def _row(move: Move) -> tuple[Html, str, str]:
    account = quoted(f"{move.title} ({move.code})" if move.title != move.code else move.code)
    if move.added:
        account = joined((account, tag("small", tr(added_sentence(move.added)), class_="t-said")))
    return account, money(move.amount), money_change(move.change)


def _moved(books: BooksOfMonth) -> Html:
    """The accounts of the balance sheet that moved most."""
    caption = _("Accounts of the balance sheet that moved most")
    if books.against is None:
        return tag("p", _("The books of the month before were not sent, so no change is known."))
    return table_html(caption, _columns(books.against), map(_row, books.movers()))
