"""The items of a workbook, section by section, each with its lines and its why."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from components.parts.anatomy import disclosure
from components.parts.status import Status, mark
from components.parts.tables import head_row
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import points, score, whole
from components.upload import file_cache
from components.why.explanation import explanation
from components.why.rules import quoted
from core.services.rules.explanation import Explanation
from core.services.scored.assessment import ItemResult, NodeResult, SectionResult
from core.services.scored.examined import AssessmentIntake
from core.services.scored.why import explain_item


def items(intake: AssessmentIntake, file_key: str) -> None:
    """A table per section handed in; `file_key` names the file, for keeping what was written."""
    readings = tuple(intake.rules.readings.items())
    for section in intake.result.sections:
        own = [item for item in intake.result.items if item.section == section.id]
        if own:
            key = (file_key, "items", section.id, readings, current_language())
            st.html(file_cache.cached_with_file(key, partial(_section, intake, section, own)))


def _section(intake: AssessmentIntake, section: SectionResult, own: list[ItemResult]) -> Html:
    titles = (
        (_("No."), ""),
        (_("Indicator"), ""),
        (_("Weight"), "t-number"),
        (_("Full marks"), "t-number"),
        (_("Raw points"), "t-number"),
        (_("Weighted points"), "t-number"),
        (_("Filled in"), ""),
    )
    body = (_item(item, explain_item(intake, item.node.id), len(titles)) for item in own)
    caption = tag("caption", quoted(tr(section.name)))
    return tag("table", caption, tag("thead", head_row(titles)), *body, class_="t-items")


def _item(item: ItemResult, behind: Explanation, columns: int) -> Html:
    node = item.node
    figures = (
        (_("Weight"), whole(item.weight)),
        (_("Full marks"), whole(node.full)),
        (_("Raw points"), points(node.raw)),
        (_("Weighted points"), joined((score(item.weighted), _bar(item.share)))),
    )
    row = tag(
        "tr",
        tag("td", node.no, class_="t-no"),
        tag("th", quoted(tr(node.name)), scope="row"),
        *(tag("td", shown, class_="t-number", data_label=name) for name, shown in figures),
        tag("td", _state(node)),
    )
    lines = list(_lines(node, behind))
    summary = _("Why, and its {count} lines", count=len(lines)) if lines else _("Why")
    explained = disclosure(summary, _weighing(item), explanation(behind), _table(lines))
    return tag(
        "tbody", row, tag("tr", tag("td", explained, colspan=str(columns)), class_="t-behind")
    )


def _bar(share: float | None) -> Html:
    """How much of full marks was reached, for the eye only."""
    if share is None:
        return Html()
    reached = tag("i", style=f"width: {100 * share:.0f}%")
    return tag("span", reached, class_="t-bar", aria_hidden="true")


def _weighing(item: ItemResult) -> Html:
    if item.weighted is None:
        return Html()
    return tag(
        "p",
        _(
            "Weighted points: weight {weight} × {raw} ÷ {full} = {weighted}",
            weight=whole(item.weight),
            raw=points(item.node.raw),
            full=whole(item.node.full),
            weighted=points(item.weighted),
        ),
        class_="t-said",
    )


def _lines(node: NodeResult, behind: Explanation) -> Iterator[Html]:
    for part, reason in zip(node.parts, behind.parts, strict=True):
        yield _line(part, reason, behind)
        yield from _lines(part, reason)


def _line(part: NodeResult, reason: Explanation, above: Explanation) -> Html:
    cells = (
        (_("Typed"), part.typed or ("" if part.parts else "–")),
        (_("Points"), points(part.raw)),
        (_("Full marks"), whole(part.full)),
        (_("Cell"), part.cell or ""),
    )
    cited = above.rule.citation if above.rule else None
    explained = disclosure(quoted(tr(part.name)), explanation(reason, cited=cited))
    return tag(
        "tr",
        tag("td", part.no, class_="t-no"),
        tag("th", explained, scope="row"),
        *(tag("td", shown, class_="t-number", data_label=name) for name, shown in cells),
        tag("td", _state(part)),
        class_="t-sum" if part.parts else "",
    )


def _table(lines: list[Html]) -> Html:
    if not lines:
        return Html()
    titles = (
        (_("No."), ""),
        (_("Line"), ""),
        (_("Typed"), "t-number"),
        (_("Points"), "t-number"),
        (_("Full marks"), "t-number"),
        (_("Cell"), "t-number"),
        (_("State"), ""),
    )
    return tag("table", tag("thead", head_row(titles)), tag("tbody", *lines), class_="t-lines")


def _state(node: NodeResult) -> Html:
    """Whether it was filled in and can be counted: never a verdict on the result."""
    words: dict[str, tuple[Status, str]] = {
        "error": ("fail", _("Has an error")),
        "contradictory": ("fail", _("Says two things")),
        "stale": ("watch", _("Out of date")),
        "partly": ("watch", _("Not all filled in")),
        "not_filled": ("none", _("Not filled in")),
        "not_applicable": ("none", _("Not applicable")),
    }
    filling = _filling(node)
    # Nothing to do: colour is for what needs somebody.
    return tag("span", "✓ ", _("Filled in")) if filling == "scored" else mark(*words[filling])


def _filling(node: NodeResult) -> str:
    if node.status != "scored":
        return node.status
    return "scored" if all(leaf.status != "not_filled" for leaf in _leaves(node)) else "partly"


def _leaves(node: NodeResult) -> Iterator[NodeResult]:
    if not node.parts:
        yield node
    for part in node.parts:
        yield from _leaves(part)
