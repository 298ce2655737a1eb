"""A dropped workbook as plain data for programs. The keys are a contract: add, never rename."""

import math
from collections.abc import Mapping
from typing import Any

from core.forms.model.issues import CellIssue
from core.services.exports import documents
from core.services.exports.documents import both
from core.services.intake.kinds import Intake, Refused
from core.services.intake.table_rows import rows_json
from core.services.scored.assessment import AssessmentResult, ItemResult, NodeResult, SectionResult
from core.services.scored.examined import AssessmentIntake
from core.text import Text


def issue_json(issue: CellIssue) -> documents.Message:
    """One message; `cell` is empty when it concerns the whole file."""
    expected = both(issue.expected) if isinstance(issue.expected, Text) else issue.expected
    return {
        "code": issue.code,
        "slug": issue.slug,
        "severity": issue.severity,
        "sheet": issue.sheet,
        "cell": issue.cell,
        "found": issue.found,
        "expected": expected,
        "text": both(issue.text),
    }


def intake_json(intake: Intake) -> documents.FileDocument:
    """One file's document: a refused one has `form` null and only messages."""
    messages = [issue_json(issue) for issue in intake.issues]
    if isinstance(intake, Refused):
        return {"form": None, "items": [], "messages": messages}
    if not isinstance(intake, AssessmentIntake):
        rows = rows_json(intake)
        return {"form": intake.form.id, "fiscal_year": None, "rows": rows, "messages": messages}
    return {
        "form": intake.form.id,
        "fiscal_year": intake.fiscal_year,
        "subject": {"cup": intake.identity.cup if intake.identity else None, "province": None},
        "readings": {k: v for k, v in intake.rules.readings.items() if k.startswith("star.")},
        **_assessment(intake.result),
        "messages": messages,
    }


def _assessment(result: AssessmentResult) -> documents.AssessmentBody:
    totals = {section.id: _section(section) for section in result.sections}
    return {
        "completeness": {"filled": result.filled, "inputs": result.inputs},
        "totals": {**totals, "all": _section(result.total)},
        "items": [_item(item) for item in result.items],
        "radars": {
            radar.id.rpartition(".")[2]: {spoke.id: spoke.value for spoke in radar.spokes}
            for radar in result.radars
        },
    }


def _section(section: SectionResult) -> documents.Section:
    totals: documents.Section = {
        "weighted": section.weighted,
        "full": section.weight,
        "score": section.score,
        "out_of": section.out_of,
        "scored_only": section.scored_only,
        "filled_only": section.filled_only,
    }
    if math.isclose(section.weight, section.full):
        totals["raw"] = section.raw
    return totals


def _item(item: ItemResult) -> documents.Item:
    node = item.node
    return {
        "id": node.id,
        "no": node.no,
        "section": item.section,
        "name": both(node.name),
        "raw": node.raw,
        "full": node.full,
        "weight": item.weight,
        "weighted": item.weighted,
        "status": node.status,
        "cells": list(item.cells),
        "parts": [_part(part) for part in node.parts],
    }


def _part(node: NodeResult) -> documents.Line:
    return {
        "id": node.id,
        "no": node.no,
        "raw": node.raw,
        "full": node.full,
        "figure": node.figure,
        "status": node.status,
        "sheet": node.sheet,
        "cell": node.cell,
        "parts": [_part(part) for part in node.parts],
    }


def document(files: Mapping[str, Intake]) -> documents.FileDocument | dict[str, Any]:
    """One file's document itself; several as `{"files": [{"file": …, …}, …]}`."""
    if len(files) == 1:
        return intake_json(next(iter(files.values())))
    return {"files": [{"file": name, **intake_json(intake)} for name, intake in files.items()]}
