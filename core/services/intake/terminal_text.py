"""A dropped workbook in lines for a terminal."""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.criteria.catalog import catalog, measure_name, measures
from core.forms.model.form import TableForm
from core.forms.model.issues import CellIssue
from core.forms.trial_balance.read import Mapped
from core.quantities import MISSING
from core.scoring.explain.words import number
from core.services.intake.document_rows import document_counts
from core.services.intake.kinds import (
    DocumentIntake,
    FinanceIntake,
    Intake,
    Refused,
    RegisterIntake,
    TableIntake,
    ThemeIntake,
    TrialBalanceIntake,
    nothing_read,
)
from core.services.intake.table_rows import rows_json
from core.services.rules.units import with_unit
from core.services.scored.assessment import AssessmentResult, SectionResult
from core.services.scored.basis import Basis, beside
from core.services.scored.examined import AssessmentIntake
from core.services.scored.finance_json import PUBLISHED
from core.text import Language, Text, say


def print_intake(intake: Intake, language: Language) -> None:
    """Print one file's result and problems."""
    for line in lines(intake):
        sys.stdout.write(line.in_(language) + "\n")


def lines(intake: Intake) -> Iterator[Text]:
    """File, scores, then every problem, errors first."""
    yield Text(intake.file, intake.file)
    if not isinstance(intake, Refused):
        yield say("  Form: {form}", form=intake.form.name)
    yield from _results(intake)
    yield from issue_lines(intake)


def _results(intake: Intake) -> Iterator[Text]:
    match intake:
        case TableIntake() if intake.is_empty:
            yield Text.joined((Text("", ""), nothing_read(intake.form)), "  ")
        case AssessmentIntake():
            yield from _result(intake.result)
        case FinanceIntake():
            yield from _months(intake)
        case DocumentIntake():
            yield from _document(intake)
        case ThemeIntake() | RegisterIntake():
            for row in rows_json(intake):
                yield from _read_row(row, intake.form)


def _months(intake: FinanceIntake) -> Iterator[Text]:
    """Hospital-months, and behind those computed from books what is known of their accounts."""
    for row in rows_json(intake):
        yield from _row(row)
    if isinstance(intake, TrialBalanceIntake):
        yield from map(_mapped, intake.mapped)
        yield from _ratios(intake)


def _document(intake: DocumentIntake) -> Iterator[Text]:
    """Whose document it is, and how many rows each of its tables has."""
    area, year = intake.document.area, intake.document.fiscal_year
    yield say("  {area}, fiscal year {year}", area=area or MISSING, year=year or MISSING)
    for name, count in document_counts(intake):
        yield say("    {name}: {value}", name=name, value=count)


def issue_lines(intake: Intake) -> Iterator[Text]:
    """Every problem of a file, errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    for issue in sorted(intake.issues, key=lambda issue: order[issue.severity]):
        yield _issue(issue)


def _row(row: Mapping[str, Any]) -> Iterator[Text]:
    crisis, tps = row["results"]["crisis"], row["results"]["tps"]
    level = number(crisis["level"]) if crisis["level"] is not None else MISSING
    yield say(
        "  Row {row}: {hcode} {period}: crisis level {level}, TPS {score} of {possible} ({grade})",
        row=row["row"],
        hcode=row["hcode"] or MISSING,
        period=row["period"] or MISSING,
        level=beside(Text(level, level), Basis(row.get("way", ""))),
        score=_figure(tps["score"]),
        possible=_figure(tps["possible"]),
        grade=tps["grade"] or MISSING,
    )
    if row.get("in_doubt"):
        yield say(
            "    Check before you use this: {codes} (below)", codes=", ".join(row["in_doubt"])
        )
    yield from _published(tps["items"])


def _published(items: Sequence[Mapping[str, Any]]) -> Iterator[Text]:
    """How many values of groups are the ministry's, where any is."""
    published = sum(item["peer_value_by"] == PUBLISHED for item in items)
    held = sum(item["peer_value_by"] is not None for item in items)
    if published:
        yield say(
            "    Group values: {published} of {held} are the ministry's, the others computed here",
            published=published,
            held=held,
        )


