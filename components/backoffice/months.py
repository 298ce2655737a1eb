"""Plans month by month: an activity a row, the twelve months of a fiscal year as columns."""

from collections.abc import Iterable, Mapping
from functools import cache

from components.parts.tables import head_row, scrolling
from components.reader.language import _, current_language
from components.reader.markup import Html, joined, tag
from core.periods import calendar_month, month_name
from core.text import Language

MONTHS = range(1, 13)


def month_titles() -> tuple[str, ...]:
    """The months of a fiscal year, shortened, in the reader's language."""
    return _titles(current_language())


@cache
def _titles(language: Language) -> tuple[str, ...]:
    return tuple(month_name(calendar_month(month), language, short=True) for month in MONTHS)


def month_table(
    caption: str,
    first: str,
    rows: Iterable[tuple[str, frozenset[int]]],
    more: Mapping[str, tuple[str, ...]] | None = None,
) -> Html:
    """Activities with the months they are done in; `more` are further columns after them.

    `more`: title -> a cell for each row.
    """
    further = dict(more or {})
    titles = [(first, ""), *((title, "t-month") for title in month_titles())]
    titles += [(title, "t-number") for title in further]
    body = joined(
        _row(name, months, [cells[place] for cells in further.values()])
        for place, (name, months) in enumerate(rows)
    )
    return scrolling(caption, head_row(titles), body, "t-months")


def _row(name: str, months: frozenset[int], further: list[str]) -> Html:
    cells = [tag("th", name, scope="row")]
    cells += [_cell(month in months) for month in MONTHS]
    cells += [tag("td", cell, class_="t-number") for cell in further]
    return tag("tr", *cells)


def _cell(is_done: bool) -> Html:
    if not is_done:
        return tag("td", "", class_="t-month")
    # A sign besides the colour: nobody sees colour alone.
    return tag("td", tag("span", "●", role="img", aria_label=_("planned")), class_="t-month t-on")
