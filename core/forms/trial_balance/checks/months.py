"""Months of trial balances: missing between others, or of another year than a heading says."""

import re
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final

from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header
from core.forms.table.keys import shown
from core.forms.table.words import is_of_document
from core.forms.trial_balance.lines import AccountLines, LinesByKey
from core.forms.trial_balance.words import words_of
from core.periods import Period, month_text
from core.text import Text, say, thai_digits_to_arabic

_SHOWN: Final = 60


def other_years(header: Header, months: AbstractSet[Period]) -> Iterator[CellIssue]:
    """Lines above a table that name a fiscal year of which no row is, as last year's file may."""
    known = {month.fiscal_year for month in months}
    for row, cells in header.sheet.rows.items():
        if row >= header.row or not known:
            return
        text = " ".join(map(shown, cells.values()))
        years = set(map(int, _fiscal_year().findall(thai_digits_to_arabic(text))))
        if not years or not years.isdisjoint(known) or is_of_document(text):
            continue
        spot = header.spot(row, min(cells))
        texts = [month_text(month) for month in sorted(months)]
        other = say("fiscal year {year}", year=", ".join(map(str, sorted(years))))
        listed = Text.joined(texts[:1] if len(texts) == 1 else (texts[0], texts[-1]), " \u2013 ")
        yield CellIssue(
            "W434", spot.sheet, spot.place.name, text[:_SHOWN], listed, {"other": other}
        )


@cache
def _fiscal_year() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(words_of("fiscal_year"), key=len, reverse=True)))
    return re.compile(rf"(?:{words})[^0-9]{{0,8}}(25[0-9]{{2}})(?![0-9])", re.IGNORECASE)


def missing_months(balances: LinesByKey) -> Iterator[CellIssue]:
    """Once for each hospital and fiscal year: what cannot be known of the months after a gap.

    Levels need no other month; sums since October do, and balances brought forward are held
    against the month before.
    """
    years: dict[tuple[str, int], dict[int, AccountLines]] = defaultdict(dict)
    for (hcode, period), lines in balances.items():
        if hcode is not None and period is not None:
            years[hcode, period.fiscal_year][period.number] = lines
    for (hcode, year), months in years.items():
        lost = [n for n in range(min(months), max(months)) if n not in months]
        if not lost:
            continue
        after = min(n for n in months if n > lost[0])
        texts = [month_text(Period(year, "M", number)) for number in lost]
        first = Period(year, "M", after)
        yield months[after].issue(
            0, "W378", str(len(lost)), facility=hcode,
            months=Text.joined(texts, ", "), after=month_text(first),
        )  # fmt: skip
