"""Trial balances beside what is stored: typed otherwise, restated, older by their own word."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
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
from core.periods import Period, day_text, month_at, month_text
from core.scoring.explain.figures import money as amount
from core.scoring.explain.words import number
from core.services.books.whole_classes import class_text, whole_classes
from core.services.intake.kinds import FinanceIntake, Intake, TrialBalanceIntake
from core.services.recompute.finance import monthly_forms
from core.services.rules.finance import CRISIS
from core.store.uploads.accounts import Account, accounts_of
from core.store.uploads.changes import ResultChange
from core.store.uploads.observations import NewSubmission
from core.store.uploads.observed_table import ObservedTable, observed_table
from core.store.uploads.standing import is_older
from core.store.uploads.submissions import Key, moments_of_current
from core.text import Text, say

_BAHT: Final = 1.0
"""By how much a typed figure may differ: many are typed in whole baht."""
_SATANG: Final = 0.005
_MOST_LISTED: Final = 3


_BALANCES: Final = ("1", "2")
"""Classes whose balances go on from month to month; the others are closed once a year."""
Moments = Mapping[Key, tuple[str, str]]
"""By hospital and month: of when the file is by its own word, and of when is what counts."""


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

    Of each the figure that differs most for its size is named, and whether figures look like
    whole classes of accounts.
    """
    if not isinstance(intake, FinanceIntake):
        return
    is_books = isinstance(intake, TrialBalanceIntake)
    books, typed = monthly_forms()
    other = _other_figures(session, typed if is_books else books, intake.reading.lines)
    row_of = {key: row for row, key in enumerate(zip(other.subjects, other.periods, strict=True))}
    known = figures(intake.reading.form)
    differences = []
    for place, line in enumerate(intake.reading.lines):
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
            differences.append((place, line, differing))
            yield _differing("W430" if is_books else "W431", line, differing)
    held = _balances_behind(session, intake, differences)
    for place, line, differing in differences:
        own = 1 if is_books else 0
        figures_typed = {measure: pair[own] for measure, pair in differing.items()}
        yield from _like_classes(line, figures_typed, held.get(place, ()))


_Differences = Sequence[tuple[int, Line, Mapping[str, tuple[float, float]]]]


def _balances_behind(
    session: Session, intake: FinanceIntake, differences: _Differences
) -> Mapping[int, Sequence[tuple[str, float]]]:
    """The accounts of the books of lines by their place: the file's own, else the stored ones."""
    if isinstance(intake, TrialBalanceIntake):
        chosen = ((place, intake.accounts[place]) for place, *_ in differences)
        return {
            place: [(lines.code(n).full, float(lines.carried[n])) for n in range(len(lines))]
            for place, lines in chosen
        }
    keys = {(line.subject, line.period): place for place, line, _ in differences}
    placed = [(who, when) for who, when in keys if who and when]
    stored = standing_accounts(session, monthly_forms()[0], placed) if placed else {}
    return {
        keys[key]: [(one.code, one.carried) for one in accounts] for key, accounts in stored.items()
    }


def _like_classes(
    line: Line, typed: Mapping[str, float], balances: Sequence[tuple[str, float]]
) -> Iterator[CellIssue]:
    """One message for a month whose typed figures look like whole classes of accounts."""
    if line.period is None or not balances:
        return
    alike = list(whole_classes(line.period.fiscal_year, typed, balances))
    if not alike:
        return
    first = alike[0]
    spot = line.spot(first.measure)
    params = {
        "facility": line.subject,
        "period": month_text(line.period),
        "title": measure_name(first.measure),
        "what": class_text(first),
        "count": len(alike),
    }
    typed_as, wanted = money(first.typed), money(first.counted)
    yield CellIssue("W377", spot.sheet, spot.place.name, typed_as, wanted, params)


def _other_figures(session: Session, form: str, lines: Sequence[Line]) -> ObservedTable:
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


def brought_otherwise(
    session: Session, form: str, submissions: Sequence[NewSubmission]
) -> Iterator[CellIssue]:
    """Books whose balances do not go on from the month before, or into the month after, as stored.

    Only months that the file itself does not have: those it has are held against one another.
    """
    own = {(one.subject, one.period): one for one in submissions if len(one.accounts)}
    wanted = {
        (subject, month_at(period.ordinal + step)) for subject, period in own for step in (-1, 1)
    } - own.keys()
    stored = standing_accounts(session, form, wanted) if wanted else {}
    for (subject, period), one in own.items():
        for step in (-1, 1):
            other = month_at(period.ordinal + step)
            if (subject, other) in stored:
                yield from _brought(one, other, stored[subject, other], is_before=step < 0)


