"""Recomputes what self-assessments come to: items, sections, grand total and radars of CUPs.

An item's value is the figure judged (percent, or points), its points are the raw ones of its full
marks. A section's value is its score; its parts are its items, the figure being the weighted
points. A radar has no value of its own; its spokes are its parts, the cut-off being the target.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from sqlalchemy.orm import Session

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import WeightedGroup
from core.forms.assessment.plan import Item, group_of, radar_of
from core.forms.model.form import AssessmentForm
from core.periods import Period
from core.scoring.base.inputs import Column, FloatArray, Inputs
from core.scoring.base.scores import Scores
from core.scoring.base.states import State, Verdict
from core.scoring.star.assessment import Assessment
from core.scoring.star.composite import GroupScores
from core.services.recompute.instead import Instead, put_instead
from core.services.scored.reading import compiled_form, form_items
from core.store.results.detail import PartTable
from core.store.results.writing import NewResults
from core.store.schema.columns import storable
from core.store.uploads.observed_table import IntArray, ObservedTable, observed_table

SECTIONS: Final = "form.sections"
"""A word of the submission: the sections handed in, such as `a b`."""


def star_criteria(form: AssessmentForm, fiscal_year: int) -> tuple[str, ...]:
    """Every criterion an assessment form has results of: items, sections, total and radars."""
    items = (item.id for item in form_items(form.id, fiscal_year))
    return (*items, *(section.group for section in form.sections), form.total, *form.radars)


def star_in(
    session: Session,
    form: AssessmentForm,
    period: Period,
    readings: Mapping[str, str],
    subjects: Collection[str] | None = None,
    instead: Instead | None = None,
) -> tuple[tuple[NewResults, ...], tuple[str, ...]]:
    """Results of one fiscal year's current assessments, and whose they are.

    `instead` are figures by subject and measure that are scored in place of those sent.
    """
    table = observed_table(session, form.id, periods=[period], subjects=subjects)
    if instead:
        table = replace(table, columns=put_instead(table.columns, table.subjects, instead))
    rules = catalog().ruleset(period.fiscal_year, readings)
    results = [
        result
        for sections, rows in _by_sections(table).items()
        for result in _HandedIn(form, rules, period, table, sections, rows).results()
    ]
    return tuple(results), table.subjects


def _by_sections(table: ObservedTable) -> Mapping[tuple[str, ...], IntArray]:
    """Rows of the table by the sections that were handed in."""
    texts = table.texts.get(SECTIONS, (None,) * len(table.subjects))
    rows: dict[tuple[str, ...], list[int]] = {}
    for row, text in enumerate(texts):
        if text:
            rows.setdefault(tuple(text.split()), []).append(row)
    return {sections: np.array(places, dtype=np.int64) for sections, places in rows.items()}


@dataclass(frozen=True)
class _HandedIn:
    """Assessments of n CUPs that handed in the same sections."""

    form: AssessmentForm
    rules: RuleSet
    period: Period
    table: ObservedTable
    sections: tuple[str, ...]
    rows: IntArray

    def results(self) -> Iterator[NewResults]:
        scored = self._scored()
        for item in self._items:
            yield self._item(scored.items[item.id])
        for section in self.form.sections:
            if section.id in self.sections:
                group = group_of(section.group, self.rules)
                yield self._group(group, scored.groups[section.group], scored)
        if scored.total is not None:
            yield self._group(group_of(self.form.total, self.rules), scored.total, scored)
        for radar in self.form.radars:
            yield self._radar(radar, scored)

    @property
    def _items(self) -> tuple[Item, ...]:
        items = form_items(self.form.id, self.period.fiscal_year)
        return tuple(item for item in items if item.section.id in self.sections)

    def _scored(self) -> Assessment:
        columns = {
            code: Column(column.values[self.rows], column.states[self.rows])
            for code, column in self.table.columns.items()
        }
        # A measure nobody mentions is no input: it must not stand there as one without a figure.
        reported = {k: c for k, c in columns.items() if (c.states != State.NOT_REPORTED).any()}
        compiled = compiled_form(self.form, self.rules, self.sections)
        return compiled.score(Inputs(reported, len(self.rows)))

    def _new(self, criterion: str, **columns: Any) -> NewResults:
        n = len(self.rows)
        return NewResults(
            criterion=criterion,
            subjects=[self.table.subjects[row] for row in self.rows.tolist()],
            periods=[self.period] * n,
            # The source prints no pass mark for a self-assessment.
            verdict=np.full(n, Verdict.NOT_JUDGED, dtype=np.int8),
            submissions=self.table.submissions[self.rows],
            **columns,
        )

    def _item(self, scores: Scores) -> NewResults:
        below = [part for key, part in scores.by_id.items() if key != scores.id]
        return self._new(
            scores.id,
            value=scores.figure,
            points=scores.points,
            full_marks=scores.full,
            state=scores.states,
            parts=_parts(scores.id, below, [part.figure for part in below]) if below else None,
        )

    def _group(self, rule: WeightedGroup, group: GroupScores, scored: Assessment) -> NewResults:
        members = [member.criterion for member in rule.members]
        scores = [
            scored.groups[key].as_scores if key in scored.groups else scored.items[key]
            for key in members
        ]
        weighted = [group.weighted[key] for key in members]
        return self._new(
            rule.id,
            value=group.score,
            points=group.score,
            full_marks=np.full(group.score.shape, group.out_of),
            state=group.states,
            parts=_parts("", scores, weighted),
            notes=_totals(group),
        )

    def _radar(self, radar: str, scored: Assessment) -> NewResults:
        rule, values = radar_of(radar, self.rules), scored.radars[radar]
        spokes = np.stack([values[spoke.id] for spoke in rule.spokes], axis=-1)
        nothing = np.full(spokes.shape, np.nan)
        states = np.where(np.isnan(spokes), State.NOT_REPORTED, State.REPORTED).astype(np.int8)
        alone = np.full(len(self.rows), np.nan)
        return self._new(
            radar,
            value=alone,
            points=alone,
            full_marks=alone,
            state=states.min(axis=1),
            parts=PartTable(
                ids=tuple(spoke.id for spoke in rule.spokes),
                figure=spokes,
                cutoff=np.full(spokes.shape, rule.scale),
                points=nothing,
                full_marks=nothing,
                state=states,
            ),
        )


def _parts(whole: str, parts: Sequence[Scores], figures: Sequence[FloatArray]) -> PartTable:
    points = np.stack([part.points for part in parts], axis=-1)
    return PartTable(
        ids=tuple(part.id.removeprefix(f"{whole}.") if whole else part.id for part in parts),
        figure=np.stack(figures, axis=-1),
        cutoff=np.full(points.shape, np.nan),
        points=points,
        full_marks=np.stack([part.full for part in parts], axis=-1),
        state=np.stack([part.states for part in parts], axis=-1),
    )


def _totals(group: GroupScores) -> list[dict[str, float | None]]:
    """Weighted sum, raw sum, and the score over fewer items, of each row."""
    names = ("weighted", "raw", "scored_only", "filled_only")
    columns = (group.total, group.raw, group.scored_only, group.filled_only)
    stored = [[storable(value) for value in column.tolist()] for column in columns]
    return [
        {"weight": group.weight} | dict(zip(names, row, strict=True))
        for row in zip(*stored, strict=True)
    ]
