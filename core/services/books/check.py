"""The map of accounts, checked: against the ministry's ratios, and against the stored books."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.criteria.catalog import measure_name
from core.forms.trial_balance.accounts import account_sets, chart
from core.forms.trial_balance.additions import NOTHING_ADDED, Addition, Additions
from core.forms.trial_balance.codes import AccountCode, matched, placed
from core.forms.trial_balance.header import FORM
from core.forms.trial_balance.ratios import ratio_tables
from core.services.books.wording import added_json, added_sentence
from core.services.guard.doors import door
from core.services.rules.account_map import additions_in
from core.store.engine.unit_of_work import reading
from core.store.uploads.accounts import accounts_of
from core.store.uploads.observed_table import observed_table
from core.text import Text, say

_COUNTERPARTS: Final = {
    "finance.current_assets": "1001X",
    "finance.quick_assets": "1002X",
    "finance.cash": "1003X",
    "finance.current_liabilities": "1001Y",
    "finance.total_assets": "3210Y",
    "finance.revenue": "3006Y",
    "finance.expense": "3010X",
    "finance.operating_revenue": "3200Y",
    "finance.net_income": "3210X",
    "finance.ebitda": "3200X",
}
"""Measures, and the items of the ministry's ratios that are the same figure."""
_SIDES: Final = ("finance.current_assets", "finance.current_liabilities")
_MOST_LISTED: Final = 20
_UsedByYear = Mapping[tuple[str, int], Sequence[tuple[str, float]]]
"""Accounts by fiscal year: the hospital and the balance without its side, of each of its months."""
_Wanted = Callable[[AccountCode, int], bool]


@dataclass(frozen=True, slots=True)
class Used:
    """An account of stored books: in how many hospital-months, and what it carries together.

    `hcodes` are the hospitals that use it; `money` the balances without their sides, in baht.
    """

    code: str
    title: str
    months: int
    money: float
    hcodes: tuple[str, ...]


@dataclass(frozen=True)
class MapReport:
    """What the check found.

    `in_no_set`: accounts of the chart that no figure counts, by class. `on_both_sides`: accounts
    that count as an asset and as a liability. `counted_otherwise`: by measure the accounts in use
    that it and the ministry's ratio count differently. Of stored books: accounts the chart does not
    know, new ones that go with their group, and closed ones that still carry money. `added`: what
    was added to the chart, with the accounts of stored books that count by it.
    """

    accounts: int
    in_no_set: Mapping[str, tuple[str, ...]]
    on_both_sides: tuple[str, ...]
    counted_otherwise: Mapping[str, tuple[str, ...]]
    unknown: tuple[Used, ...]
    new: tuple[Used, ...]
    closed: tuple[Used, ...]
    added: tuple[tuple[Addition, tuple[Used, ...]], ...] = ()

    @property
    def has_problems(self) -> bool:
        """Whether money lies outside every figure, or a code on two sides."""
        return bool(self.unknown or self.on_both_sides)


@door(Action.READ)
def check_accounts(engine: Engine | None, fiscal_year: int | None = None) -> MapReport:
    """Check the map, and the books that count now where there is a store, of one year or of all.

    The map is that of the year, of the latest there is without one. What was added to the chart
    counts in the books of the years it was added for.
    """
    sets = account_sets()
    edition = sets.editions[-1] if fiscal_year is None else sets.edition(fiscal_year)
    weights = {
        code: {m: account_sets().weight(c, code) for m, c in edition.measures.items()}
        for code in sorted(chart().codes)
    }
    nowhere: dict[str, list[str]] = defaultdict(list)
    for code, by_measure in weights.items():
        if not any(by_measure.values()):
            nowhere[code[0]].append(code)
    used = _used(engine, fiscal_year) if engine else {}
    additions = _additions(engine) if engine else NOTHING_ADDED

    def by(one: Addition) -> _Wanted:
        return lambda code, year: placed(code, additions, year).added == one

    return MapReport(
        accounts=len(weights),
        in_no_set={kind: tuple(codes) for kind, codes in nowhere.items()},
        on_both_sides=tuple(c for c, w in weights.items() if all(w[side] for side in _SIDES)),
        counted_otherwise={m: tuple(others) for m, others in _otherwise(weights) if others},
        unknown=_chosen(used, lambda code, year: placed(code, additions, year).account is None),
        new=_chosen(used, lambda code, _: code.is_new),
        closed=_chosen(used, lambda code, _: chart().is_closed(code.account or "")),
        added=tuple((one, _chosen(used, by(one))) for one in additions.rows),
    )