def _mapped(mapped: Mapped) -> Text:
    return say(
        "    Accounts: {lines} lines, {unmapped} not known; {percent} percent of the money known",
        lines=mapped.lines,
        unmapped=mapped.unmapped,
        percent=f"{mapped.percent:.2f}",
    )


def _ratios(intake: TrialBalanceIntake) -> Iterator[Text]:
    """The ministry's ratios of the last row that has any."""
    ratios = [
        (line, values)
        for line, values in zip(intake.reading.lines, intake.ratios, strict=True)
        if any(math.isfinite(one.value) for one in values)
    ]
    if not ratios:
        return
    line, values = ratios[-1]
    yield say("  The ministry's ratios of {hcode} {period}:", hcode=line.hcode, period=line.period)
    for one in values:
        yield say(
            "    {id} {name}: {value} ({x}; {y})",
            id=one.ratio.id,
            name=one.ratio.name,
            **{name: _amount(getattr(one, name)) for name in ("value", "x", "y")},
        )


def _amount(value: float) -> str:
    return f"{value:,.2f}" if math.isfinite(value) else MISSING


def _read_row(row: Mapping[str, Any], form: TableForm) -> Iterator[Text]:
    """A row of a theme's table, then what it comes to."""
    yield say(
        "  {cell}: {subject} {period}",
        cell=row["cell"],
        subject=row["subject"] or MISSING,
        period=row["period"] or MISSING,
    )
    if not row["results"]:
        pairs = (pair for pair in row["measures"].items() if pair[1] is not None)
        yield from (
            say("    {name}: {value}", name=_name(form, measure), value=_measured(measure, value))
            for measure, value in pairs
        )
    for criterion, result in row["results"].items():
        yield say(
            "    {name}: {value} ({verdict})",
            name=catalog().criteria[criterion].name,
            value=_figure(result["value"]),
            verdict=_verdict(result["verdict"]),
        )
        yield from _published(result["items"])


def _name(form: TableForm, measure: str) -> Text:
    """What a figure is called; the register's own are no measures, their form names them."""
    if measure in measures():
        return measure_name(measure)
    own = (column.name for column in form.columns if column.measure == measure)
    return next(own, None) or measure_name(measure)


def _measured(measure: str, value: float) -> Text:
    """A figure with its unit; those of the register, beds and positions, have none."""
    if measure not in measures():
        return with_unit(number(value, 6), "")
    return with_unit(_figure(value), measures()[measure].unit)


def _verdict(name: str) -> Text:
    words = {"pass": say("pass"), "watch": say("watch"), "fail": say("fail")}
    return words.get(name, say("not judged"))


def _result(result: AssessmentResult) -> Iterator[Text]:
    yield say(
        "  Filled in: {filled} of {inputs} ({percent} percent)",
        filled=result.filled,
        inputs=result.inputs,
        percent=number(result.completeness, 1),
    )
    for section in (*result.sections, result.total):
        yield _section(section)
    for item in result.items:
        yield say(
            "  {no}. {name}: {raw} of {full}, weighted {weighted} of {weight}",
            no=item.node.no,
            name=item.node.name,
            raw=_figure(item.node.raw),
            full=number(item.node.full),
            weighted=_figure(item.weighted),
            weight=number(item.weight),
        )
    for radar in result.radars:
        spokes = [
            say("{name} {value}", name=spoke.name, value=_figure(spoke.value))
            for spoke in radar.spokes
        ]
        yield say("  Radar {name}:", name=radar.name)
        yield from (say("    {spoke}", spoke=spoke) for spoke in spokes)


def _section(section: SectionResult) -> Text:
    if section.score is None:
        return say("  {name}: not handed in", name=section.name)
    return say(
        "  {name}: {score} of {out_of}",
        name=section.name,
        score=_figure(section.score),
        out_of=number(section.out_of),
    )


def _figure(value: float | None) -> str:
    return MISSING if value is None else f"{value:,.2f}"


def _issue(issue: CellIssue) -> Text:
    severity = {"error": say("error"), "warning": say("warning"), "note": say("note")}
    where = f"[{issue.code}] {issue.sheet}".rstrip()
    return say(
        "  {severity} {where} {text}",
        severity=severity[issue.severity],
        where=where,
        text=issue.text,
    )
