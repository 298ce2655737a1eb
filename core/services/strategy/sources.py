"""What KPIs of a plan are fed by: shares of a province, month by month, from what is stored.

Each source gives the course of a KPI: periods, oldest first, with what was counted of what. A
source that has nothing says why.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from core.areas import COUNTRY
from core.forms.document.plan import Kpi
from core.periods import Period, day_text, in_thailand, month_of
from core.scoring.base.states import State, Verdict
from core.services.claims.view import compensated
from core.services.rules.finance import CRISIS_AREA, GRADE, TPS
from core.store.engine.unit_of_work import reading
from core.store.results.area_rows import StandingRow, area_history, explained, sites, standing
from core.store.uploads.deadlines import deadlines
from core.store.uploads.observed_table import observed_table
from core.store.uploads.sent_days import first_sent
from core.text import Text, say

_QUARTER: Final = 3
_LEVEL_6: Final = "level_6"
_EXPENSE: Final = "tps.score.process.planfin.expense"
_COVERAGE: Final = ("coverage.thai_insured", "coverage.thai_citizens")
_STATEMENTS: Final = ("finance", "trial-balance")
"""Forms that are a hospital's statements of a month; last days are set for the first of them."""
HOSPITAL: Final = "hospital"


class Share(NamedTuple):
    """What a KPI came to in a period: `number` of `of`, which is people or facilities."""

    period: Period
    number: float
    of: float

    @property
    def percent(self) -> float:
        return 100 * self.number / self.of


@dataclass(frozen=True)
class Fed:
    """The course of a KPI, oldest first; `missing` says why there is none.

    `behind` are the facilities that stand in the way, by hcode, of the newest period. `page` names
    where the figures are shown. `basis` says what it is counted by, where that could be another.
    """

    course: tuple[Share, ...] = ()
    missing: Text | None = None
    behind: tuple[str, ...] = ()
    page: str = ""
    basis: Text | None = None


class Scope(NamedTuple):
    """What a source is asked for: the province, the last month that counts, and the day it is."""

    area: str
    until: Period
    kpi: Kpi
    today: date = date.max

    @property
    def months(self) -> tuple[Period, ...]:
        """The months of the plan's year, up to the last one that counts."""
        year = self.until.fiscal_year
        return tuple(Period(year, "M", n) for n in range(1, self.until.number + 1))

    @property
    def measured(self) -> tuple[Period, ...]:
        """The months the KPI is measured in: the ends of its quarters, else all."""
        ends = {_QUARTER * quarter for quarter in self.kpi.quarters}
        return tuple(month for month in self.months if not ends or month.number in ends)


Source = Callable[[Session, Scope], Fed]


def fed(engine: Engine, scope: Scope) -> Fed:
    """What feeds a KPI; of one that nothing feeds, what was typed."""
    if scope.kpi.measured_by in LEDGER:
        return _compensation(engine, scope)
    source = SOURCES.get(scope.kpi.measured_by)
    if source is None:
        return _typed(scope)
    with reading(engine) as session:
        return source(session, scope)


def _typed(scope: Scope) -> Fed:
    """A result that was typed into the plan, of the month of its day."""
    row = scope.kpi.row
    result, day = row.number("plan.result"), row.day("plan.result_on")
    when = month_of(day) if day else scope.until
    if result is not None and when <= scope.until:
        return Fed((Share(when, result, 100.0),))
    if scope.kpi.measured_by in LEDGER:
        text = say(
            "No reply of a fund (REP) is stored for these claims; send it, or type the result"
        )
        return Fed(missing=text)
    return Fed(missing=say("No result was typed into the plan"))


def _crisis(session: Session, scope: Scope) -> Fed:
    """Facilities at level 6, of those that report."""
    history = area_history(session, (CRISIS_AREA,), scope.area)
    shares = []
    for month in scope.measured:
        row = history.get((CRISIS_AREA, month))
        part = row.parts.get(_LEVEL_6) if row else None
        if row is not None and part is not None and part[2] is not None and row.notes["reporting"]:
            shares.append(Share(month, float(part[2]), float(row.notes["reporting"])))
    return Fed(tuple(shares), _none(shares), page="crisis")


