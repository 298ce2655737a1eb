"""Figures behind a slide with the file, sheet and cell each came from, for whoever speaks to it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from core.forms.cells.text.delimited import SHEET_NAME as CSV_SHEET
from core.periods import day_text, in_thailand
from core.reports.slide import Fact
from core.services.rules.explanation import Fact as Reported
from core.services.rules.explanation import Stored, StoredExplanation, fact_text
from core.services.scored.basis import Basis, basis_text, doubts_text, way_words
from core.text import Text, say

MOST: Final = 24
"""Figures of a slide: what notes have room for."""


def facts_behind(whys: Iterable[StoredExplanation], *, of: Text | None = None) -> tuple[Fact, ...]:
    """The figures that results were computed from, each once; `of` names whose they are."""
    facts: dict[str, Fact] = {}
    for why in whys:
        for one in why.facts:
            facts.setdefault(one.measure or one.name.en, _fact(one, why.stored, of))
    return tuple(facts.values())[:MOST]


def _fact(one: Reported, stored: Stored, of: Text | None) -> Fact:
    name = say("{place}: {name}", place=of, name=one.name) if of else one.name
    return Fact(name, fact_text(one), origin_text(one, stored))


def marked_level(level: Text, basis: Basis) -> Text:
    """A level in words with what it rests on, as a mark has room for it."""
    return Text.joined((one for one in (level, basis_text(basis)) if one.th), " · ")


def level_fact(level: Text, basis: Basis, *, of: Text | None = None) -> Fact:
    """A level, and in place of a cell what it rests on; `of` names whose it is."""
    rests = [one for one in (way_words(basis.way), doubts_text(basis)) if one.th]
    name = say("Crisis level")
    name = say("{place}: {name}", place=of, name=name) if of else name
    return Fact(name, level, Text.joined(rests, ", ") if rests else None)


def origin_text(one: Reported, stored: Stored) -> Text | None:
    """The file, sheet and cell of a figure and the day it was sent; None where nobody knows."""
    origins = tuple(_origins(one, stored))
    return Text.joined(origins, ", ") if origins else None


def _origins(one: Reported, stored: Stored) -> Iterator[Text]:
    if not one.file:
        return
    yield say("file “{file}”", file=one.file)
    if one.sheet and one.sheet != CSV_SHEET:
        yield say("sheet “{sheet}”", sheet=one.sheet)
    if one.cell:
        yield say("cell {cell}", cell=one.cell)
    sent = [info for info in (stored.books, stored.source) if info and info.file_name == one.file]
    if sent:
        yield sent_text(sent[0].uploaded_at)


def sent_text(moment: datetime) -> Text:
    """On which day in Thailand something was sent."""
    return say("sent on {day}", day=day_text(in_thailand(moment).date()))
