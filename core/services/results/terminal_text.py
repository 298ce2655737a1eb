"""Stored results and their why in lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from core.periods import BUDDHIST_ERA, month_name
from core.quantities import MISSING
from core.scoring.explain.words import number
from core.services.results.listing import ResultRow
from core.services.rules.explanation import Explanation, Fact, StoredExplanation
from core.text import LANGUAGES, Text, say


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
    line = say(
        "  {name}: {figure}; {points} of {full} points",
        name=part.name,
        figure=_figure(part.figure, held.limit),
        points=_figure(part.points),
        full=_figure(part.full_marks),
    )
    if not part.full_marks and part.points is None:  # Nothing could be earned: not 0 of 0.
        line = say("  {name}: {figure}", name=part.name, figure=_figure(part.figure, held.limit))
    if held.peers:
        return say(
            "{line}; middle value of {peers} hospitals {value}",
            line=line,
            peers=held.peers,
            value=_figure(held.peer_value),
        )
    return (
        say("{line}; asked: {asked}", line=line, asked=held.requirement)
        if held.requirement
        else line
    )


def _fact(fact: Fact) -> Text:
    value = fact.text or _figure(fact.value)
    unit = {"baht": say("baht"), "days": say("days")}.get(fact.unit)
    if fact.unit == "percent":
        value = f"{value}%"
    line = say(
        "  {name}: {value} [{sheet} {cell}]",
        name=fact.name,
        value=say("{value} {unit}", value=value, unit=unit) if unit else value,
        sheet=fact.sheet,
        cell=fact.cell,
    )
    if fact.way != "books":
        return line
    line = say("{line} computed from the books, “{file}”", line=line, file=fact.file)
    if fact.typed is None:
        return line
    return say("{line}; typed: {typed}", line=line, typed=_figure(fact.typed))


def _figure(value: float | None, limit: float | None = None) -> str:
    """A figure in two decimals, never rounded onto what it is held against."""
    return MISSING if value is None else number(value, beside=() if limit is None else (limit,))
