"""What lies behind figures of the books, as plain data for programs and in lines of text."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from core.forms.trial_balance.additions import Addition, group_name
from core.periods import month_text
from core.scoring.explain.figures import money, money_change
from core.services.books.behind import Behind, Move
from core.services.exports.documents import both
from core.text import Text, say

_MILLION: Final = 1e6
_TENTH: Final = 0.05
"""Millions below which a change is said in baht."""


def behind_json(one: Behind) -> dict[str, Any]:
    """One figure with its accounts; amounts in baht, None without a month to compare with."""
    return {
        "measure": one.measure,
        "name": both(one.name),
        "period": str(one.period),
        "against": str(one.against) if one.against else None,
        "amount": one.amount,
        "before": one.before,
        "change": one.change,
        "accounts": [
            {
                "code": move.code,
                "title": move.title,
                "amount": move.amount,
                "change": move.change,
                "sheet": move.sheet,
                "cell": move.cell,
                "added": move.added and added_json(move.added),
            }
            for move in one.movements
        ],
        "others": {"accounts": one.others, "amount": one.others_amount}
        | {"change": one.others_change},
        "file_name": one.file,
    }


def added_json(one: Addition) -> dict[str, Any]:
    """An account added to the chart, as the file that added it says."""
    return {
        "code": one.prefix,
        "group": both(group_name(one.group)),
        "from_fiscal_year": one.fiscal_year,
        "reason": one.reason,
        "file_name": one.file,
        "sheet": one.sheet,
        "cell": one.cell,
    }


def added_sentence(one: Addition) -> Text:
    """By what an account counts that the chart lacks."""
    return say(
        "Added to “{group}” from fiscal year {year}: {reason} (file “{file}”, {sheet} {cell})",
        group=group_name(one.group),
        year=one.fiscal_year,
        reason=one.reason or "–",
        file=one.file,
        sheet=one.sheet,
        cell=one.cell,
    )


def behind_lines(behind_: Iterable[Behind]) -> Iterator[Text]:
    """Each figure, then its accounts with their amounts and changes."""
    for one in behind_:
        yield behind_sentence(one)
        for move in one.movements:
            yield say(
                "    {code} {title}: {amount}{change} [{sheet} {cell}]",
                code=move.code,
                title=move.title,
                amount=money(move.amount),
                change=_change_beside(move),
                sheet=move.sheet,
                cell=move.cell,
            )
            if move.added:
                words = added_sentence(move.added)
                yield Text(f"      {words.th}", f"      {words.en}")
        if one.others:
            yield say(
                "    {count} other accounts: {amount}",
                count=one.others,
                amount=money(one.others_amount),
            )


def behind_sentence(one: Behind) -> Text:
    """What a figure is in the books, and what moved it most."""
    figure = {"name": one.name, "amount": money(one.amount)}
    if one.against is None or one.change is None:
        return say("{name} by its accounts: {amount} baht, largest first", **figure)
    return say(
        "{name} by its accounts: {amount} baht ({change} since {month})",
        **figure,
        change=change_text(one.change),
        month=month_text(one.against),
    )


def moved_sentence(one: Behind) -> Text:
    """A figure in the books, with the account that moved it most and by how much."""
    first = next(iter(one.movements), None)
    if first is None or not first.change:
        return behind_sentence(one)
    return say(
        "{name} by its accounts: {account} {change} since {month}",
        name=one.name,
        account=first.title,
        change=change_text(first.change),
        month=month_text(one.against) if one.against else "",
    )


def _change_beside(move: Move) -> Text:
    if not move.change:
        return Text("", "")
    return say(" ({change})", change=change_text(move.change))


def change_text(change: float) -> Text:
    """A change with its sign, in millions where it is large enough for one decimal."""
    if abs(change) / _MILLION < _TENTH:
        return say("{change} baht", change=money_change(change))
    return say("{change} million baht", change=money_change(change / _MILLION, 1))
