"""The default agenda of a meeting about an area: which pages, where, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from core.areas import COUNTRY, Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare
from core.periods import Period, matching_period
from core.services.backoffice.view import backoffice_view
from core.services.findings.listing import Filter, listed_findings
from core.services.geography.country import Place
from core.services.governance import view as governance
from core.services.meeting.views.parts import AREA, FACILITY, PERIOD, is_facility
from core.services.overview.crisis import crisis_view
from core.services.overview.month import Hospital, month
from core.services.overview.view import View, attention, overview, view
from core.services.overview.wording import indicator_text
from core.services.profiles.networks import star_view
from core.services.rules.menu import menu, menu_page
from core.services.strategy.stored import planned
from core.services.themes import view as themes
from core.text import Text, say

MOST_HOSPITALS: Final = 20
"""Hospitals of a region, or of the country, that an agenda names one by one."""
_GOVERNANCE: Final = "governance"
_STAR: Final = "star"
_FINDINGS: Final = "findings"
_PLAN: Final = "strategy"
_BACKOFFICE: Final = "backoffice"


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A page at an address, and what it is about."""

    page: str
    parameters: tuple[tuple[str, str], ...]
    title: Text


def agenda_of(engine: Engine, area: str, period: str) -> tuple[AgendaEntry, ...]:
    """The agenda of an area in a period, both as an address names them; empty without results.

    A province, or a district: summary, crisis levels, scores, every indicator of a theme that has
    results in the period, matrices, the strategy plan of the year, then network after network with
    its hospitals, those in need
    first. Above a province: the summaries of the areas right below, then the hospitals that need
    attention. A facility: its own page.
    """
    scope = view(engine, period=period, area=area)
    if scope is None:
        return ()
    if is_facility(area):
        place = month(engine, scope.period).place(area)
        return (_facility(scope.period, place, scope.area),)
    is_wide = parse_area(scope.area).level < Level.PROVINCE
    return tuple(_wide(engine, scope) if is_wide else _province(engine, scope))


