"""What is overdue in an area, for the list of what needs attention."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from core.access.roles import Action
from core.periods import Period, period_text
from core.services.deadlines.lateness import Lateness, Sent, every_lateness
from core.services.guard.doors import door
from core.text import Text, say


@dataclass(frozen=True, slots=True)
class Overdue:
    """Forms and periods of which something is overdue, those with most of it first."""

    late: tuple[Lateness, ...]

    @property
    def text(self) -> Text:
        """How many reports are missing past their last day."""
        count = sum(one.counts[Sent.OVERDUE] for one in self.late)
        return say("Reports past their last day, not sent: {count}", count=f"{count:,}")


@door(Action.READ, "area")
def overdue(engine: Engine, period: Period, area: str, day: date | None = None) -> Overdue | None:
    """What is overdue of a month, its quarter, round and year; None where nothing is."""
    quarter = Period(period.fiscal_year, "Q", (period.month.number + 2) // 3)
    among = {period, period.month, quarter, period.round, Period(period.fiscal_year)}
    every = every_lateness(engine, area=area, among=among, day=day)
    late = [one for one in every if one.counts[Sent.OVERDUE]]
    late.sort(key=lambda one: -one.counts[Sent.OVERDUE])
    return Overdue(tuple(late)) if late else None


def overdue_name(one: Lateness) -> Text:
    """A form and period with how many are overdue of how many."""
    return say(
        "{form} {period}: {count} of {total}",
        form=one.form.name, period=period_text(one.period),
        count=f"{one.counts[Sent.OVERDUE]:,}", total=f"{len(one.places):,}",
    )  # fmt: skip