def _coverage(session: Session, scope: Scope) -> Fed:
    """Thai citizens with rights, of all citizens of the facilities that reported both."""
    rounds = [Period(scope.until.fiscal_year, "R", n) for n in (1, 2)]
    ended = [one for one in rounds if one.month <= scope.until]
    inside = _inside(session, scope, kind=None)
    table = observed_table(session, "coverage", periods=ended, measures=_COVERAGE)
    if not all(measure in table.columns for measure in _COVERAGE):
        return Fed(missing=_none([]), page="coverage")
    columns = [table.columns[measure] for measure in _COVERAGE]
    sums: dict[Period, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, (subject, period) in enumerate(zip(table.subjects, table.periods, strict=True)):
        is_told = all(column.states[place] == State.REPORTED for column in columns)
        if subject in inside and is_told:
            for side, column in enumerate(columns):
                sums[period][side] += float(column.values[place])
    shares = [Share(one.month, *sums[one]) for one in ended if one in sums and sums[one][1]]
    return Fed(tuple(shares), _none(shares), page="coverage")


def _planfin(session: Session, scope: Scope) -> Fed:
    """Hospitals whose expense is within the plan, of those that could be judged (TPS 1.1)."""
    within = scope.kpi.within
    if within is None:
        return Fed(missing=say("The plan does not say within how many percent"))
    inside = [*_inside(session, scope)]
    shares: list[Share] = []
    behind: tuple[str, ...] = ()
    for month in scope.measured:
        parts = explained(session, TPS, month, inside)
        differences = {h: _difference(one) for h, one in parts.items()}
        known = {h: value for h, value in differences.items() if value is not None}
        if known:
            behind = tuple(h for h, value in known.items() if abs(value) > within)
            shares.append(Share(month, len(known) - len(behind), len(known)))
    return Fed(tuple(shares), _none(shares), behind, "overview")


def _difference(parts: Mapping[str, Sequence[object]]) -> float | None:
    """By how many percent expense differs from its plan; None where it could not be computed."""
    part = parts.get(_EXPENSE) or parts.get(_EXPENSE.removeprefix("tps.score."))
    figure = part[0] if part else None
    return float(figure) if isinstance(figure, (int, float)) else None


def _in_time(session: Session, scope: Scope) -> Fed:
    """Hospitals whose statements of a month came by its last day, of all that should send them.

    A month counts once its last day is over: before it nobody is late.
    """
    by_form = _days_set(session, scope)
    day = scope.kpi.due_day
    days = by_form if day is None else {month: _due(month, day) for month in scope.measured}
    over = [month for month in scope.measured if month in days and days[month] < scope.today]
    inside = _inside(session, scope)
    sent = first_sent(session, _STATEMENTS, over)
    shares: list[Share] = []
    behind: tuple[str, ...] = ()
    for month in over:
        in_time = {
            hcode
            for (hcode, when), at in sent.items()
            if when == month and in_thailand(at).date() <= days[month]
        }
        if inside:
            behind = tuple(h for h in inside if h not in in_time)
            shares.append(Share(month, len(inside) - len(behind), len(inside)))
    missing = None if shares else _no_day(days)
    return Fed(tuple(shares), missing, behind, "uploads", _basis(scope, over, by_form))


def _days_set(session: Session, scope: Scope) -> Mapping[Period, date]:
    """The last days set for statements by month: the province's own, else those of the country."""
    known = deadlines(session, form=_STATEMENTS[0], periods=scope.measured)
    of_country = {one.period: one.due for one in known if one.area == COUNTRY}
    return of_country | {one.period: one.due for one in known if one.area == scope.area}


def _no_day(days: Mapping[Period, date]) -> Text:
    if days:
        return say("No last day is over yet")
    return say(
        "Neither does the plan say by which day of the next month they are due, nor is a last day"
        " set for the form"
    )


def _basis(scope: Scope, over: Sequence[Period], by_form: Mapping[Period, date]) -> Text | None:
    """Which last day is meant: the plan's own goes before the one set for the form."""
    if not over:
        return None
    month, day = over[-1], scope.kpi.due_day
    other = by_form.get(month)
    if day is None:
        return say("by the last day set for the form: {day}", day=day_text(by_form[month]))
    own = day_text(_due(month, day))
    if other is None or other == _due(month, day):
        return say("by the last day the plan names: {day}", day=own)
    return say(
        "by the last day the plan names, {day}, not by the one set for the form, {other}",
        day=own,
        other=day_text(other),
    )


def _due(month: Period, day: int) -> date:
    """The day of the month after one."""
    last = month.last_day
    year, number = (last.year + 1, 1) if last.month == 12 else (last.year, last.month + 1)
    return date(year, number, day)


def _raised(session: Session, scope: Scope) -> Fed:
    """Hospitals with the lowest grade in the last round, and how many have a better one in this.

    The lowest grade, F, is the one that fails. Who was F and has no grade now did not rise.
    """
    inside = _inside(session, scope)
    shares: list[Share] = []
    behind: tuple[str, ...] = ()
    for number in (1, 2):
        now = Period(scope.until.fiscal_year, "R", number).month
        if now > scope.until:
            continue
        before = Period(now.fiscal_year - (number == 1), "R", 3 - number).month
        rows = standing(session, GRADE, (before, now), subjects=inside)
        failed = [h for h in inside if h in rows[before] and _fails(rows[before][h])]
        if failed:
            graded = {h for h, row in rows[now].items() if row.value is not None}
            behind = tuple(h for h in failed if h not in graded or _fails(rows[now][h]))
            shares.append(Share(now, len(failed) - len(behind), len(failed)))
    if not shares:
        missing = say("No hospital had grade F in the round before")
        return Fed(missing=missing, page="overview")
    return Fed(tuple(shares), None, behind, "overview")


def _fails(row: StandingRow) -> bool:
    return row.verdict == Verdict.FAIL


def _inside(session: Session, scope: Scope, kind: str | None = HOSPITAL) -> tuple[str, ...]:
    """The facilities of the province in the last month, by hcode."""
    kinds = (kind,) if kind else (HOSPITAL, "pcu")
    return tuple(
        hcode
        for one in kinds
        for hcode, site in sites(session, one, scope.until).items()
        if site.province == scope.area
    )


def _none(shares: Sequence[Share]) -> Text | None:
    return None if shares else say("Nothing was reported in these months")


def _compensation(engine: Engine, scope: Scope) -> Fed:
    """Baht compensated, of baht claimed, since October: of in-patients, or by the PP fee schedule.

    From the claim ledger; what was typed into the plan where no reply of a fund is stored.
    """
    is_ip = scope.kpi.measured_by == "ip_compensation"
    which = {"patient": "ip"} if is_ip else {"fund": "pp"}
    shares = []
    for month in scope.measured:
        of_year = [one for one in scope.months if one <= month]
        received, claimed = compensated(engine, scope.area, of_year, **which)
        if claimed:
            shares.append(Share(month, received, claimed))
    return Fed(tuple(shares), None, page="claims") if shares else _typed(scope)


LEDGER: Final = ("ip_compensation", "pp_compensation")
"""KPIs fed by the claim ledger."""
SOURCES: Final[Mapping[str, Source]] = {
    "crisis_6": _crisis,
    "thai_coverage": _coverage,
    "planfin_expense": _planfin,
    "statements_in_time": _in_time,
    "f_raised": _raised,
}
"""What feeds a KPI, by its choice in the form; others are typed."""
