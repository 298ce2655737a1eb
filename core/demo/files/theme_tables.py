"""The tables of the inspection themes: which invented figures are reported, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.demo.files.mishaps import Plan, table_with_slips
from core.demo.files.reporting import demo_reports
from core.demo.files.tables import Batch, DemoTable, Sending, Subject, by_quarter
from core.demo.theme_parameters import ThemeReporting, theme_parameters
from core.demo.themes.claims import invented_claims
from core.demo.themes.compensation import invented_compensation
from core.demo.themes.coverage import invented_coverage
from core.demo.themes.msss import invented_msss
from core.demo.themes.payables import invented_payables
from core.demo.themes.revenue import revenue_points
from core.demo.themes.scene import Figures, Scene, Words, demo_scene
from core.demo.themes.sproi import PLANS, invented_sproi
from core.periods import Period, parse_period
from core.scoring.base.inputs import BoolArray

_PERCENT: Final = 100
_SPELLED_OUT: Final = 0.5
"""Share of hospitals that type “does not apply” where others type zeros."""
_PLANS: Final = tuple((f"sproi.{plan}_received", f"sproi.{plan}_cost") for plan in PLANS)
_GROUPS: Final = (
    tuple(
        f"coverage.foreign_{name}" for name in ("insured", "eligible", "checkup_insured", "checkup")
    ),
    ("coverage.fss_spent", "coverage.fss_budget"),
)
"""Figures that apply together or not at all."""


@dataclass(frozen=True)
class _Theme:
    """The figures of one form; `together` are groups that may not apply."""

    name: str
    form: str
    figures: Figures
    words: Words
    together: tuple[tuple[str, ...], ...] = ()


def theme_tables() -> Iterator[DemoTable]:
    """Every table hospitals send for the themes, by rounds and by months."""
    scene = demo_scene()
    tables = _Tables(scene)
    yield from map(tables.of_rounds, _by_rounds(scene))
    yield from map(tables.of_months, _by_months(scene))


def sending(name: str, batches: tuple[Batch, ...]) -> Sending:
    """The files of a table of this name."""
    files = theme_parameters().reporting.files
    return Sending(batches, files.name, f"{name} days after", files.days_after)


def _by_rounds(scene: Scene) -> Iterator[_Theme]:
    yield _Theme("revenue", "revenue-4s4c", revenue_points(scene), {})
    yield _Theme("msss", "msss-4s4p", *invented_msss(scene))
    yield _Theme("payables", "payables", invented_payables(scene), {})
    yield _Theme("sproi", "sproi", invented_sproi(scene), {}, _PLANS)
    yield _Theme("coverage", "coverage", invented_coverage(scene), {}, _GROUPS)


def _by_months(scene: Scene) -> Iterator[_Theme]:
    yield _Theme("claims", "revenue-4s4c", *invented_claims(scene))
    yield _Theme("compensation", "compensation", invented_compensation(scene), {})


@dataclass(frozen=True)
class _Tables:
    """Makes tables of the figures of a scene's hospitals, without those who do not report."""

    scene: Scene

    def of_rounds(self, theme: _Theme) -> DemoTable:
        """A table of the last rounds, as many as there are figures of."""
        count = next(iter(theme.figures.values())).shape[1]
        periods, months = self.scene.rounds[-count:], self.scene.looked_at[-count:]
        batches = tuple(
            Batch(range(n, n + 1), f"R{period.number}", period.month)
            for n, period in enumerate(periods)
        )
        lost = [self._reporting.lost[str(period)] for period in periods]
        return self._table(theme, batches, periods, demo_reports().reported[:, months], lost)

    def of_months(self, theme: _Theme) -> DemoTable:
        """A table of the months of the last year, sent by quarters."""
        months = self.scene.last_year
        periods = self.scene.finance.months[months]
        lost = [self._reporting.lost_months] * len(periods)
        return self._table(
            theme, by_quarter(periods), periods, demo_reports().reported[:, months], lost
        )

    @property
    def _reporting(self) -> ThemeReporting:
        return self.scene.parameters.reporting

    def _table(
        self,
        theme: _Theme,
        batches: tuple[Batch, ...],
        periods: tuple[Period, ...],
        reported: BoolArray,
        lost: list[float],
    ) -> DemoTable:
        hospitals, reporting = self.scene.cast.hospitals, self._reporting
        arrived = self.scene.chance(f"{theme.name} lost", len(periods)) * _PERCENT >= lost
        plan = Plan(
            name=theme.name,
            form=theme.form,
            subjects=[Subject(hospital.hcode, hospital.province) for hospital in hospitals],
            periods=periods,
            reported=reported & arrived & self._sent(theme.form, periods),
            figures=theme.figures,
            words=theme.words,
            away=self._away(theme),
            sending=sending(theme.name, batches),
        )
        return table_with_slips(plan, reporting.slips, self.scene.draws)

    def _sent(self, form: str, periods: tuple[Period, ...]) -> BoolArray:
        """Whether the hospital's province sent this form at all: n x p."""
        provinces = np.array([hospital.province for hospital in self.scene.cast.hospitals])
        sent = np.ones((self.scene.size, len(periods)), dtype=np.bool_)
        for unsent, province, text in self._reporting.never_sent:
            if unsent == form:
                covered = [_covers(parse_period(text), period) for period in periods]
                sent[np.ix_(provinces == province, covered)] = False
        return sent

    def _away(self, theme: _Theme) -> Mapping[str, BoolArray]:
        """Where hospitals type “does not apply”; others type zeros."""
        away: dict[str, BoolArray] = {}
        for together in theme.together:
            nothing = np.all([theme.figures[measure] == 0 for measure in together], axis=0)
            spelled = self.scene.chance(f"{together[0]} spelled out")[:, None] < _SPELLED_OUT
            away |= dict.fromkeys(together, nothing & spelled)
        return away


def _covers(whole: Period, part: Period) -> bool:
    """Whether a period is another one, or a month of it."""
    inside = part.fiscal_year == whole.fiscal_year and part.number in whole.months
    return part == whole or (part.part == "M" and inside)
