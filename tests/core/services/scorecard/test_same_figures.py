"""The scorecard says what the pages of the themes say, for all of the demonstration."""

import math
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from components.frame.navigation import menu
from core.areas import COUNTRY
from core.criteria.model import Indicator
from core.periods import Period
from core.services.overview.area_share import Share
from core.services.overview.crisis import crisis_view
from core.services.overview.month import month
from core.services.overview.month import with_districts as month_with_districts
from core.services.profiles.facility import profile
from core.services.scorecard.columns import Column
from core.services.scorecard.selection import resolve_selection
from core.services.scorecard.view import Cell, Scorecard, scorecard
from core.services.themes.data import ThemePeriod, theme_period, with_districts
from core.store.engine.migrate import open_database
from tests.demonstration import demo_database

ONE_DATABASE = True

MENU = tuple(one for page in menu().pages for one in page.indicators)
PERIODS = ("2566-M12", "2566-M05", "2565-M11")
DISTRICTS_OF = "P61"
SOME = 40
"""Of so many hospitals one is opened."""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return open_database(f"sqlite:///{demo_database(tmp_path_factory)}", "demo")


def card(engine: Engine, period: str, rows: str, area: str = COUNTRY) -> Scorecard:
    found = resolve_selection(engine, MENU, period=period, area=area, rows=rows, sort="")
    assert found is not None
    assert str(found.moment) == period
    return scorecard(engine, found, most=None)


def cells(shown: Scorecard) -> Iterator[tuple[Column, str, Cell]]:
    rows = [*shown.rows, *((shown.whole,) if shown.whole else ())]
    for row in rows:
        for column, cell in zip(shown.columns, row.cells, strict=True):
            yield column, row.place.code, cell


def theme_of(engine: Engine, column: Column, province: str | None = None) -> ThemePeriod:
    whole = theme_period(engine, column.shown_by, column.period)
    return with_districts(engine, whole, province) if province else whole


def is_theme(column: Column) -> bool:
    return not column.shown_by.startswith("crisis.")


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(
    ("rows", "area"), [("regions", "TH"), ("provinces", "TH"), ("districts", DISTRICTS_OF)]
)
def test_areas_have_the_shares_of_the_themes(
    demonstration: Engine, period: str, rows: str, area: str
) -> None:
    shown = card(demonstration, period, rows, area)
    province = area if area != COUNTRY else None
    months = month(demonstration, shown.selection.moment)
    if province:
        months = month_with_districts(demonstration, months, province)
    themes = {c: theme_of(demonstration, c, province) for c in shown.columns if is_theme(c)}
    for column, code, cell in cells(shown):
        if column in themes:
            assert cell.share == themes[column].share(code), (column.criterion, code)
        elif column.criterion in ("crisis.area", "crisis.efficiency"):
            assert repr(cell.share) == repr(months.share(column.criterion, code))
        elif rows == "regions":
            assert repr(cell.share) == repr(measure(demonstration, column, code))
        assert (cell.value is None) == bool(cell.gap)
        assert cell.gap or cell.past[-1] == cell.value


def scored(engine: Engine, hcode: str, period: Period) -> float | None:
    """The score that a hospital's page shows."""
    found = profile(engine, hcode, period)
    # A score of fewer possible points is shown there as such, and here as partly judged.
    return found.now.score if found and found.now.graded else None


def measure(engine: Engine, column: Column, code: str) -> Share | None:
    """What the page of crisis levels shows of one of its measures in an area."""
    measures = crisis_view(engine, column.period, code).measures
    # It has no line there where no facility had to report.
    return {one.name: one.share for one in measures}.get(column.name)


@pytest.mark.parametrize("period", PERIODS[:2])
@pytest.mark.parametrize("rows", ["hospitals", "units"])
def test_facilities_have_the_values_of_the_themes(
    demonstration: Engine, period: str, rows: str
) -> None:
    shown = card(demonstration, period, rows)
    levels = month(demonstration, shown.selection.moment).facilities
    themes = {c: theme_of(demonstration, c).facilities for c in shown.columns if is_theme(c)}
    seen, some = set(), {row.place.code for row in shown.rows[::SOME]}
    for column, code, cell in cells(shown):
        if column in themes:
            unit = themes[column][code]
            assert (cell.value, cell.verdict) == (unit.value, unit.verdict), (column, code)
            assert (cell.gap == "not_reported") == (unit.result is None)
            assert isinstance(column.unit, Indicator)
        elif column.criterion == "crisis.level":
            assert cell.value == levels[code].level
        elif code in some:
            assert column.criterion == "tps.score"
            assert cell.value == scored(demonstration, code, column.period)
        seen.add(cell.gap)
        assert not (cell.value is not None and math.isnan(cell.value))
    if rows == "hospitals":
        assert seen >= {"", "not_reported", "contradictory", "error"}
    else:
        assert {code for _column, code, _cell in cells(shown)} == set(*themes.values())
