"""Stored results and their why in lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from core.periods import BUDDHIST_ERA, month_name
from core.quantities import MISSING
from core.scoring.explain.words import number
from core.services.results.listing import ResultRow
from core.services.rules.explanation import Explanation, Fact, StoredExplanation
from core.services.rules.units import with_unit
from core.text import LANGUAGES, Text, say


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
            value=_value(row),
        )


def _value(row: ResultRow) -> Text:
    """The value of a result with its unit, and its grade; a score with the points possible."""
    if row.unit == "grade" and row.grade:
        return Text(row.grade, row.grade)
    if row.value is None and row.points is None:
        return Text(MISSING, MISSING)
    if row.unit == "points" and row.full_marks:
        value = _of_points(row.points, row.full_marks, row.edges)
    else:
        shown = row.value if row.value is not None else row.points
        value = with_unit(_figure(shown, row.edges), row.unit)
    return say("{value}, grade {grade}", value=value, grade=row.grade) if row.grade else value


def _of_points(points: float | None, full: float | None, edges: Iterable[float] = ()) -> Text:
    return say("{points} of {full} points", points=_figure(points, edges), full=_figure(full))


def why_lines(why: StoredExplanation) -> Iterator[Text]:
    """The sentence, then rule, tests, figures with their cells, and where all of it came from."""
    citation, stored = why.rule.citation, why.stored
    yield why.sentence
    yield say("Rule: {rule}", rule=why.says)
    yield say("Source: {document}, {where}", document=citation.document, where=citation.where)
    yield from map(_part, why.parts)
    yield from map(_fact, why.facts)
    for source in filter(None, (stored.source, stored.books)):
        yield say(
            "Workbook: “{file}”, upload {upload} by {by}, {at}",
            file=source.file_name,
            upload=source.upload_id,
            by=source.uploaded_by,
            at=_moment(source.uploaded_at),
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


def _moment(at: datetime) -> Text:
    """A moment in Thailand, of the Buddhist era in both languages; `at` is aware of its zone."""
    here = at.astimezone(ZoneInfo("Asia/Bangkok"))
    year = here.year + BUDDHIST_ERA
    names = (month_name(here.month, language, short=True) for language in LANGUAGES)
    return Text(*(f"{here.day} {name} {year} {here:%H:%M}" for name in names))


def _part(part: Explanation) -> Text:
    held = part.held
    limits = () if held.limit is None else (held.limit,)
    figure = with_unit(_figure(part.figure, limits), part.unit if part.figure is not None else "")
    line = say(
        "  {name}: {figure}; {points}",
        name=part.name,
        figure=figure,
        points=_of_points(part.points, part.full_marks),
    )
    if part.is_block:  # Points of its parts, and no figure of its own.
        points = _of_points(part.points, part.full_marks)
        line = say("  {name}: {points}", name=part.name, points=points)
    elif not part.full_marks and part.points is None:  # Nothing could be earned: not 0 of 0.
        line = say("  {name}: {figure}", name=part.name, figure=figure)
    if held.whose and held.peer_value is not None:
        return say(
            "{line}; value of the group {value}, {whose}",
            line=line,
            value=with_unit(_figure(held.peer_value), part.unit),
            whose=held.whose,
        )
    if held.requirement is None:
        return line
    return say("{line}; asked: {asked}", line=line, asked=with_unit(held.requirement, part.unit))


def _fact(fact: Fact) -> Text:
    shown: str | Text = fact.text or with_unit(_figure(fact.value, fact.edges), fact.unit)
    line = say(
        "  {name}: {value} [{sheet} {cell}]",
        name=fact.name,
        value=shown,
        sheet=fact.sheet,
        cell=fact.cell,
    )
    if fact.way != "books":
        return line
    line = say("{line} computed from the books, “{file}”", line=line, file=fact.file)
    if fact.typed is None:
        return line
    return say("{line}; typed: {typed}", line=line, typed=_figure(fact.typed))


def _figure(value: float | None, edges: Iterable[float] = ()) -> str:
    """A figure in two decimals, never rounded onto what it is held against."""
    return MISSING if value is None else number(value, beside=edges)
