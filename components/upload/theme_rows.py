"""A dropped table of an inspection theme: the results of each row with their tests."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import streamlit as st

from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.parts.shares import STATUSES
from components.parts.status import mark
from components.parts.tables import first_row, head_row
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from components.reader.periods import period_text
from components.upload import official
from components.upload.finance import rules_html, tests_table
from components.why.rules import quoted
from core.criteria.model import Indicator
from core.scoring.base.states import Verdict
from core.scoring.themes.indicator import NO_GRADE, IndicatorScores
from core.services.intake.kinds import RegisterIntake, ThemeIntake
from core.services.rules.explanation import rule_text
from core.services.scored.finance_why import explain_tests, nodes_of, reported_figures
from core.services.themes.wording import value_text

_VIEW: Final = 50
Rows = ThemeIntake | RegisterIntake


class _Result(NamedTuple):
    """One result of one row: its line in the table, its rule, its scores and its row therein."""

    line: int
    rule: Indicator
    scores: IndicatorScores
    row: int

    @property
    def verdict(self) -> Verdict:
        return Verdict(int(self.scores.verdicts[self.row]))

    @property
    def value(self) -> float | None:
        number = float(self.scores.value[self.row])
        return None if np.isnan(number) else number


def key_message(intake: Rows, errors: str) -> str:
    """How many rows there are, how many results, and how many of them do not pass."""
    results = list(_results(intake))
    count = f"{len(intake.reading.lines):,}"
    if not results:
        return _("Rows: {rows}, {errors}", rows=count, errors=errors)
    return _(
        "Rows: {rows}, results: {results}, not passing: {failing}, {errors}",
        rows=count,
        results=f"{len(results):,}",
        failing=f"{_count(results, Verdict.FAIL):,}",
        errors=errors,
    )


def show(intake: Rows) -> None:
    """Tiles, then fifty results at a time."""
    results = list(_results(intake))
    subjects = {line.subject for line in intake.reading.lines if line.subject}
    kinds = {
        "peer_values": _("Hospital groups"),
        "account_map": _("Accounts"),
        "records": _("Rows"),
    }
    counted = kinds.get(intake.form.holds, _("Facilities"))
    judged = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_JUDGED)
    names = (_("Passing"), _("Not passing"), _("Without a verdict"))
    tiles = [anatomy.Tile(label=counted, value=f"{len(subjects):,}")]
    if results:
        tiles += [
            anatomy.Tile(label=name, value=f"{_count(results, verdict):,}")
            for name, verdict in zip(names, judged, strict=True)
        ]
    anatomy.tiles(tiles)
    if isinstance(intake, ThemeIntake) and results:
        _table(intake, results)
    if intake.form.holds in ("official_results", "peer_values", "account_map", "records"):
        official.rows(intake)


def _results(intake: Rows) -> Iterator[_Result]:
    if not isinstance(intake, ThemeIntake):
        return
    for line in range(len(intake.reading.lines)):
        for rule, scores, row in intake.scored.units(line):
            yield _Result(line, rule, scores, row)


def _count(results: list[_Result], verdict: Verdict) -> int:
    return sum(one.verdict is verdict for one in results)


def _table(intake: ThemeIntake, results: list[_Result]) -> None:
    first = first_row(len(results), _VIEW)
    titles = (
        (_("Status"), ""),
        (_("Facility"), ""),
        (_("Period"), ""),
        (_("Indicator"), ""),
        (_("Result"), "t-number"),
    )
    body = joined(_row(intake, one, len(titles)) for one in results[first : first + _VIEW])
    caption = tag("caption", _("What the rows come to"))
    st.html(tag("table", caption, tag("thead", head_row(titles)), body, class_="t-items"))
    rules = intake.scored.parts[-1].rules.rules
    rules_text = (rule_text(key, rules) for key in dict.fromkeys(one.rule.id for one in results))
    st.html(disclosure(_("The rules behind these results"), rules_html(rules_text)))


def _row(intake: ThemeIntake, one: _Result, columns: int) -> Html:
    line = intake.reading.lines[one.line]
    place = int(one.scores.places[one.row])
    grade = "" if place == NO_GRADE else f"{one.rule.grades[place].grade} · "
    shown = tag(
        "tr",
        tag("td", mark(STATUSES[one.verdict], _judged(one))),
        tag("th", quoted(line.subject or NONE), scope="row"),
        tag("td", period_text(line.period) if line.period else NONE, class_="t-no"),
        tag("td", quoted(tr(one.rule.name))),
        tag(
            "td",
            grade + value_text(one.value, one.rule),
            class_="t-number",
            data_label=_("Result"),
        ),
    )
    place_said = _("Sheet “{sheet}”, row {row}", sheet=line.sheet, row=line.row)
    reported = reported_figures(intake.reading, one.line)
    published = intake.scored.published(one.line)
    items, nodes = one.scores.whole.items.values(), nodes_of(one.rule)
    tests = explain_tests(items, one.row, nodes, reported, published)
    behind = disclosure(_("Why"), tag("p", place_said), tests_table(_("Tests"), tests))
    return tag(
        "tbody", shown, tag("tr", tag("td", behind, colspan=str(columns)), class_="t-behind")
    )


def _judged(one: _Result) -> str | None:
    has_value = one.value is not None
    return _("Not judged") if one.verdict is Verdict.NOT_JUDGED and has_value else None
