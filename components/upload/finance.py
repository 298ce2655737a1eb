"""A finance table on the page: a row per hospital-month with its level, its score and their why."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.status import basis_marks, level_digit
from components.parts.tables import first_row, head_row
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE, figure_text, points, whole
from components.why.explanation import figure_of, rule_marks
from components.why.rules import quoted, source
from core.forms.trial_balance.read import Mapped
from core.periods import month_text
from core.services.rules.explanation import Explanation, Held, RuleText, Way
from core.services.rules.judged.amounts import amount_text
from core.services.scored.basis import Basis
from core.services.scored.finance import FinanceTable
from core.services.scored.finance_why import explain_row, levels, table_rules

_VIEW: Final = 50
"""Rows shown at a time."""


def key_message(table: FinanceTable, errors: str) -> str:
    """How many rows there are, the worst level among them, and how many errors."""
    row_levels = levels(table)
    judged = row_levels[~np.isnan(row_levels)]
    if not judged.size:
        return _(
            "Rows: {rows}, none with a crisis level, {errors}", rows=row_levels.size, errors=errors
        )
    return _(
        "Rows: {rows}, worst crisis level {level}, {errors}",
        rows=f"{row_levels.size:,}",
        level=whole(float(judged.max())),
        errors=errors,
    )


def in_doubt(message: str, doubts: Sequence[Sequence[str]]) -> str:
    """A key message with how many rows are to be checked before they are used, if any."""
    count = sum(map(bool, doubts))
    if not count:
        return message
    return _("{message}; to be checked first: {count} rows", message=message, count=f"{count:,}")


def tiles(table: FinanceTable, mapped: Sequence[Mapped] = ()) -> None:
    """Facilities, how many rows could be judged, and of trial balances how much was matched."""
    row_levels = levels(table)
    judged = int(np.count_nonzero(~np.isnan(row_levels)))
    graded = sum(letter is not None for y in table.years for letter in y.scores.grade.letters)
    facilities = len({line.hcode for line in table.reading.lines if line.hcode})
    of = _("of {count} rows", count=f"{row_levels.size:,}")
    anatomy.tiles(
        [
            anatomy.Tile(label=_("Facilities"), value=f"{facilities:,}"),
            anatomy.Tile(label=_("With a crisis level"), value=f"{judged:,}", change=of),
            anatomy.Tile(label=_("With a TPS grade"), value=f"{graded:,}", change=of),
            *_matched(mapped),
        ]
    )


def _matched(mapped: Sequence[Mapped]) -> Iterator[anatomy.Tile]:
    """The lowest share of money in known accounts among the trial balances of a file."""
    if mapped:
        unmapped, lines = (sum(counts) for counts in zip(*(m[1::-1] for m in mapped), strict=True))
        yield anatomy.Tile(
            label=_("Money in known accounts, lowest row"),
            value=_("{figure}%", figure=f"{min(one.percent for one in mapped):.2f}"),
            change=_(
                "{count} of {lines} lines not known", count=f"{unmapped:,}", lines=f"{lines:,}"
            ),
        )


def rows(table: FinanceTable, doubts: Sequence[Sequence[str]], way: Way) -> None:
    """The table, fifty rows at a time, each with its tests behind it.

    `doubts` are codes of warnings to be looked at before a row is used, `way` is how its figures
    came about.
    """
    count = len(table.reading.lines)
    first = first_row(count, _VIEW)
    lines = range(first, min(first + _VIEW, count))
    titles = (
        (_("Row"), ""),
        (_("Facility"), ""),
        (_("Month"), ""),
        (_("Crisis level"), ""),
        (_("Months of survival"), "t-number"),
        ("TPS", "t-number"),
        (_("Of points possible"), "t-number"),
        (_("Grade"), ""),
    )
    caption = tag("caption", _("Crisis level and Total Performance Score (TPS)"))
    body = joined(_row(table, line, len(titles), Basis(way, tuple(doubts[line]))) for line in lines)
    st.html(tag("table", caption, tag("thead", head_row(titles)), body, class_="t-items"))
    st.html(disclosure(_("The rules behind these columns"), rules_html(table_rules(table))))


def _row(table: FinanceTable, line: int, columns: int, basis: Basis) -> Html:
    row, why = table.reading.lines[line], explain_row(table, line)
    level, total = why or (None, None)
    months = level.parts[-1].figure if level else None
    cells = (
        (_("Months of survival"), figure_text(months, None), "t-number"),
        ("TPS", points(total.points if total else None), "t-number"),
        (_("Of points possible"), whole(total.full_marks if total else 0.0), "t-number"),
        (_("Grade"), (total.grade if total else None) or NONE, ""),
    )
    shown = tag(
        "tr",
        tag("td", str(row.row), class_="t-no"),
        tag("th", quoted(row.hcode or NONE), scope="row"),
        tag("td", tr(month_text(row.period)) if row.period else NONE, class_="t-no"),
        tag("td", _level(level.points if level else None), " ", _basis(level, basis)),
        *(tag("td", text, class_=kind, data_label=name) for name, text, kind in cells),
    )
    place = _("Sheet “{sheet}”, row {row}", sheet=row.sheet, row=row.row)
    behind = disclosure(_("Why"), _behind(level, total, place))
    return tag(
        "tbody", shown, tag("tr", tag("td", behind, colspan=str(columns)), class_="t-behind")
    )


def _level(level: float | None) -> Html:
    return level_digit(None if level is None else math.floor(level))


def _basis(level: Explanation | None, basis: Basis) -> Html:
    """How the figures came about; the codes in doubt are those of the list below."""
    if level is None or level.points is None:
        return Html()
    marks = basis_marks(Basis(basis.way))
    if not basis.doubts:
        return marks
    text = _("Check first: {codes}", codes=", ".join(basis.doubts))
    return joined((marks, tag("small", text, class_="t-when")))


def _behind(level: Explanation | None, total: Explanation | None, place: str) -> Html:
    if level is None or total is None:
        return tag("p", _("The row does not say rightly whose or when it is, so it has no score."))
    *parts, tests = level_reason(level)
    return joined((*parts, tag("p", place), tests, tests_table(_("Items of the TPS"), total.parts)))


def level_reason(level: Explanation) -> tuple[Html, Html]:
    """How a level adds up, in a sentence and as a table of its tests."""
    *blocks, survival = level.parts
    added = [f"{tr(block.name)} {whole(block.points)}" for block in blocks]
    added.append(_("survival {points}", points=whole(survival.points)))
    sentence = _(
        "Crisis level {level} = {parts}", level=whole(level.points), parts=" + ".join(added)
    )
    tests = tuple(test for block in blocks for test in block.parts)
    title = _("Tests of the crisis level (a point for each that holds)")
    return tag("p", sentence, class_="t-said"), tests_table(title, tests)


def tests_table(title: str, items: Iterable[Explanation]) -> Html:
    """Tests of a row with their figures, what was asked and the points."""
    titles = (
        (title, ""),
        (_("Figure"), "t-number"),
        (_("Asked"), ""),
        (_("Points"), "t-number"),
        (_("Full marks"), "t-number"),
    )
    head = joined(tag("th", text, scope="col", class_=kind) for text, kind in titles)
    body = joined(_test(item) for item in items)
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", body), class_="t-lines")


def _test(item: Explanation) -> Html:
    cells = (
        (_("Figure"), figure_of(item), "t-number"),
        (_("Asked"), _requirement(item.held), ""),
        (_("Points"), points(item.points), "t-number"),
        (_("Full marks"), whole(item.full_marks) if item.full_marks else NONE, "t-number"),
    )
    shown = (tag("td", text, class_=kind, data_label=name) for name, text, kind in cells)
    step = tag("small", tr(item.next_step), class_="t-when") if item.next_step else ""
    return tag("tr", tag("th", quoted(tr(item.name)), step, scope="row"), *shown)


def _figure(item: Explanation) -> str:
    limit = item.held.limit
    return tr(amount_text(item.figure, item.unit, () if limit is None else (limit,)))


def _requirement(held: Held) -> Html | str:
    """What was asked, and whose the value of the group is that it was held against."""
    if held.requirement is None:
        return NONE
    requirement = quoted(tr(held.requirement))
    if held.whose is None:
        return requirement
    return joined((requirement, tag("small", quoted(tr(held.whose)), class_="t-when")))


def rules_html(rules: Iterable[RuleText]) -> Html:
    """Rules by name with their sources and what is open about them."""
    return joined(
        tag(
            "div",
            tag("p", quoted(tr(rule.name)), class_="t-said"),
            rule_marks(rule, way="plain"),
            source(rule.citation),
        )
        for rule in rules
    )
