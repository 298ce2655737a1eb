"""Invented self-assessments of district networks, typed into the form's own blank."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import numpy as np

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model import Ladder, Leaf, RatioToTarget, Steps
from core.demo.country.places import DistrictRow, districts
from core.demo.draws import Draws, within
from core.demo.files.csv_files import DemoFile
from core.demo.files.senders import sender_of
from core.demo.files.workbooks import Blank, Typed
from core.demo.parameters import (
    StarParameters,
    hospital_parameters,
    star_parameters,
)
from core.forms.assessment.plan import typed_rule
from core.scoring.base.inputs import FloatArray
from core.services.scored.reading import form_items

_MORNING: Final = time(3, 30, tzinfo=UTC)
_QUARTERS: Final = 4
_PERCENT: Final = 100.0


@dataclass(frozen=True)
class DemoStar:
    """One self-assessment: what is typed, by the full id of the rule. Versions count from 1."""

    district: DistrictRow
    version: int
    sent_at: datetime
    typed: Mapping[str, Typed]


def demo_stars() -> tuple[DemoStar, ...]:
    """Every self-assessment, earlier versions before later ones."""
    parameters = star_parameters()
    draws = Draws(hospital_parameters().seed)
    cups = [district for district in districts() if district.region == parameters.region]
    return tuple(_Stars(parameters, draws, cups).all())


def star_files(stars: Sequence[DemoStar]) -> Iterator[DemoFile]:
    """The workbooks of these self-assessments."""
    parameters = star_parameters()
    blank = Blank(parameters.form, parameters.fiscal_year)
    for star in stars:
        cup, name = star.district.code, parameters.cup_name.format(district=star.district.name.th)
        yield DemoFile(
            parameters.file_name.format(
                form=parameters.form, cup=cup, year=parameters.fiscal_year, version=star.version
            ),
            parameters.form,
            cup,
            parameters.fiscal_year,
            blank.filled(cup, name, star.typed, star.sent_at),
            sender_of(cup),
            star.sent_at,
        )


class _Stars:
    """Draws for all networks at once, so that each keeps its own when parameters change."""

    def __init__(
        self, parameters: StarParameters, draws: Draws, cups: Sequence[DistrictRow]
    ) -> None:
        self.parameters, self.draws, self.cups = parameters, draws, cups
        rules = catalog().ruleset(parameters.fiscal_year)
        self.leaves = tuple(leaf for leaf, _ in _leaves(parameters, rules))
        shape = len(cups), len(self.leaves)
        self.places = self._whole()[:, None] + parameters.spread_lines * (
            draws.uniform("star lines", *shape) - 0.5
        )
        # The lines of one item are alike: a network is good at some things and bad at others.
        items = np.array([item for _, item in _leaves(parameters, rules)])
        by_item = draws.uniform("star items", len(cups), int(items.max()) + 1) - 0.5
        self.places = self.places + parameters.spread_items * by_item[:, items]
        self.fine = draws.uniform("star figures", *shape)

    def _whole(self) -> FloatArray:
        """How good each network is: n."""
        low, high = self.parameters.quality
        drawn = within(low, high, self.draws.uniform("star quality", len(self.cups)))
        off = np.array([self.parameters.provinces.get(c.province, 0.0) for c in self.cups])
        return np.asarray(drawn + off)

    def all(self) -> Iterator[DemoStar]:
        order = iter(self.draws.permutation("star odd ones", len(self.cups)).tolist())
        incomplete = [next(order) for _ in range(self.parameters.incomplete.count)]
        wrong = [next(order) for _ in range(self.parameters.wrong.count)]
        twice = [next(order) for _ in range(self.parameters.earlier.count)]
        days = self.draws.uniform("star days", len(self.cups)) * self.parameters.sent_within_days
        for number, cup in enumerate(self.cups):
            day = self.parameters.sent_from + timedelta(days=int(days[number]))
            typed = self._typed(number, self.places[number])
            if number in incomplete:
                typed = self._some(number, typed)
            if number in wrong:
                typed |= self._wrong(number)
            if number in twice:
                before = day - timedelta(days=self.parameters.earlier.days)
                worse = self.places[number] - self.parameters.earlier.worse
                yield DemoStar(cup, 1, _sent(before), self._typed(number, worse))
            yield DemoStar(cup, 1 + (number in twice), _sent(day), typed)

    def _typed(self, number: int, places: FloatArray) -> dict[str, Typed]:
        rows = zip(self.leaves, places.tolist(), self.fine[number].tolist(), strict=True)
        return {leaf.id: _figure(leaf, min(max(place, 0), 1), fine) for leaf, place, fine in rows}

    def _some(self, number: int, typed: Mapping[str, Typed]) -> dict[str, Typed]:
        """The first cells of a form that was not filled in to the end."""
        low, high = self.parameters.incomplete.filled
        share = low + (high - low) * float(self.fine[number, 0])
        count = round(share * len(typed))
        return dict(list(typed.items())[:count])

    def _wrong(self, number: int) -> dict[str, Typed]:
        """Figures that are wrong, each in a cell where it is noticed."""
        percent, text = self.parameters.wrong.texts
        percentages = [leaf for leaf in self.leaves if isinstance(leaf, Ladder)]
        lines = [leaf for leaf in self.leaves if leaf.full >= 1 and leaf not in percentages]
        chosen = int(self.fine[number, 1] * (len(lines) - 1))
        first, second = lines[chosen], lines[chosen + 1]
        place = int(self.fine[number, 2] * len(percentages))
        return {
            percentages[place].id: float(percent),
            first.id: text,
            second.id: second.full * 2,
        }


def _sent(day: date) -> datetime:
    return datetime.combine(day, _MORNING)


def _leaves(parameters: StarParameters, rules: RuleSet) -> Iterator[tuple[Leaf, int]]:
    """Everything that is typed, and the number of the item it belongs to."""
    for number, item in enumerate(form_items(parameters.form, parameters.fiscal_year)):
        for line in item.inputs:
            rule = typed_rule(rules, line.id)
            if isinstance(rule, Leaf):
                yield rule, number


def _figure(leaf: Leaf, place: float, fine: float) -> float:
    """What is typed for a leaf at a place between its lowest (0) and highest (1) rung."""
    if isinstance(leaf, Ladder):
        rungs = _rungs(leaf)
        low, high = rungs[min(int(place * len(rungs)), len(rungs) - 1)]
        return round(low + (0.1 + 0.8 * fine) * (high - low), 2)
    if isinstance(leaf, RatioToTarget):
        return round(leaf.target * (0.4 + 0.7 * place), 2)
    if isinstance(leaf, Steps):
        steps = sorted(step.points for step in leaf.steps)
        return steps[min(int(place * len(steps)), len(steps) - 1)]
    return round(place * _QUARTERS) / _QUARTERS * leaf.full


def _rungs(leaf: Ladder) -> list[tuple[float, float]]:
    """The ranges of a ladder, the one of the fewest points first."""
    edges = [band.edge for band in leaf.bands if band.edge is not None]
    highest = leaf.valid_range.highest if leaf.valid_range else _PERCENT
    bounds = [0.0, *edges, highest]
    ranges = list(zip(bounds, bounds[1:], leaf.bands, strict=False))
    ranges.sort(key=lambda bounds_and_band: bounds_and_band[2].points)
    return [(low, high) for low, high, _ in ranges]
