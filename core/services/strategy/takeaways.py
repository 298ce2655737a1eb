"""A strategy plan to take away: as JSON, as rows for a spreadsheet, and filled into its form."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import orjson

from core.forms.document.example import example_document
from core.forms.document.filled import filled
from core.forms.document.plan import QUARTERS
from core.forms.document.read import PROVINCE
from core.forms.document.rows import Document, DocumentRow, Value
from core.forms.model.issues import CellIssue
from core.scoring.base.state_words import verdict_text
from core.services.exports.documents import both
from core.services.exports.workbook import Head, Rows, workbook
from core.services.handbook.templates import blank
from core.services.intake.document_rows import PLAN, document_json
from core.services.intake.json_document import issue_json
from core.services.strategy.stored import MADE_FROM, REASON, StoredPlan, plan_form
from core.services.strategy.view import ItemView, KpiView, PlanView
from core.services.strategy.wording import (
    conflict_text,
    danger_texts,
    done_text,
    headline,
    item_name,
    kpi_short,
    level_name,
    months_text,
    result_text,
    state_name,
    target_text,
)
from core.store.uploads.submissions import SubmissionInfo
from core.text import Language, Text, say


def plan_json(shown: PlanView) -> dict[str, Any]:
    """Everything of a plan at the end of a month; the keys are a contract: add, never rename."""
    stored, plan = shown.stored, shown.plan
    return {
        "area": stored.area,
        "name": both(shown.place.name),
        "fiscal_year": stored.fiscal_year,
        "period": str(shown.period),
        "headline": both(headline(shown)),
        "version": _version(stored.info, stored.reasons),
        "versions": [_version(one, stored.reasons) for one in stored.versions],
        "conflict": None
        if stored.conflict is None
        else {
            "earlier": stored.conflict.earlier.upload_id,
            "later": stored.conflict.later.upload_id,
        },
        "head": document_json(plan.head, plan.document)["values"],
        "items": [_item(shown, one) for one in shown.items],
        "kpis": [_kpi(one) for one in shown.kpis],
        "messages": [_message(issue) for issue in stored.issues],
    }


def _version(info: SubmissionInfo, reasons: Mapping[int, str]) -> dict[str, Any]:
    return {
        "upload": info.upload_id,
        "version": info.version,
        "file": info.file_name,
        "by": info.uploaded_by,
        "at": info.uploaded_at.isoformat(),
        "counts": info.current,
        "withdrawn": info.withdrawn,
        "reason": reasons.get(info.upload_id, ""),
    }


def _item(shown: PlanView, one: ItemView) -> dict[str, Any]:
    item = one.item
    return {
        "id": item.id,
        "level": item.level,
        "number": item.number,
        "parent": item.parent,
        "title": item.title,
        "goal": item.goal,
        "problem": item.problem,
        "owners": list(item.owners),
        "quarters": {str(n): item.row.text(measure) for n, measure in QUARTERS.items()},
        "months": list(one.months),
        "weight": item.weight,
        "done_on": item.done_on.isoformat() if item.done_on else None,
        "done_percent": one.done,
        "state": one.state,
        "fed_by": item.fed_by,
        "note": item.note,
        "endangers": [kpi.kpi.id for kpi in shown.endangers(one)] if one.state == "late" else [],
        "cell": item.row.place(),
    }


def _kpi(one: KpiView) -> dict[str, Any]:
    kpi, share = one.kpi, one.share
    return {
        "id": kpi.id,
        "of": kpi.of,
        "number": kpi.number,
        "text": kpi.text,
        "figure": kpi.figure,
        "measured_by": kpi.measured_by,
        "op": kpi.op,
        "target": kpi.target,
        "within": kpi.within,
        "quarters": list(kpi.quarters),
        "due_day": kpi.due_day,
        "note": kpi.note,
        "result": None if share is None else share.percent,
        "count": None if share is None else share.number,
        "count_of": None if share is None else share.of,
        "period": None if share is None else str(share.period),
        "missing": both(one.fed.missing) if one.fed.missing else None,
        "verdict": one.verdict.name.lower(),
        "course": [
            {"period": str(one.period), "result": one.percent, "count": one.number, "of": one.of}
            for one in one.fed.course
        ],
        "behind": list(one.fed.behind),
        "basis": both(one.fed.basis) if one.fed.basis else None,
        "served_by": [activity.item.id for activity in one.serving],
        "late": [activity.item.id for activity in one.late],
        "cell": kpi.row.place(),
    }


def _message(issue: CellIssue) -> dict[str, Any]:
    return dict(issue_json(issue))


def plan_rows(shown: PlanView, language: Language) -> Rows:
    """The printed table with how each item stands: problem, item, quarters, owners, state."""
    form = shown.plan.document.form
    names = {column.measure: column.name.in_(language) for column in form.columns}
    head = [
        names["plan.problem"], names["plan.level"], names["plan.number"], names["plan.title"],
        names["plan.goal"], names["plan.owners"], *(names[one] for one in QUARTERS.values()),
        say("Months").in_(language), say("How it stands").in_(language),
        say("Done").in_(language), names["plan.note"],
    ]  # fmt: skip
    return [head, *(_row(one, language) for one in shown.items)]


def _row(one: ItemView, language: Language) -> list[object]:
    item = one.item
    return [
        item.problem, level_name(item).in_(language), item.number, item.title, item.goal,
        " / ".join(item.owners), *(item.row.text(measure) for measure in QUARTERS.values()),
        months_text(one.months).in_(language), state_name(one.state).in_(language),
        done_text(one).in_(language), item.note,
    ]  # fmt: skip


def kpi_rows(shown: PlanView, language: Language) -> Rows:
    """The KPIs with target, result and course, a row each; results unrounded."""
    head = [
        say("KPI of"), say("KPI"), say("Figure of"), say("Target"), say("Result (percent)"),
        say("Result"), say("Verdict"), say("Served by"), say("Late activities"), say("Notes"),
    ]  # fmt: skip
    rows = [
        [
            _number(shown, one), one.kpi.text, one.kpi.figure, target_text(one).in_(language),
            None if one.share is None else one.share.percent, result_text(one).in_(language),
            verdict_text(one.verdict).in_(language),
            ", ".join(serving.item.number for serving in one.serving),
            ", ".join(late.item.number for late in one.late), one.kpi.note,
        ]
        for one in shown.kpis
    ]  # fmt: skip
    return [[title.in_(language) for title in head], *rows]


def kpi_workbook(shown: PlanView, language: Language, head: Head) -> bytes:
    """The same as a workbook."""
    return workbook(head, kpi_rows(shown, language))


def plan_lines(shown: PlanView) -> Iterator[Text]:
    """A plan in lines for a terminal: key message, KPIs, late activities, then the tree."""
    yield headline(shown)
    for kpi in shown.kpis:
        yield say(
            "  {name}: {target} · {result} · {verdict}",
            name=kpi_short(shown, kpi),
            target=target_text(kpi),
            result=result_text(kpi),
            verdict=verdict_text(kpi.verdict),
        )
    yield from (say("  {sentence}", sentence=text) for text in danger_texts(shown))
    for one in shown.items:
        indent = "  " * (one.depth + 1)
        yield say(
            "{indent}{name} · {months} · {state}",
            indent=indent,
            name=item_name(one.item),
            months=months_text(one.months),
            state=state_name(one.state),
        )
    if shown.stored.conflict is not None:
        yield conflict_text(shown.stored.conflict)


def _number(shown: PlanView, kpi: KpiView) -> str:
    item = shown.plan.by_id.get(kpi.kpi.of or "")
    return item.number if item else ""


def plan_document(shown: PlanView) -> bytes:
    """The JSON of a plan as a file."""
    return orjson.dumps(plan_json(shown), option=orjson.OPT_INDENT_2)


def example_workbook(language: Language) -> bytes:
    """The printed plan of the sources in its form, without a province of its own."""
    printed = example_document("", plan_form().fiscal_year)
    head, *rows = printed.rows
    values = {name: value for name, value in head.values.items() if name != PROVINCE}
    return filled(replace(printed, rows=(replace(head, values=values), *rows)), language)


def blank_form(language: Language) -> bytes:
    """The blank form of a plan."""
    return blank(PLAN, language=language)[1]


def plan_workbook(stored: StoredPlan, language: Language) -> bytes:
    """The plan in its form, to be changed in Excel and sent again."""
    return filled(made_from(stored), language)


def made_from(stored: StoredPlan) -> Document:
    """The document as it counts, saying from which file the next version is made."""
    document = stored.plan.document
    rows = tuple(
        DocumentRow(row.part, _based(row, stored)) if row.part == "head" else row
        for row in document.rows
    )
    return replace(document, rows=rows)


def _based(row: DocumentRow, stored: StoredPlan) -> dict[str, Value]:
    own = {name: value for name, value in row.values.items() if name != REASON}
    return {**own, MADE_FROM: float(stored.info.upload_id)}