def _province(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    yield from _summary(engine, scope)
    scores = overview(engine, scope.period, scope.area, "tps").efficiency
    if scores is not None and scores.reporting:
        yield _entry("overview", scope, indicator_text("tps", scope.edges), indicator="tps")
    yield from _themes(engine, scope)
    yield from _matrices(engine, scope)
    assessed, agreed = _assessed(engine, scope), _agreed(engine, scope)
    if (scope.area, scope.period.fiscal_year) in planned(engine):
        yield _entry(_PLAN, scope, menu_page(_PLAN).title)
    for district, hospitals in _networks(engine, scope):
        place = month(engine, scope.period).place(district)
        if district in agreed:
            title = say("{place}: what was agreed last time", place=place.name)
            yield AgendaEntry(_FINDINGS, _address(scope.period, district), title)
        # Of one hospital alone its own page says more.
        if len(hospitals) > 1 and district != scope.area:
            yield _area_entry(scope.period, place)
        yield from (_facility(scope.period, one.place, district) for one in hospitals)
        if district in assessed:
            title = Text.joined((place.name, menu_page(_STAR).title), " · ")
            yield AgendaEntry(_STAR, _address(scope.period, district), title)
    yield from _relieved(engine, scope)


def _relieved(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    """Back-office relief: the area, then one CUP after another, where they reported in the year."""
    shown = backoffice_view(engine, period=str(scope.period), area=scope.area)
    if shown is None or shown.period.fiscal_year != scope.period.fiscal_year:
        return
    title = menu_page(_BACKOFFICE).title
    for place in (shown.area, *(one.place for one in shown.cups if one.place != shown.area)):
        title_ = Text.joined((place.name, title), " · ")
        if place == shown.area and not shown.cups:
            return
        yield AgendaEntry(_BACKOFFICE, _address(scope.period, place.code), title_)


def _wide(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    yield from _summary(engine, scope)
    whole = month(engine, scope.period)
    if scope.area == COUNTRY:
        yield from (_area_entry(scope.period, region) for region in scope.regions)
    else:
        ranking = crisis_view(engine, scope.period, scope.area).ranking
        yield from (_area_entry(scope.period, row.place) for row in ranking)
    pressing = attention(whole, scope.area)
    unique = dict.fromkeys((*pressing.grave, *pressing.risen))
    for one in list(unique)[:MOST_HOSPITALS]:
        yield _facility(scope.period, one.place, scope.area)


def _summary(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    place = month(engine, scope.period).place(scope.area)
    yield _entry("overview", scope, say("{place}: summary", place=place.name))
    yield _entry("crisis", scope, menu_page("crisis").title)


def _themes(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    """Each indicator of each theme that facilities of the area reported in the period."""
    for page in menu().pages:
        for criterion in page.indicators:
            rule = catalog().ruleset(scope.period.fiscal_year).rules.get(criterion)
            if isinstance(rule, AreaShare) and _is_reported(engine, scope, criterion):
                yield _entry(page.id, scope, rule.short or rule.name, criterion=criterion)


def _is_reported(engine: Engine, scope: View, criterion: str) -> bool:
    selected = themes.resolve_selection(
        engine, [criterion], criterion=criterion, period=str(scope.period), area=scope.area
    )
    if selected is None or matching_period(str(scope.period), selected.periods) is None:
        return False
    share = themes.theme_view(engine, selected).share
    return share is not None and share.reporting > 0


def _matrices(engine: Engine, scope: View) -> Iterator[AgendaEntry]:
    """Each governance matrix in which a hospital of the area has a light."""
    wanted, when = menu_page(_GOVERNANCE).indicators, str(scope.period)
    for matrix in wanted:
        selected = governance.resolve_selection(
            engine, wanted, matrix=matrix, period=when, area=scope.area
        )
        if selected is None or selected.matrix != matrix or selected.period != scope.period:
            continue
        shown = governance.governance_view(engine, selected)
        if shown.now.lit:
            yield _entry(_GOVERNANCE, scope, shown.matrix.name, matrix=matrix)


def _networks(engine: Engine, scope: View) -> Iterator[tuple[str, tuple[Hospital, ...]]]:
    """The districts of an area by their worst hospital, each with its hospitals in need first."""
    districts: dict[str, list[Hospital]] = {}
    for one in crisis_view(engine, scope.period, scope.area).hospitals:
        districts.setdefault(one.district, []).append(one)
    yield from ((district, tuple(several)) for district, several in districts.items())


def _agreed(engine: Engine, scope: View) -> frozenset[str]:
    """The networks of an area that have findings to speak of."""
    listed = listed_findings(engine, Filter(area=scope.area))
    return frozenset(one.district.code for one in listed if one.district)


def _assessed(engine: Engine, scope: View) -> frozenset[str]:
    """The networks of an area that assessed themselves in the fiscal year."""
    shown = star_view(engine, period=str(scope.period.fiscal_year), area=scope.area)
    if shown is None or shown.period.fiscal_year != scope.period.fiscal_year:
        return frozenset()
    return frozenset(one.place.code for one in shown.networks if one.total is not None)


def _entry(page: str, scope: View, title: Text, **more: str) -> AgendaEntry:
    return AgendaEntry(page, (*_address(scope.period, scope.area), *more.items()), title)


def _area_entry(period: Period, place: Place) -> AgendaEntry:
    return AgendaEntry("overview", _address(period, place.code), place.name)


def _facility(period: Period, place: Place, area: str) -> AgendaEntry:
    address = (*_address(period, area), (FACILITY, place.code))
    return AgendaEntry("facility", address, place.name)


def _address(period: Period, area: str) -> tuple[tuple[str, str], ...]:
    """The month and the area of an address; the country, which is the default, is left out."""
    where = () if area == COUNTRY else ((AREA, area),)
    return (*where, (PERIOD, str(period)))
