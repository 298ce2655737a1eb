"""The sections of the page, in the order of the document, each with its tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from core.forms.records.across import (
    AGREEMENT,
    BUDGET,
    KPI,
    PLAN,
    PMQA,
    PROJECT,
    RISK,
    STAFF,
    STEPS,
)
from core.forms.records.record import Record
from core.scoring.base.state_words import Status
from core.services.performance.rules import PmqaReading, performance_rules
from core.services.performance.sheets import (
    Computed,
    Sheet,
    SheetColumn,
    Value,
    computed,
    sheet_of,
)
from core.services.performance.view import (
    AWARDS,
    PerformanceView,
    Scored,
    percent,
    planned,
    progress,
    scored,
)
from core.text import Text, say

SECTIONS: Final = ("kpi", "agreement", "pmqa", "budget", "plan", "project", "risk", "unit")
"""The sections by their ids, in the order of the page."""


def section_name(section: str) -> Text:
    """What a section is called, as the document calls it."""
    return {
        "kpi": say("Indicators of three tiers"),
        "agreement": say("Performance agreement"),
        "pmqa": say("PMQA 4.0 and awards"),
        "budget": say("Budget received and spent"),
        "plan": say("Monthly plan of activities and money"),
        "project": say("Projects: form and steps"),
        "risk": say("Risks of projects"),
        "unit": say("The unit"),
    }[section]


def tier_name(tier: str | None, *, is_below: bool = False) -> Text:
    """What a tier is called."""
    names = {"basic": say("Basic"), "standard": say("Standard"), "advanced": say("Advanced")}
    return say("below basic") if is_below else names[tier or "basic"]


def tier_status(one: Scored) -> Status:
    """How a tier reached stands."""
    if one.is_below:
        return "fail"
    return "pass" if one.tier == "advanced" else "watch"


def pmqa_edges(reading: PmqaReading) -> Text:
    """A reading of PMQA 4.0 with where its tiers begin."""
    return say(
        "Tier {reading} ({basic:g} / {advanced:g})",
        reading=reading.name, basic=reading.basic, advanced=reading.advanced,
    )  # fmt: skip


def sheets(shown: PerformanceView, section: str) -> tuple[Sheet, ...]:
    """The tables of a section; those of which nothing was sent are left out."""
    made = _MADE[section](shown)
    return tuple(sheet for sheet in made if sheet.rows)


def _sheet(
    shown: PerformanceView, form_id: str, table: str, more: Sequence[Computed] = (), after: str = ""
) -> Sheet:
    return sheet_of(form_id, table, shown.rows(form_id, table), more, after=after)


def _kpi(shown: PerformanceView) -> Sequence[Sheet]:
    scores = {id(one.record): one for one in scored(shown)}

    def tier(record: Record) -> Value:
        one = scores.get(id(record))
        return tier_name(one.tier, is_below=one.is_below) if one else None

    def points(record: Record) -> Value:
        one = scores.get(id(record))
        return one.points if one else None

    more = (
        computed("tier", say("Tier reached"), tier, number=False),
        computed("points", say("Points (assumed)"), points, number=True),
    )
    return _sheet(shown, KPI, "kpi", more, "kpi.result"), _sheet(shown, KPI, "breakdown")


def _agreement(shown: PerformanceView) -> Sequence[Sheet]:
    def met(record: Record) -> Value:
        target, result = record.values.get("pa.target"), record.values.get("pa.result")
        if target is None or result is None:
            return None
        return say("reached") if result >= target else say("not reached")

    more = (computed("met", say("Against its target"), met, number=False),)
    return _sheet(shown, AGREEMENT, "agreement", more, "pa.result"), _sheet(
        shown, AGREEMENT, "breakdown"
    )


def _pmqa(shown: PerformanceView) -> Sequence[Sheet]:
    rules = performance_rules().pmqa

    def of_four(record: Record) -> Value:
        score = record.values.get("pmqa.score")
        return None if score is None else score / rules.full * rules.printed_full

    def tier(reading: PmqaReading) -> Callable[[Record], Value]:
        def of(record: Record) -> Value:
            score = record.values.get("pmqa.score")
            if score is None:
                return None
            reached = reading.tier(score)
            return tier_name(reached, is_below=reached is None)

        return of

    more = [
        computed("of_four", say("Score out of 4 (computed)"), of_four, number=True),
        computed("tier", say("Tier reached"), tier(shown.pmqa_reading), number=False),
    ]
    more += [computed(one.id, pmqa_edges(one), tier(one), number=False) for one in rules.readings]
    return sheet_of(PMQA, "pmqa", shown.history, more), _sheet(shown, AWARDS, "awards")


def _budget(shown: PerformanceView) -> Sequence[Sheet]:
    def share(record: Record) -> Value:
        return percent(record.value("budget.spent"), record.value("budget.received"))

    def left(record: Record) -> Value:
        values = record.values
        if {"budget.spent", "budget.received"} <= values.keys():
            return values["budget.received"] - values["budget.spent"]
        return None

    more = (
        computed("share", say("Percent (computed)"), share, number=True),
        computed("left", say("Left (baht)"), left, number=True),
    )
    return _sheet(shown, BUDGET, "budget", more, "budget.percent"), _planned(shown)


def _planned(shown: PerformanceView) -> Sheet:
    """Plan, received and spent side by side."""
    columns = (
        SheetColumn("names", say("Project or activity"), is_number=False, is_computed=True),
        SheetColumn("planned", say("Plan (baht)"), is_number=True, is_computed=True),
        SheetColumn("received", say("Received (baht)"), is_number=True, is_computed=True),
        SheetColumn("spent", say("Spent (baht)"), is_number=True, is_computed=True),
    )
    rows = tuple(
        (", ".join(one.names), one.planned, one.received, one.spent) for one in planned(shown)
    )
    has_plan = any(one.planned is not None for one in planned(shown))
    title = say("Plan, received and spent")
    return Sheet("performance.planned", title, columns, rows if has_plan else ())


def _plan(shown: PerformanceView) -> Sequence[Sheet]:
    wholes: dict[tuple[str, ...], float] = {}
    sums: dict[int, float] = {}
    for one in shown.rows(PLAN, "quarters"):
        amount = one.values.get("quarter.amount", 0.0)
        wholes[one.group] = sums[id(one)] = wholes.get(one.group, 0.0) + amount

    def share(record: Record) -> Value:
        return percent(record.value("quarter.amount"), wholes[record.group])

    def so_far(record: Record) -> Value:
        return percent(sums[id(record)], wholes[record.group])

    more = (
        computed("share", say("Percent (computed)"), share, number=True),
        computed("so_far", say("Cumulative percent (computed)"), so_far, number=True),
    )
    return _sheet(shown, PLAN, "quarters", more), _sheet(shown, PLAN, "monthly")


def _project(shown: PerformanceView) -> Sequence[Sheet]:
    done = progress(shown)
    columns = (
        SheetColumn("project", say("Project no."), is_number=False, is_computed=True),
        SheetColumn("done", say("Done by weight (percent)"), is_number=True, is_computed=True),
    )
    rows = tuple((project, value) for project, value in done.items() if value is not None)
    whole = Sheet("performance.progress", say("Progress of projects"), columns, rows)
    return _sheet(shown, PROJECT, "project"), _sheet(shown, STEPS, "steps"), whole


def _risk(shown: PerformanceView) -> Sequence[Sheet]:
    begins = performance_rules().risk.begins

    def needs(record: Record) -> Value:
        level = record.values.get("risk.level")
        if level is None:
            is_none = record.text("risk.activity") == "-"
            return say("considered, none found") if is_none else None
        return say("needs a plan") if level >= begins else say("rather low, no plan")

    more = (computed("needs", say("Risk-management plan"), needs, number=False),)
    return (_sheet(shown, RISK, "risk", more, "risk.level"),)


def _unit(shown: PerformanceView) -> Sequence[Sheet]:
    return (_sheet(shown, STAFF, "staff"),)


FORMS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "kpi": (KPI,),
    "agreement": (AGREEMENT,),
    "pmqa": (PMQA, AWARDS),
    "budget": (BUDGET,),
    "plan": (PLAN,),
    "project": (PROJECT, STEPS),
    "risk": (RISK,),
    "unit": (STAFF,),
}
"""The forms whose tables a section shows."""
_MADE: Final[Mapping[str, Callable[[PerformanceView], Sequence[Sheet]]]] = {
    "kpi": _kpi,
    "agreement": _agreement,
    "pmqa": _pmqa,
    "budget": _budget,
    "plan": _plan,
    "project": _project,
    "risk": _risk,
    "unit": _unit,
}
