"""Stored results and their why in lines for a terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from core.periods import moment_text
from core.scoring.base.state_words import state_text
from core.scoring.base.states import State
from core.services.results.listing import ResultRow
from core.services.results.part_text import figure, of_points, part_lines
from core.services.rules.explanation import Fact, StoredExplanation, fact_text
from core.services.rules.judged.amounts import amount_text
from core.services.rules.units import with_unit
from core.services.rules.verified.marks import Mark
from core.services.rules.verified.wording import mark_text, marks_text
from core.services.scored.basis import beside
from core.text import Text, say


def result_lines(rows: Iterable[ResultRow]) -> Iterator[Text]:
    """A line for every result, its number first; its value never rounded onto a cut-off."""
    for row in rows:
        yield say(
            "{id}: {period} {subject} {subject_name}: {name}: {value}",
            id=row.id,
            period=row.period,
            subject=row.subject,
            subject_name=row.subject_name or "",
            name=row.name,
            value=beside(_marked(row), row.basis),
        )


def _marked(row: ResultRow) -> Text:
    """The value, and how far the self-assessment it rests on is verified."""
    value, mark = _value(row), row.mark
    if mark is None:
        return value
    if not isinstance(mark, Mark):
        return say("{value} · {mark}", value=value, mark=marks_text(mark))
    known = say("{value} · self-assessed: {mark}", value=value, mark=mark_text(mark))
    if row.verified_value is None or row.verified_value == row.value:
        return known
    verified = row.verified_value
    # The grade is that of the published value.
    other = _value(replace(row, value=verified, points=verified, grade=None))
    return say("{known}, verified {other}", known=known, other=other)


def _value(row: ResultRow) -> Text:
    """The value of a result with its unit and grade, of an area with its target; else its state."""
    if row.unit == "grade" and row.grade:
        return Text(row.grade, row.grade)
    if row.value is None and row.points is None:
        nobody = row.unit == "share" and row.state == State.NOT_REPORTED.name.lower()
        return say("nobody reported") if nobody else state_text(State[row.state.upper()])
    if row.unit == "points" and row.full_marks:
        value = of_points(row.points, row.full_marks, row.edges)
    else:
        shown = row.value if row.value is not None else row.points
        value = with_unit(figure(shown, row.edges), row.unit)
    if row.unit == "share" and row.verdict in _TARGETS:
        return say("{value}, {target}", value=value, target=_TARGETS[row.verdict]())
    return say("{value}, grade {grade}", value=value, grade=row.grade) if row.grade else value


_TARGETS: Final = {"pass": lambda: say("target met"), "fail": lambda: say("target not met")}


def why_lines(why: StoredExplanation) -> Iterator[Text]:
    """The sentence, then rule, tests, figures with their cells, and where all of it came from."""
    citation, stored = why.rule.citation, why.stored
    yield why.sentence
    yield say("Rule: {rule}", rule=why.says)
    yield say("Source: {document}, {where}", document=citation.document, where=citation.where)
    if why.next_step:
        yield why.next_step
    for part in why.parts:
        yield from part_lines(part)
    yield from map(_fact, why.facts)
    for source in filter(None, (stored.source, stored.books)):
        yield say(
            "Workbook: “{file}”, upload {upload} by {by}, {at}",
            file=source.file_name,
            upload=source.upload_id,
            by=source.uploaded_by,
            at=moment_text(source.uploaded_at),
        )
    if stored.by_others:
        yield say("It changed because of other hospitals' figures, not of its own.")
    if stored.by_published:
        yield say("It changed because of group values the ministry published, not of its figures.")
    if stored.by_reading:
        yield say(
            "It changed because a rule is read otherwise since then: “{reason}”, {by}.",
            reason=stored.version.reason or "",
            by=stored.version.made_by,
        )


def _fact(fact: Fact) -> Text:
    line = say(
        "  {name}: {value} [{sheet} {cell}]",
        name=fact.name,
        value=fact_text(fact),
        sheet=fact.sheet,
        cell=fact.cell,
    )
    if fact.way not in ("books", "plan"):
        return line
    line = (
        say("{line} computed from the books, “{file}”", line=line, file=fact.file)
        if fact.way == "books"
        else say("{line} added up from the plan by line, “{file}”", line=line, file=fact.file)
    )
    if fact.typed is None:
        return line
    return say("{line}; typed: {typed}", line=line, typed=amount_text(fact.typed, fact.unit))
