"""The programme in words: its key message, its columns, lines of a terminal, and plain data."""

from collections.abc import Iterator
from typing import Any, Final

from core.criteria.catalog import measure_name
from core.periods import period_text
from core.quantities import MISSING
from core.services.backoffice.data import RELIEVED
from core.services.backoffice.programme import programme
from core.services.backoffice.view import BackofficeView, Standing, UnitRow
from core.services.exports.documents import both
from core.services.exports.workbook import Rows
from core.text import Language, Text, say

_FIELD: Final = dict(zip(("supplies", "finance", "refill"), RELIEVED, strict=True))


def headline(shown: BackofficeView) -> Text:
    """How many units are relieved, and the days saved since October."""
    whole = shown.whole
    if not whole.reporting and whole.all_days is None:
        return say(
            "{place}: nobody reported on back-office relief in {period}",
            place=whole.place.name,
            period=period_text(shown.period),
        )
    days = f"{whole.all_days:,.1f}" if whole.all_days is not None else MISSING
    return say(
        "{place}: {relieved} primary care units relieved, {days} days saved since October",
        place=whole.place.name,
        relieved=f"{whole.relieved:,}",
        days=days,
    )


def nothing_reported() -> Text:
    """What the page says while nothing of the programme is stored."""
    return say("Nothing of back-office relief is stored yet")


def coverage_text(standing: Standing, of: int | None) -> Text:
    """A coverage with its counts; a dash where there is nothing to divide by."""
    percent = standing.coverage(of)
    if percent is None:
        return Text(MISSING, MISSING)
    text = f"{percent:.2f}% ({standing.relieved:,}/{of:,})"
    return Text(text, text)


def step_text(standing: Standing) -> Text:
    """The step reached of five, and the sub-steps done."""
    if standing.step is None:
        return Text(MISSING, MISSING)
    steps = programme()
    return say(
        "step {step} of {steps}, {done} of {subs} sub-steps",
        step=standing.step,
        steps=len(steps.steps),
        done=standing.subs_done,
        subs=len(steps.sub_steps),
    )


def process_text(standing: Standing, field: str) -> Text:
    """The average of processes relieved of those printed; of refill how many units have it."""
    total, reporting = standing.processes[_FIELD[field]]
    if not reporting:
        return Text(MISSING, MISSING)
    known = next(one for one in programme().fields if one.id == field)
    if known.processes is None:
        text = f"{total:,.0f}/{reporting:,}"
    else:
        text = f"{total / reporting:.2f}/{known.processes}"
    return Text(text, text)


def number_text(value: float | None, decimals: int = 1) -> str:
    """A figure, or a dash where there is none."""
    return MISSING if value is None else f"{value:,.{decimals}f}"


def sub_step_rows(one: Standing) -> Iterator[tuple[int, Text, int, int]]:
    """Every sub-step with its step, its name, in how many districts it is done, of how many."""
    for step in programme().steps:
        for measure in step.measures:
            done, reporting = one.subs[measure]
            yield step.no, measure_name(measure), done, reporting


def columns() -> tuple[Text, ...]:
    """The columns of the table of places, in the order of the document."""
    fields = programme().fields
    return (
        say("Place"),
        say("Districts"),
        say("Units relieved"),
        say("Coverage of the units aimed at"),
        say("Coverage of the units registered"),
        say("Step reached"),
        *(say("Processes: {field}", field=one.name) for one in fields),
        *(say("Days saved, quarter {quarter}", quarter=quarter) for quarter in (1, 2, 3, 4)),
        say("Days saved since October"),
        say("Satisfaction"),
    )


def cells(one: Standing) -> tuple[Text, ...]:
    """A place as the table shows it, without its name."""
    plain = (
        f"{one.districts:,}",
        f"{one.relieved:,}",
    )
    days = (*map(number_text, one.days), number_text(one.all_days))
    happy = MISSING if one.satisfaction is None else f"{one.satisfaction:.2f}%"
    return (
        *(Text(text, text) for text in plain),
        coverage_text(one, one.targeted),
        coverage_text(one, one.registered),
        step_text(one),
        *(process_text(one, field.id) for field in programme().fields),
        *(Text(text, text) for text in (*days, happy)),
    )


