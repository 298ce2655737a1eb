"""Stored results and their why as plain data. The keys are a contract: add, never rename."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from core.services.exports import documents
from core.services.exports.delimited import delimited, inert
from core.services.exports.documents import both
from core.services.results.listing import ResultRow
from core.services.rules.explanation import Explanation, Fact, Held, StoredExplanation
from core.services.rules.verified.marks import AreaMarks, Mark
from core.services.rules.verified.wording import SLUGS
from core.services.scored.finance_json import COMPUTED, PUBLISHED
from core.store.results.repository import StoredResult
from core.store.uploads.submissions import SubmissionInfo
from core.text import Language

_COLUMNS: Final = (
    "id", "indicator", "subject", "subject_name", "period", "value", "points", "full", "grade",
    "verdict", "state", "unit", "verification", "verified_value", "way", "in_doubt",
)  # fmt: skip


def row_json(row: ResultRow) -> documents.ListedResult:
    """One stored result."""
    return {
        "id": row.id,
        "indicator": row.indicator,
        "name": both(row.name),
        "subject": row.subject,
        "subject_name": both(row.subject_name) if row.subject_name else None,
        "period": str(row.period),
        "value": row.value,
        "points": row.points,
        "full": row.full_marks,
        "grade": row.grade,
        "verdict": row.verdict,
        "state": row.state,
        "version": row.version,
        "unit": row.unit,
        "verification": verification_json(row.mark),
        "verified_value": row.verified_value,
        "way": row.basis.way,
        "in_doubt": list(row.basis.doubts),
    }


def rows_csv(rows: Iterable[ResultRow], language: Language) -> str:
    """Stored results as a table of text that Excel opens in Thai, byte order mark included."""
    table: list[Sequence[object]] = [_COLUMNS]
    for row in rows:
        cells: dict[str, Any] = {**row_json(row)}
        cells["verification"] = _verification(row.mark)
        cells["in_doubt"] = " ".join(row.basis.doubts)
        cells["subject_name"] = row.subject_name.in_(language) if row.subject_name else ""
        table.append([plain(cells[column]) for column in _COLUMNS])
    return delimited(table).decode()


def mark_json(mark: Mark) -> documents.Verification:
    """The state of one self-assessment as a JSON value."""
    return {
        "state": SLUGS[mark.stage],
        "items": mark.items,
        "verified": mark.verified,
        "differing": mark.differing,
        "by": mark.by,
        "at": mark.at.isoformat() if mark.at else None,
    }


def marks_json(marks: AreaMarks) -> documents.Verification:
    """How many are verified as a JSON value."""
    return {
        "form": marks.form,
        "period": str(marks.period),
        "sent": marks.sent,
        "under_way": marks.under_way,
        "verified": marks.verified,
        "locked": marks.locked,
    }


def verification_json(mark: Mark | AreaMarks | None) -> documents.Verification | None:
    """How far what a result rests on is verified: its own state, or how many of an area."""
    if mark is None:
        return None
    return mark_json(mark) if isinstance(mark, Mark) else marks_json(mark)


def _verification(mark: Mark | AreaMarks | None) -> str:
    """The same in one cell: a state, or so many of so many."""
    if mark is None:
        return ""
    return SLUGS[mark.stage] if isinstance(mark, Mark) else f"{mark.verified}/{mark.sent}"


def plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return "" if value is None else inert(value)


def why_json(why: StoredExplanation) -> documents.ExplainedResult:
    """Everything behind one stored result."""
    rule, stored = why.rule, why.stored
    source, name = stored.source, stored.subject_name
    return {
        **_result(stored.result),
        "name": both(why.name),
        "subject_name": both(name) if name else None,
        "grade": why.grade,
        "stands": stored.stands,
        "sentence": both(why.sentence),
        "rule": both(why.says),
        "next_step": both(why.next_step) if why.next_step else None,
        "source": {"document": both(rule.citation.document), "where": rule.citation.where},
        "assumptions": [both(text) for text in rule.assumptions],
        "open_questions": [
            {"switch": one.switch, "note": both(one.note), "reading": both(one.reading)}
            for one in rule.questions
        ],
        "parts": [_part(part) for part in why.parts],
        "notes": dict(stored.result.detail.notes),
        "facts": [_fact(fact) for fact in why.facts],
        "workbook": _workbook(source),
        "books": _workbook(stored.books),
        "version": {
            "id": stored.version.id,
            "at": stored.version.made_at.isoformat(),
            "by": stored.version.made_by,
            "why": stored.version.why,
            "upload": stored.version.upload_id,
            "reason": stored.version.reason,
        },
        "changed_by_others": stored.by_others,
        "changed_by_published": stored.by_published,
        "before": _result(stored.before) if stored.before else None,
        "verification": verification_json(stored.verified),
        "peers": why.peers,
    }


def _workbook(source: SubmissionInfo | None) -> documents.SourceWorkbook | None:
    if source is None:
        return None
    return {
        "upload": source.upload_id,
        "file_name": source.file_name,
        "version": source.version,
        "by": source.uploaded_by,
        "at": source.uploaded_at.isoformat(),
    }


def _result(stored: StoredResult) -> documents.StoredValue:
    return {
        "id": stored.id,
        "indicator": stored.criterion,
        "subject": stored.subject,
        "period": str(stored.period),
        "value": _finite(stored.value),
        "points": _finite(stored.points),
        "full": _finite(stored.full_marks),
        "verdict": stored.verdict.name.lower(),
        "state": stored.state.name.lower(),
    }


def _part(part: Explanation) -> documents.Part:
    held = part.held
    return {
        "id": part.id,
        "name": both(part.name),
        "sentence": both(part.sentence) if part.sentence else None,
        "next_step": both(part.next_step) if part.next_step else None,
        "figure": _finite(part.figure),
        "unit": part.unit,
        "unbounded": part.figure is not None and math.isinf(part.figure),
        "kinds": [{"of": both(name), "figure": value} for name, value in part.kinds],
        "cutoff": _finite(held.limit),
        "asked": both(held.requirement) if held.requirement else None,
        "points": _finite(part.points),
        "full": _finite(part.full_marks),
        "state": part.state,
        "peer_value": _finite(held.peer_value),
        "peers": held.peers,
        "few_peers": held.few_peers,
        "peer_value_by": _by_whom(held),
        "peer_value_whose": both(held.whose) if held.whose else None,
        "published": [_fact(fact) for fact in held.published],
    }


def _by_whom(held: Held) -> str | None:
    """Whose the value of the group is, as `score` says it; None where there is none."""
    if held.whose is None:
        return None
    return COMPUTED if held.peers else PUBLISHED


def _fact(fact: Fact) -> documents.Figure:
    return {
        "measure": fact.measure,
        "name": both(fact.name),
        "unit": fact.unit,
        "value": _finite(fact.value),
        "text": fact.text,
        "state": fact.state,
        "sheet": fact.sheet,
        "cell": fact.cell,
        "way": fact.way,
        "file_name": fact.file,
        "typed": fact.typed,
    }


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
