"""Strategy plans in words: key message, how things stand, what leads where."""

from collections.abc import Iterator

from core.forms.document.plan import Item
from core.periods import calendar_month, day_text, month_name, period_short
from core.quantities import MISSING
from core.scoring.base.states import Verdict
from core.scoring.explain.figures import percent_text
from core.services.strategy.sources import Share
from core.services.strategy.stored import Conflict
from core.services.strategy.view import ItemState, ItemView, KpiView, PlanView
from core.text import LANGUAGES, Text, say


def headline(shown: PlanView) -> Text:
    """How many KPIs miss their target, and how many activities are late."""
    judged = [one for one in shown.kpis if one.verdict is not Verdict.NOT_JUDGED]
    params = {
        "place": shown.place.name,
        "failing": len(shown.failing),
        "judged": len(judged),
        "late": len(shown.in_state("late")),
        "activities": len(shown.activities),
    }
    if not judged:
        return say("{place}: no KPI has a result yet · activities late: {late} of {activities}",
                   **params)  # fmt: skip
    return say(
        "{place}: KPIs that miss their target: {failing} of {judged}"
        " · activities late: {late} of {activities}",
        **params,
    )


def no_plan() -> Text:
    """That no plan is stored at all."""
    return say("No strategy plan is stored yet")


def state_name(state: ItemState) -> Text:
    """How an item stands, in words."""
    names = {
        "done": say("Done"),
        "late": say("Late"),
        "running": say("Under way"),
        "waiting": say("Not begun"),
        "unscheduled": say("No month given"),
    }
    return names[state]


def level_name(item: Item) -> Text:
    """What an item is: a strategy, an activity …, with its number as printed."""
    names = {
        "issue": say("Strategic issue"),
        "objective": say("Strategic objective"),
        "keyword": say("Keyword target"),
        "strategy": say("Strategy"),
        "sub_strategy": say("Sub-strategy"),
        "activity": say("Main activity"),
        "step": say("Step"),
    }
    return names[item.level]


def item_name(item: Item) -> Text:
    """The number and title of an item, in the language it was typed in."""
    name = " ".join(filter(None, (item.number, item.title)))
    return Text(name, name)


def months_text(months: tuple[int, ...]) -> Text:
    """Months by their short names, runs from the first to the last; a dash without any."""
    if not months:
        return Text(MISSING, MISSING)
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return Text(*(", ".join(_run(run, language) for run in runs) for language in LANGUAGES))


def _run(run: list[int], language: str) -> str:
    ends = dict.fromkeys((run[0], run[-1]))
    is_thai = language == "th"
    names = (
        month_name(calendar_month(month), "th" if is_thai else "en", short=True) for month in ends
    )
    return "\u2013".join(names)


def done_text(one: ItemView) -> Text:
    """How much of an item was done, or on which day."""
    if one.item.done_on is not None and one.state == "done":
        return day_text(one.item.done_on)
    if one.done is None or one.state in ("done", "unscheduled"):
        return Text("", "")
    return say("{figure}%", figure=f"{one.done:.0f}")


def target_text(kpi: KpiView) -> Text:
    """What is asked of a KPI."""
    if kpi.target is None:
        return Text(MISSING, MISSING)
    signs = {"below": "<", "up_to": "\u2264", "at_least": "\u2265", "above": ">", "within": "±"}
    percent = say("{figure}%", figure=f"{kpi.target:g}")
    return Text.joined((Text(signs[kpi.op], signs[kpi.op]), percent), " ")


def result_text(kpi: KpiView) -> Text:
    """What a KPI came to, with its counts; why there is nothing."""
    if kpi.share is None:
        return kpi.fed.missing or say("Nothing was reported in these months")
    percent = say("{figure}%", figure=percent_text(kpi.share.percent, kpi.target))
    if kpi.kpi.measured_by in ("typed", "ip_compensation", "pp_compensation"):
        return say("{percent} (typed, {period})", percent=percent, period=_when(kpi.share))
    counts = {
        "percent": percent,
        "number": f"{kpi.share.number:,.0f}",
        "of": f"{kpi.share.of:,.0f}",
        "period": _when(kpi.share),
    }
    if kpi.kpi.measured_by == "thai_coverage":
        return say("{percent} ({number} of {of} people, {period})", **counts)
    return say("{percent} ({number} of {of} hospitals, {period})", **counts)


def _when(share: Share) -> Text:
    return period_short(share.period)


def change_text(kpi: KpiView) -> Text:
    """How a KPI moved since the last time."""
    if kpi.change is None:
        return Text("", "")
    sign = "▲" if kpi.change > 0 else "▼" if kpi.change < 0 else "="
    return say("{sign} {points} points", sign=sign, points=f"{abs(kpi.change):.1f}")


def kpi_name(kpi: KpiView) -> Text:
    """The KPI as printed, with the figure it is of."""
    name = " · ".join(filter(None, (kpi.kpi.text, kpi.kpi.figure)))
    return Text(name, name)


def kpi_short(shown: PlanView, kpi: KpiView) -> Text:
    """The KPI in few words: the number of what it belongs to, and what it is measured by."""
    item = shown.plan.by_id.get(kpi.kpi.of or "")
    number = Text(item.number, item.number) if item else Text("", "")
    column = next(c for c in shown.plan.document.form.columns if c.measure == "plan.measured_by")
    names = {choice.id: choice.name for choice in column.choices if choice.id != "typed"}
    name = names.get(kpi.kpi.measured_by) or kpi_name(kpi)
    return Text.joined((number, name), " ")


def fed_by_text(item: Item) -> Text | None:
    """What a check of an activity is fed by: the claim ledger, which is not there yet."""
    names = {
        "admissions": say("claims compared with admissions"),
        "statements": say("claims compared with the fund's statement"),
    }
    what = names.get(item.fed_by)
    if what is None:
        return None
    return say("Fed by the claim ledger ({what}): the program does not have it yet", what=what)


def conflict_text(conflict: Conflict) -> Text:
    """That two people changed a plan at once: whose file counts, and whose is kept."""
    return say(
        "Two people changed this plan at once: file no. {later} of {by} counts; file no. {earlier}"
        " of {other} was made from the same version and is kept. Compare them, and take over what"
        " is missing.",
        later=conflict.later.upload_id,
        by=conflict.later.uploaded_by,
        earlier=conflict.earlier.upload_id,
        other=conflict.earlier.uploaded_by,
    )


def danger_texts(shown: PlanView) -> Iterator[Text]:
    """Each late activity with what it endangers, the failing KPIs first."""
    for one in shown.in_state("late"):
        kpis = sorted(shown.endangers(one), key=lambda kpi: kpi.verdict is not Verdict.FAIL)
        names = Text.joined((kpi_short(shown, kpi) for kpi in kpis), "; ")
        yield say("{activity} endangers: {kpis}", activity=item_name(one.item), kpis=names)


def assumptions() -> Iterator[Text]:
    """How a plan is read where the print leaves it open."""
    yield say("An arrow covers its quarter, from the last month named before it.")
    yield say(
        "An activity is late when its last month is over and it, or a step of it, is not done."
    )
    yield say("A target without a comparison is read as at least.")
    yield say("Rounds end with March and September: grade F is held against the round before.")
