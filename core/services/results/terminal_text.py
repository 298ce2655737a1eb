"""Stored results and their why in lines for a terminal."""

from collections.abc import Iterable, Iterator

from core.quantities import MISSING
from core.scoring.explain.words import number
from core.services.results.listing import ResultRow
from core.services.rules.explanation import Explanation, Fact, StoredExplanation
from core.text import Text, say


def result_lines(rows: Iterable[ResultRow]) -> Iterator[Text]:
    """A line for every result, its number first."""
    for row in rows:
        yield say(
            "{id}: {period} {subject} {subject_name}: {name}: {value}",
            id=row.id,
            period=row.period,
            subject=row.subject,
            subject_name=row.subject_name or "",
            name=row.name,
            value=row.grade or _figure(row.value if row.value is not None else row.points),
        )


def why_lines(why: StoredExplanation) -> Iterator[Text]:
    """The sentence, then rule, tests, figures with their cells, and where all of it came from."""
    citation, stored = why.rule.citation, why.stored
    yield why.sentence
    yield say("Rule: {rule}", rule=why.says)
    yield say("Source: {document}, {where}", document=citation.document, where=citation.where)
    yield from map(_part, why.parts)
    yield from map(_fact, why.facts)
    if stored.source is not None:
        yield say(
            "Workbook: “{file}”, upload {upload} by {by}, {at}",
            file=stored.source.file_name,
            upload=stored.source.upload_id,
            by=stored.source.uploaded_by,
            at=f"{stored.source.uploaded_at:%Y-%m-%d %H:%M} UTC",
        )
    if stored.by_others:
        yield say("It changed because of other hospitals' figures, not of its own.")
    if stored.by_reading:
        yield say(
            "It changed because a rule is read otherwise since then: “{reason}”, {by}.",
            reason=stored.version.reason or "",
            by=stored.version.made_by,
        )


def _part(part: Explanation) -> Text:
    line = say(
        "  {name}: {figure}; {points} of {full} points",
        name=part.name,
        figure=_figure(part.figure),
        points=_figure(part.points),
        full=_figure(part.full_marks),
    )
    held = part.held
    if held.peers:
        return say(
            "{line}; middle value of {peers} hospitals {value}",
            line=line,
            peers=held.peers,
            value=_figure(held.peer_value),
        )
    return say("{line}; asked: {asked}", line=line, asked=held.asked) if held.asked else line


def _fact(fact: Fact) -> Text:
    return say(
        "  {name}: {value} [{sheet} {cell}]",
        name=fact.name,
        value=fact.text or _figure(fact.value),
        sheet=fact.sheet,
        cell=fact.cell,
    )


def _figure(value: float | None) -> str:
    return MISSING if value is None else number(value, 10)