def _brought(
    one: NewSubmission, other: Period, beside: Sequence[Account], *, is_before: bool
) -> Iterator[CellIssue]:
    earlier, later = (beside, one.accounts) if is_before else (one.accounts, beside)
    brought = _balances(later, lambda account: account.brought)
    if not any(brought.values()):
        return
    carried = _balances(earlier)
    codes = [code for code in dict.fromkeys((*brought, *carried)) if code[:1] in _BALANCES]
    pairs = {code: (brought.get(code, 0.0), carried.get(code, 0.0)) for code in codes}
    used = {code: pair for code, pair in pairs.items() if any(pair)}
    wrong = {code: pair for code, pair in used.items() if abs(pair[0] - pair[1]) > _BAHT}
    if not wrong:
        return
    code, (brought_amount, wanted) = next(iter(wrong.items()))
    spot = next((a for a in one.accounts if a.code == code), one.accounts[0])
    params = {
        "facility": one.subject,
        "period": month_text(one.period),
        "other": month_text(other),
        "lines": len(wrong),
        "all": len(used),
    }
    yield CellIssue("W495", spot.sheet, spot.cell, money(brought_amount), money(wanted), params)


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


def _balances(
    accounts: Sequence[Account],
    amount_of: Callable[[Account], float] = lambda account: account.carried,
) -> Mapping[str, float]:
    balances: dict[str, float] = {}
    for one in accounts:
        balances[one.code] = balances.get(one.code, 0.0) + float(np.nan_to_num(amount_of(one)))
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
        "accounts": "; ".join(map(_restated_text, islice(changes, _MOST_LISTED))),
        "effect": _effect(level),
    }
    return CellIssue("W432", spot.sheet, spot.cell, money(largest.after), "", params)


def _restated_text(change: AccountChange) -> str:
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


def older_months(session: Session, form: str, submissions: Sequence[NewSubmission]) -> Moments:
    """The months of a file that say themselves that they are older than what counts."""
    own = {(one.subject, one.period): one.as_of for one in submissions if one.as_of}
    if not own:
        return {}
    counting = moments_of_current(session, form, own.keys())
    pairs = ((key, moment, counting.get(key)) for key, moment in own.items())
    return {
        key: (moment, other) for key, moment, other in pairs if other and is_older(moment, other)
    }


def older_issues(submissions: Sequence[NewSubmission], older: Moments) -> Iterator[CellIssue]:
    """A warning for each hospital with such months: what counts goes on counting."""
    months: dict[str, list[NewSubmission]] = defaultdict(list)
    for one in submissions:
        if (one.subject, one.period) in older:
            months[one.subject].append(one)
    for subject, several in months.items():
        last = several[-1]
        own, other = older[subject, last.period]
        cell = last.accounts[0] if len(last.accounts) else None
        params = {
            "facility": subject,
            "count": len(several),
            "months": _listed([one.period for one in several]),
            "own": _moment(own),
            "other": _moment(other),
        }
        at = (cell.sheet, cell.cell) if cell else ("", "")
        yield CellIssue("W493", *at, own, other, params)


def counted(submissions: Sequence[NewSubmission], older: Moments) -> tuple[NewSubmission, ...]:
    """Those that count: no month that is older by its own word than what counts."""
    return tuple(one for one in submissions if (one.subject, one.period) not in older)


def with_doubts(
    intake: Intake, issues: Sequence[CellIssue], submissions: Sequence[NewSubmission]
) -> tuple[NewSubmission, ...]:
    """The same, each with what is to be looked at before its level is used."""
    if not isinstance(intake, FinanceIntake):
        return tuple(submissions)
    whole = replace(intake, issues=(*intake.issues, *issues))
    lines = zip(whole.reading.lines, whole.doubts, strict=True)
    codes = {(line.subject, line.period): doubts for line, doubts in lines}
    return tuple(
        replace(one, doubts=codes.get((one.subject, one.period), ())) for one in submissions
    )


def _listed(months: Sequence[Period]) -> Text:
    texts = [month_text(month) for month in months]
    return Text(", ".join(one.th for one in texts), ", ".join(one.en for one in texts))


def _moment(written: str) -> Text:
    moment = datetime.fromisoformat(written)
    day, clock = day_text(moment.date()), written.partition("T")[2]
    return Text(f"{day.th} {clock}".strip(), f"{day.en} {clock}".strip())
