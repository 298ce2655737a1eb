"""What a reader takes away from a dropped workbook: its result as JSON, its items as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from core.services.exports.delimited import delimited
from core.services.intake.json_document import intake_json
from core.services.intake.kinds import Intake
from core.services.scored.assessment import AssessmentResult, NodeResult
from core.text import Language, say


def result_json(intakes: Sequence[Intake]) -> bytes:
    """The same document the terminal prints, for one file or for several, also of one name."""
    files: list[dict[str, Any]] = [{"file": i.file, **intake_json(i)} for i in intakes]
    whole = intake_json(intakes[0]) if len(intakes) == 1 else {"files": files}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2)


def items_csv(result: AssessmentResult, language: Language) -> bytes:
    """Items and lines of a workbook, numbers unrounded, empty where there is none."""
    head = (
        say("No."),
        say("Indicator"),
        say("Weight"),
        say("Full marks"),
        say("Typed"),
        say("Raw points"),
        say("Weighted points"),
        say("Sheet"),
        say("Cell"),
    )
    rows = (
        row
        for item in result.items
        for row in _rows(item.node, language, weight=item.weight, weighted=item.weighted)
    )
    return delimited([[title.in_(language) for title in head], *rows])


def _rows(
    node: NodeResult,
    language: Language,
    *,
    weight: float | None = None,
    weighted: float | None = None,
) -> Iterator[list[object]]:
    yield [
        node.no,
        node.name.in_(language),
        weight,
        node.full,
        node.typed,
        node.raw,
        weighted,
        node.sheet,
        node.cell,
    ]
    for part in node.parts:
        yield from _rows(part, language)
