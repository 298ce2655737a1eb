"""What stands behind a stored test: its rule, figures with their cells, peers and workbook."""

from collections.abc import Iterator

import streamlit as st

from components.parts.disclosure import disclosure
from components.reader.dates import moment
from components.reader.filters import WHY
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, against, points
from components.why.rules import marks, quoted, source, terms
from core.scoring.explain.words import number
from core.services.results.tests import JudgedTest
from core.services.results.why import StoredFact, StoredWhy


def test_why(test: JudgedTest, why: StoredWhy) -> Html:
    """Everything behind one test; open where the address asks for just this one."""
    lines: list[str] = [quoted(tr(text)) for text in (test.rule, test.formula) if text]
    lines += [*_asked(test), *_peers(test)]
    facts = [(tr(fact.name), _fact(fact)) for fact in test.facts]
    return disclosure(
        _("Why"),
        joined(tag("p", line) for line in lines),
        tag("ul", *(tag("li", quoted(tr(edge))) for edge in test.edges)) if test.edges else "",
        terms(facts) if facts else tag("p", _("No figure of it was reported.")),
        tag("p", workbook(why)),
        source(why.citation),
        opened=st.query_params.get(WHY) == test.part.id,
    )


def whole_why(why: StoredWhy) -> Html:
    """Everything behind the level or the score itself, what the source leaves open included."""
    return disclosure(
        _("Why it comes to this"),
        tag("p", quoted(tr(why.sentence)), class_="t-said"),
        tag("p", quoted(tr(why.rule))),
        tag("p", workbook(why)),
        tag("p", _since(why)),
        marks(why.questions, why.assumptions, why.notes),
        source(why.citation),
        opened=st.query_params.get(WHY) == why.result.criterion,
    )


def workbook(why: StoredWhy) -> str:
    """Which file the figures came in, who sent it and when."""
    found = why.source
    if found is None:
        return _("No workbook told these figures.")
    return _(
        "Workbook “{file}”, upload {upload}, version {version}, sent by {by}, {moment}",
        file=found.file_name,
        upload=found.upload_id,
        version=found.version,
        by=found.uploaded_by,
        moment=moment(found.uploaded_at),
    )


def _since(why: StoredWhy) -> str:
    said = _("It stands since {moment}.", moment=moment(why.version.made_at))
    if why.by_others:
        said += " " + _("It changed because of other hospitals' figures, not of its own.")
    if why.by_reading:
        said += " " + _(
            "It changed because a rule is read otherwise since then: “{reason}”, {by}.",
            reason=why.version.reason or "",
            by=why.version.made_by,
        )
    return said


def _asked(test: JudgedTest) -> Iterator[str]:
    part = test.part
    if part.cutoff is None:
        return
    figure = against(part.figure, part.limit)
    yield _("Held against: {asked}; the figure is {figure}.", asked=tr(part.cutoff), figure=figure)
    if test.distance is not None:
        yield _("It is {distance} away from the cut-off.", distance=against(test.distance, 0.0))


def _peers(test: JudgedTest) -> Iterator[str]:
    part = test.part
    if not part.peers or part.peer_value is None:
        return
    value = number(part.peer_value)
    yield _("Value of {peers} hospitals of its group: {value}.", peers=part.peers, value=value)
    if part.few_peers:
        yield _("These are few peers: one more hospital can move the value far.")


def _fact(fact: StoredFact) -> str:
    figure, cell = fact_text(fact), cell_text(fact)
    return f"{figure} {cell}" if cell else figure


def fact_text(fact: StoredFact) -> str:
    """A figure as it was told."""
    return fact.text or (NONE if fact.value is None else points(fact.value))


def cell_text(fact: StoredFact) -> str:
    """The cell it was told in; empty where that is not known."""
    if not fact.sheet or not fact.cell:
        return ""
    return _("(sheet “{sheet}”, cell {cell})", sheet=fact.sheet, cell=fact.cell)
