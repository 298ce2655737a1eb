"""The parts of a rule on the page, the same in the handbook and behind a score."""

from collections.abc import Iterable, Sequence
from math import isnan
from typing import Final, Literal

from components.reader.language import _, tr
from components.reader.links import link, plain_address
from components.reader.markup import Html, joined, tag
from components.reader.numbers import points
from core.scoring.explain.words import Rung
from core.services.rules.explanation import Citation, OpenQuestion
from core.text import Text

Way = Literal["filtered", "plain", "none"]
READINGS: Final = "readings"
"""The page where readings are compared."""


def quoted(text: str) -> Html:
    """Text of a source, a form or a code that browsers must not translate."""
    return tag("span", text, translate="no")


def rungs(shown: Sequence[Rung], *, hit: int | None = None, with_points: bool = True) -> Html:
    """The lines of a rule; `hit` is the place of the one that counted."""
    if not shown:
        return Html()
    with_points = with_points and not all(isnan(rung.points) for rung in shown)
    titles = (_("Rung"), _("Points")) if with_points else (_("Rung"),)
    head = tag("tr", *(tag("th", title, scope="col") for title in titles))
    lines = (
        _rung(rung, hit=place == hit, with_points=with_points) for place, rung in enumerate(shown)
    )
    return tag("table", tag("thead", head), tag("tbody", *lines), class_="t-rungs")


def _rung(rung: Rung, *, hit: bool, with_points: bool) -> Html:
    here = tag("strong", " ◀ ", _("this one counted")) if hit else ""
    cells = [tag("td", quoted(tr(rung.text)), here)]
    if with_points:
        cells.append(tag("td", points(rung.points), class_="t-number"))
    return tag("tr", *cells, class_="t-hit" if hit else "")


def terms(pairs: Iterable[tuple[str, str]]) -> Html:
    """A list of names and texts."""
    lines = joined(tag("div", tag("dt", name), tag("dd", quoted(text))) for name, text in pairs)
    return tag("dl", lines) if lines else Html()


def marks(
    questions: Iterable[OpenQuestion],
    assumptions: Iterable[Text],
    notes: Iterable[Text],
    *,
    way: Way = "filtered",
) -> Html:
    """Contradictions (⚠) with the reading in force, assumptions and notes.

    `way`: whether a contradiction links to the page that compares its readings, with the filters
    chosen so far, without them (for HTML that is cached), or not at all.
    """
    lines = [
        *(_question(question, way) for question in questions),
        *(tag("li", _labelled(_("Assumption"), text)) for text in assumptions),
        *(tag("li", _labelled(_("Note"), text)) for text in notes),
    ]
    return tag("ul", *lines, class_="t-marks") if lines else Html()


def _question(question: OpenQuestion, way: Way) -> Html:
    readings = [tag("li", _labelled(_("In force"), question.reading))]
    readings += [tag("li", _labelled(_("Could be read"), other)) for other in question.others]
    title = _labelled(_("The source contradicts itself"), question.note)
    return tag("li", "⚠ ", title, tag("ul", *readings), _way(question.switch, way))


def _way(switch: str, way: Way) -> Html:
    """A link to the comparison of a rule's readings."""
    if way == "none":
        return Html()
    text = _("Who would come out otherwise?")
    if way == "filtered":
        return link(text, READINGS, reading=switch)
    href = plain_address(READINGS, reading=switch)
    return tag("a", text, href=href, target="_self", class_="t-link")


def source(citation: Citation) -> Html:
    """The citation of a rule."""
    where = quoted(f"{tr(citation.document)}, {citation.where}")
    return tag("p", _("Source"), ": ", where, class_="t-sources")


def _labelled(label: str, text: Text) -> Html:
    return joined((label, ": ", quoted(tr(text))))