def standing_rows(shown: BackofficeView, language: Language) -> Rows:
    """Places right below the area and the area itself, for Excel: numbers as numbers."""
    fields = [one.name.in_(language) for one in programme().fields]
    head = [
        say("Code"), say("Place"), say("Districts"), say("Units relieved"),
        say("Units aimed at"), say("Units registered"), say("Coverage of the units aimed at"),
        say("Coverage of the units registered"), say("Step reached"), say("Sub-steps done"),
    ]  # fmt: skip
    quarters = [say("Days saved, quarter {quarter}", quarter=q) for q in (1, 2, 3, 4)]
    tail = [*quarters, say("Days saved since October"), say("Satisfaction")]
    titles = [one.in_(language) for one in head] + fields + [one.in_(language) for one in tail]
    places = (*shown.rows, shown.whole)
    return [titles, *(_row(one, language) for one in places)]


def _row(one: Standing, language: Language) -> list[object]:
    sums = [
        total / reporting if reporting and field.processes else (total if reporting else None)
        for field in programme().fields
        for total, reporting in (one.processes[_FIELD[field.id]],)
    ]
    return [
        one.place.code, one.place.name.in_(language), one.districts, one.relieved, one.targeted,
        one.registered, one.coverage(one.targeted), one.coverage(one.registered), one.step,
        one.subs_done, *sums, *one.days, one.all_days, one.satisfaction,
    ]  # fmt: skip


def backoffice_json(shown: BackofficeView) -> dict[str, Any]:
    """The whole view; the keys are a contract: add, never rename."""
    return {
        "period": str(shown.period),
        "area": shown.area.code,
        "whole": _standing_json(shown.whole),
        "places": [_standing_json(one) for one in shown.rows],
        "districts": [_standing_json(one) for one in shown.cups],
        "units": [_unit_json(one) for one in shown.units],
        "year_plan": [
            {
                "lane": both(one.lane),
                "activity": both(one.activity),
                "fiscal_months": sorted(one.months),
            }
            for one in shown.plan
        ],
        "year_plan_is": "typed" if shown.is_plan_typed else "printed",
        "processes": [
            {"field": one.labels[0], "no": one.no, "name": one.text("process.name")}
            for one in shown.processes
        ],
        "unknown_target_provinces": list(shown.unknown),
        "contradictions": [both(one) for one in programme().contradictions],
        "assumptions": [both(one) for one in programme().assumptions],
    }


def _standing_json(one: Standing) -> dict[str, Any]:
    return {
        "code": one.place.code,
        "name": both(one.place.name),
        "districts": one.districts,
        "units_reporting": one.reporting,
        "units_relieved": one.relieved,
        "units_targeted": one.targeted,
        "units_registered": one.registered,
        "step": one.step,
        "sub_steps_done": one.subs_done,
        "processes": {
            name: {"sum": total, "told": reporting}
            for name, measure in _FIELD.items()
            for total, reporting in (one.processes[measure],)
        },
        "days_by_quarter": list(one.days),
        "days": one.all_days,
        "satisfaction_percent": one.satisfaction,
        "sub_steps": {m.rpartition(".")[2]: list(counts) for m, counts in one.subs.items()},
        "uses": list(one.uses),
    }


def _unit_json(one: UnitRow) -> dict[str, Any]:
    report = one.report
    return {
        "hcode": one.place.code,
        "name": both(one.place.name),
        "reported": report is not None,
        "figures": dict(report.figures) if report else {},
        "words": dict(report.words) if report else {},
        "days": one.all_days,
    }


def backoffice_lines(shown: BackofficeView) -> Iterator[Text]:
    """The key message, then a line a place."""
    yield headline(shown)
    for one in shown.rows:
        yield say(
            "  {place}: relieved {relieved}, of those aimed at {coverage}, {step}, {days} days",
            place=one.place.name,
            relieved=f"{one.relieved:,}",
            coverage=coverage_text(one, one.targeted),
            step=step_text(one),
            days=number_text(one.all_days),
        )