def _additions(engine: Engine) -> Additions:
    with reading(engine) as session:
        return additions_in(session)


def _otherwise(weights: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, list[str]]]:
    in_use = {code: w for code, w in weights.items() if not chart().is_closed(code)}
    for measure, name in _COUNTERPARTS.items():
        item = ratio_tables().items[name]
        yield measure, [code for code, w in in_use.items() if w[measure] != item.weight(code)]


def _used(engine: Engine, fiscal_year: int | None) -> _UsedByYear:
    """Every account with a balance in the books that count now, by year: whose, and how much."""
    with reading(engine) as session:
        table = observed_table(session, FORM, measures=())
        held = accounts_of(session, table.submissions.tolist())
    keys = zip(table.subjects, table.periods, strict=True)
    whose = dict(zip(table.submissions.tolist(), keys, strict=True))
    used: dict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
    for number, accounts in held.items():
        hcode, period = whose[number]
        for one in accounts:
            if one.carried and fiscal_year in (None, period.fiscal_year):
                used[one.code, period.fiscal_year].append((hcode, abs(one.carried)))
    return used


def _chosen(used: _UsedByYear, is_wanted: _Wanted) -> tuple[Used, ...]:
    """The accounts that are wanted, in the years they are; those with most money first."""
    months: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (code, year), lines in used.items():
        if is_wanted(matched(code), year):
            months[code] += lines
    chosen = (
        Used(
            code,
            chart().title(code),
            len(lines),
            math.fsum(money for _, money in lines),
            tuple(sorted({hcode for hcode, _ in lines})),
        )
        for code, lines in months.items()
    )
    return tuple(sorted(chosen, key=lambda one: -one.money))


def report_json(report: MapReport) -> dict[str, Any]:
    """The report as JSON; the keys are a contract: add, never rename."""
    return {
        "accounts": report.accounts,
        "in_no_set": {kind: list(codes) for kind, codes in report.in_no_set.items()},
        "on_both_sides": list(report.on_both_sides),
        "counted_otherwise": {m: list(codes) for m, codes in report.counted_otherwise.items()},
        "unknown": list(map(_used_json, report.unknown)),
        "new": list(map(_used_json, report.new)),
        "closed": list(map(_used_json, report.closed)),
        "added": [
            added_json(one) | {"uses": list(map(_used_json, uses))} for one, uses in report.added
        ],
    }


def _used_json(one: Used) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "months": one.months,
        "money": one.money,
        "hcodes": list(one.hcodes),
    }


def report_lines(report: MapReport) -> Iterator[Text]:
    """What was found, what counts most first."""
    yield say("The chart has {count} accounts.", count=report.accounts)
    for kind, codes in report.in_no_set.items():
        yield say("Class {kind}: {count} accounts in no figure", kind=kind, count=len(codes))
    yield from _codes(say("On both sides of the balance sheet"), report.on_both_sides)
    for measure, others in report.counted_otherwise.items():
        title = say("{name}: counted otherwise by the ministry's ratio", name=measure_name(measure))
        yield from _codes(title, others)
    yield from _uses(say("Stored books: not in the chart, in no figure"), report.unknown)
    yield from _uses(say("Stored books: new in the chart, counted with its group"), report.new)
    yield from _uses(say("Stored books: closed in the chart, still with a balance"), report.closed)
    for one, uses in report.added:
        yield say("{code}: {said}", code=one.prefix, said=added_sentence(one))
        yield from _uses(say("Stored books: counted by it"), uses)


def _codes(title: Text, codes: Iterable[str]) -> Iterator[Text]:
    listed = list(codes)
    if listed:
        yield say("{title}: {count}", title=title, count=len(listed))
        for code in listed[:_MOST_LISTED]:
            yield Text(f"  {code} {chart().title(code)}", f"  {code} {chart().title(code)}")


def _uses(title: Text, used: Iterable[Used]) -> Iterator[Text]:
    listed = list(used)
    if listed:
        yield say("{title}: {count}", title=title, count=len(listed))
        for one in listed[:_MOST_LISTED]:
            yield say(
                "  {code} {title}: {money} baht, {months} hospital-months, {hospitals} hospitals",
                code=one.code,
                title=one.title,
                money=f"{one.money:,.2f}",
                months=one.months,
                hospitals=len(one.hcodes),
            )
