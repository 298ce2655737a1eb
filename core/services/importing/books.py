"""Trial balances beside what is stored: figures typed otherwise, and months that were restated."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import measure_name
from core.forms.model.form import holds
from core.forms.model.issues import CellIssue
from core.forms.table.lines import Line, figures
from core.forms.trial_balance.accounts import chart
from core.forms.trial_balance.lines import money
from core.periods import month_text
from core.scoring.explain.figures import money as amount
from core.scoring.explain.words import number
from core.services.intake.kinds import FinanceIntake, Intake, TrialBalanceIntake
from core.services.recompute.finance import monthly_forms
from core.services.rules.finance import CRISIS
from core.store.uploads.accounts import Account, accounts_of
from core.store.uploads.changes import ResultChange
from core.store.uploads.observations import NewSubmission
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.submissions import Key
from core.text import Text, say

_BAHT: Final = 1.0
"""By how much a typed figure may differ: many are typed in whole baht."""
_SATANG: Final = 0.005
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An account whose balance at month end is another than before; 0 where it was not there."""

    code: str
    title: str
    before: float
    after: float

    @property
    def by(self) -> float:
        """By how much it rose on the debit side."""
        return self.after - self.before


def typed_otherwise(session: Session, intake: Intake) -> Iterator[CellIssue]:
    """Hospital-months whose figures are typed in one file and computed otherwise from another.

    Of each the figure that differs most for its size is named.
    """
    if not isinstance(intake, FinanceIntake):
        return
    is_books = isinstance(intake, TrialBalanceIntake)
    books, typed = monthly_forms()
    other = _told(session, typed if is_books else books, intake.reading.lines)
    row_of = {key: row for row, key in enumerate(zip(other.subjects, other.periods, strict=True))}
    known = figures(intake.reading.form)
    for line in intake.reading.lines:
        if line.subject is None or line.period is None:
            continue
        row = row_of.get((line.subject, line.period))
        if row is None:
            continue
        pairs = {
            figure.measure: (line.values[figure.place], float(column.values[row]))
            for figure in known
            if (column := other.columns.get(figure.measure)) is not None
        }
        differing = {measure: p for measure, p in pairs.items() if abs(p[0] - p[1]) > _BAHT}
        if differing:
            yield _differing("W430" if is_books else "W431", line, differing)


def _told(session: Session, form: str, lines: Sequence[Line]) -> ObservedTable:
    """What another form tells of the hospitals and months of some lines."""
    return observed_table(
        session,
        form,
        periods={line.period for line in lines if line.period},
        subjects={line.subject for line in lines if line.subject},
    )


def _differing(code: str, line: Line, differing: Mapping[str, tuple[float, float]]) -> CellIssue:
    measure = max(differing, key=lambda one: _share(*differing[one]))
    own, other = differing[measure]
    spot = line.spot(measure)
    params = {
        "facility": line.subject,
        "period": month_text(line.period) if line.period else "",
        "title": measure_name(measure),
        "count": len(differing),
    }
    return CellIssue(code, spot.sheet, spot.place.name, money(own), money(other), params)


def _share(own: float, other: float) -> float:
    return abs(own - other) / max(abs(own), abs(other))


def standing_accounts(
    session: Session, form: str, keys: Collection[Key]
) -> Mapping[Key, Sequence[Account]]:
    """The accounts that count now for some hospitals and months, of those that have any."""
    if not holds(form, "accounts"):
        return {}
    table = observed_table(
        session, form, periods={period for _, period in keys}, subjects={who for who, _ in keys}
    )
    held = accounts_of(session, table.submissions.tolist())
    rows = zip(table.subjects, table.periods, table.submissions.tolist(), strict=True)
    return {(who, when): held[id_] for who, when, id_ in rows if id_ in held}


def restated(
    before: Mapping[Key, Sequence[Account]],
    submissions: Sequence[NewSubmission],
    results: Sequence[ResultChange],
) -> Iterator[CellIssue]:
    """A warning for each month whose books were others before: what changed, and the level."""
    levels = {(one.subject, one.period): one for one in results if one.criterion == CRISIS}
    for one in submissions:
        key = one.subject, one.period
        if key not in before:
            continue
        changes = account_changes(before[key], one.accounts)
        if changes:
            yield _restated(one, changes, levels.get(key))


def account_changes(
    before: Sequence[Account], after: Sequence[Account]
) -> tuple[AccountChange, ...]:
    """The accounts whose balances differ, those that moved most first."""
    was, now = _balances(before), _balances(after)
    changes = (
        AccountChange(code, chart().title(code), was.get(code, 0.0), now.get(code, 0.0))
        for code in dict.fromkeys((*was, *now))
    )
    moved = (one for one in changes if not abs(one.by) < _SATANG)
    return tuple(sorted(moved, key=lambda one: -abs(np.nan_to_num(one.by))))


def _balances(accounts: Sequence[Account]) -> Mapping[str, float]:
    balances: dict[str, float] = {}
    for one in accounts:
        balances[one.code] = balances.get(one.code, 0.0) + one.carried
    return balances


def _restated(
    new: NewSubmission,
    changes: Sequence[AccountChange],
    level: ResultChange | None,
) -> CellIssue:
    largest = changes[0]
    spot = next((a for a in new.accounts if a.code == largest.code), new.accounts[0])
    params = {
        "facility": new.subject,
        "period": month_text(new.period),
        "count": len(changes),
        "accounts": "; ".join(map(_named, islice(changes, _NAMED))),
        "effect": _effect(level),
    }
    return CellIssue("W432", spot.sheet, spot.cell, money(largest.after), "", params)


def _named(change: AccountChange) -> str:
    return f"{change.title} {amount(change.before)} \u2192 {amount(change.after)}"


def _effect(level: ResultChange | None) -> Text:
    """What a restatement does to the crisis level."""
    if level is None or level.value_before == level.value:
        return say("The crisis level stays as it was.")
    return say(
        "The crisis level changes from {before} to {after}.",
        before=_level(level.value_before),
        after=_level(level.value),
    )


def _level(value: float | None) -> Text:
    return say("no data") if value is None else Text(number(value), number(value))
