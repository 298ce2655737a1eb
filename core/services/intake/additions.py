"""Accounts added to the chart by a dropped table, and what speaks against a row of it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line
from core.forms.table.read import TableReading
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.additions import (
    GROUP,
    REASON,
    Addition,
    counted_otherwise,
    fault,
    group_name,
)

_MOST_LISTED: Final = 3


def additions_of(reading: TableReading, file: str = "") -> tuple[Addition, ...]:
    """What a table adds; rows that cannot be used are left out."""
    rows = ((line, _addition(line, file)) for line in reading.lines)
    return tuple(one for _line, one in rows if one and not fault(one.prefix, one.group))


def addition_issues(reading: TableReading) -> Iterator[CellIssue]:
    """Rows that cannot be used, and rows of which a longer one takes some accounts away."""
    if reading.form.holds != "account_map":
        return
    additions: list[tuple[Line, Addition]] = []
    for line in reading.lines:
        one = _addition(line, "")
        if one is None:
            continue
        code = fault(one.prefix, one.group)
        if code is not None:
            yield _faulty(line, one, code)
            continue
        if one.prefix in chart().codes:
            yield _issue(line, "W445", one)
        additions.append((line, one))
    yield from _within(additions)


def _addition(line: Line, file: str) -> Addition | None:
    group = line.texts.get(GROUP)
    if not line.is_placed or not line.subject or line.period is None or group is None:
        return None
    if GROUP in line.contradicted:
        return None
    spot, reason = line.key_spot, line.texts.get(REASON, "")
    year = line.period.fiscal_year
    return Addition(line.subject, group, year, reason, file, spot.sheet, spot.place.name)


def _faulty(line: Line, one: Addition, code: str) -> CellIssue:
    others = counted_otherwise(one.prefix, one.group) if code == "W443" else ()
    titles = (f"{account} {chart().title(account)}" for account in islice(others, _MOST_LISTED))
    return _issue(line, code, one, accounts="; ".join(titles), count=len(others))


def _within(additions: list[tuple[Line, Addition]]) -> Iterator[CellIssue]:
    """Rows whose digits begin as those of a shorter row that puts them into another group."""
    for line, one in additions:
        for other_line, other in additions:
            is_longer = one.prefix != other.prefix and one.prefix.startswith(other.prefix)
            if is_longer and one.group != other.group:
                yield _issue(line, "W446", one, other=other_line.key_spot.place.name)


def _issue(line: Line, code: str, one: Addition, **params: object) -> CellIssue:
    spot = line.spot(GROUP) if code == "W444" else line.key_spot
    return CellIssue(code, spot.sheet, spot.place.name, one.prefix, group_name(one.group), params)
