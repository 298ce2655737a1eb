"""The performance of a department in words, as plain data, and as files."""

from collections.abc import Iterator
from typing import Any

from core.quantities import MISSING
from core.services.exports.documents import both
from core.services.exports.workbook import Head, sheets_workbook
from core.services.performance.rules import performance_rules
from core.services.performance.sections import SECTIONS, section_name, sheets, tier_name
from core.services.performance.sheets import Sheet, sheet_json, sheet_rows
from core.services.performance.view import (
    PerformanceView,
    base_scores,
    scored,
    spent_percent,
    whole_score,
)
from core.text import Language, Text, say


def headline(shown: PerformanceView) -> Text:
    """How many indicators reached the advanced tier, and how much of the money is spent."""
    judged = scored(shown)
    advanced = sum(one.tier == "advanced" for one in judged)
    share = spent_percent(shown)
    return say(
        "{office}, FY {year}: {advanced} of {all} indicators advanced, {spent} of the money spent",
        office=shown.office,
        year=shown.year,
        advanced=advanced,
        all=len(judged),
        spent=MISSING if share is None else f"{share:.2f}%",
    )


def nothing_reported() -> Text:
    """What the page says while nothing is stored."""
    return say("Nothing of a department's performance is stored yet")


def points_text(points: float | None) -> str:
    """Points out of 100, or a dash."""
    return MISSING if points is None else f"{points:.2f}"


def all_sheets(shown: PerformanceView) -> tuple[Sheet, ...]:
    """The tables of all sections, in the order of the page."""
    return tuple(sheet for section in SECTIONS for sheet in sheets(shown, section))


def performance_json(shown: PerformanceView) -> dict[str, Any]:
    """Everything; the keys are a contract: add, never rename."""
    return {
        "office": shown.office,
        "fiscal_year": shown.year,
        "readings": {performance_rules().pmqa.contradiction: shown.pmqa_reading.id},
        "score": whole_score(shown),
        "bases": dict(base_scores(shown)),
        "sections": [
            {
                "id": section,
                "name": both(section_name(section)),
                "tables": [sheet_json(sheet) for sheet in sheets(shown, section)],
            }
            for section in SECTIONS
        ],
        "contradictions": [
            {
                "code": one.issue.code,
                "severity": one.issue.severity,
                "file": one.file,
                "sheet": one.issue.sheet,
                "cell": one.issue.cell,
                "text": both(one.issue.text),
            }
            for one in shown.contradictions
        ],
        "assumptions": [both(one) for one in performance_rules().assumptions],
    }


def performance_workbook(shown: PerformanceView, language: Language) -> bytes:
    """Every table on a sheet of its own, its head above it."""
    head = Head(headline(shown).in_(language), (performance_rules().source.in_(language),))
    tables = [
        (sheet.title.in_(language), sheet_rows(sheet, language)) for sheet in all_sheets(shown)
    ]
    return sheets_workbook(head, tables)


def performance_csv_rows(shown: PerformanceView, language: Language) -> list[list[object]]:
    """Every table below the other, each under its name."""
    rows: list[list[object]] = []
    for sheet in all_sheets(shown):
        rows += [[], [sheet.title.in_(language)], *sheet_rows(sheet, language)]
    return rows[1:]


def performance_lines(shown: PerformanceView) -> Iterator[Text]:
    """The key message, each indicator's tier, then what contradicts."""
    yield headline(shown)
    for one in scored(shown):
        yield say(
            "  {no} {name}: {tier}, {points} points",
            no=one.record.no,
            name=one.record.text("kpi.name"),
            tier=tier_name(one.tier, is_below=one.is_below),
            points=points_text(one.points),
        )
    contradictions = shown.contradictions
    yield say("Contradictions in what was sent: {count}", count=len(contradictions))
    for contradiction in contradictions:
        issue = contradiction.issue
        yield say("  {code} {sheet} {text}", code=issue.code, sheet=issue.sheet, text=issue.text)
