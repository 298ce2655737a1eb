"""The handbook as Markdown: printed, searched, proof-read by an official."""

from collections.abc import Iterator
from math import isnan

from core.criteria.catalog import catalog
from core.scoring.explain.words import Rung, number
from core.services.handbook.entries import Chapter, Entry, handbook
from core.text import Language, Text, say


def handbook_markdown(language: Language, *, fiscal_year: int | None = None) -> str:
    """All rules of a fiscal year (without one: each rule's newest edition), a chapter a theme."""
    chapters = handbook(fiscal_year)
    title = say("Handbook of criteria").in_(language)
    lines = [f"# {title}", ""]
    theme = ""
    for chapter in chapters:
        if chapter.theme != theme:
            theme = chapter.theme
            lines += [f"## {theme_name(theme).in_(language)}", ""]
        lines += [line.in_(language) for line in _chapter(chapter)]
        lines.append("")
    return "\n".join(lines)


def theme_name(theme: str) -> Text:
    """The name of a theme, its folder's where it has none."""
    return catalog().themes.get(theme, Text(theme, theme))


def years_text(years: tuple[int | None, int | None]) -> Text:
    """Fiscal years of an edition in words."""
    first, last = years
    if first is None and last is None:
        return say("all fiscal years")
    if last is None:
        return say("from fiscal year {first} on", first=first)
    if first is None:
        return say("up to fiscal year {last}", last=last)
    if first == last:
        return say("fiscal year {first}", first=first)
    return say("fiscal years {first} to {last}", first=first, last=last)


def _chapter(chapter: Chapter) -> Iterator[Text]:
    entry = chapter.entry
    yield say("### {title}", title=_title(entry))
    yield _plain("")
    yield say("`{id}` · {years}", id=entry.id, years=years_text(chapter.fiscal_years))
    yield _plain("")
    yield from _body(entry, 0)
    yield say(
        "- Source: {document}, {where}",
        document=chapter.citation.document,
        where=chapter.citation.where,
    )
    for question in chapter.questions:
        yield say("- ⚠ {note}", note=question.note)
        yield say("  - Read as: {reading}", reading=question.reading)
        for other in question.others:
            yield say("  - Could be read as: {other}", other=other)
    for note in chapter.notes:
        yield say("- Note: {note}", note=note)
    if chapter.aliases:
        yield say("- Also printed as: {names}", names=", ".join(chapter.aliases))
    yield say("- Cases that hold this rule: {cases}", cases=chapter.cases)


def _title(entry: Entry) -> Text:
    if not entry.no:
        return entry.name
    if entry.no[-1] in ".)":
        return say("{no} {name}", no=entry.no, name=entry.name)
    return say("{no}. {name}", no=entry.no, name=entry.name)


def _body(entry: Entry, depth: int) -> Iterator[Text]:
    indent = "  " * depth
    yield say("{indent}- {rule}", indent=indent, rule=entry.rule)
    for rung in entry.rungs:
        yield _rung(indent, rung)
    for id_, name, weight in entry.members:
        yield say(
            "{indent}  - `{id}` {name}: weight {weight}",
            indent=indent,
            id=id_,
            name=name,
            weight=number(weight),
        )
    for label, text in entry.provenance:
        yield say("{indent}- {label}: {text}", indent=indent, label=label, text=text)
    for assumption in entry.assumptions:
        yield say("{indent}- ∅ Assumption: {assumption}", indent=indent, assumption=assumption)
    for part in entry.parts:
        yield say("{indent}- **{title}**", indent=indent, title=_title(part))
        yield from _body(part, depth + 1)


def _rung(indent: str, rung: Rung) -> Text:
    if isnan(rung.points):
        return say("{indent}  - {rung}", indent=indent, rung=rung.text)
    points = number(rung.points)
    return say("{indent}  - {rung} → {points}", indent=indent, rung=rung.text, points=points)


def _plain(text: str) -> Text:
    return Text(text, text)
