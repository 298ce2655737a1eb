"""The default agenda of a meeting about an area: which pages, where, in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from core.areas import COUNTRY, Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare
from core.periods import Period, named_period
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
    found = view(engine, period=period, area=area)
    if found is None:
        return ()
    if is_facility(area):
        place = month(engine, found.period).place(area)
        return (_facility(found.period, place, found.area),)
    is_wide = parse_area(found.area).level < Level.PROVINCE
    return tuple(_wide(engine, found) if is_wide else _province(engine, found))


def _province(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    yield from _summary(engine, found)
    scores = overview(engine, found.period, found.area, "tps").efficiency
    if scores is not None and scores.reporting:
        yield _entry("overview", found, indicator_text("tps", found.edges), indicator="tps")
    yield from _themes(engine, found)
    yield from _matrices(engine, found)
    assessed, agreed = _assessed(engine, found), _agreed(engine, found)
    if (found.area, found.period.fiscal_year) in planned(engine):
        yield _entry(_PLAN, found, menu_page(_PLAN).title)
    for district, hospitals in _networks(engine, found):
        place = month(engine, found.period).place(district)
        if district in agreed:
            title = say("{place}: what was agreed last time", place=place.name)
            yield AgendaEntry(_FINDINGS, _address(found.period, district), title)
        # Of one hospital alone its own page says more.
        if len(hospitals) > 1 and district != found.area:
            yield _area_entry(found.period, place)
        yield from (_facility(found.period, one.place, district) for one in hospitals)
        if district in assessed:
            title = Text.joined((place.name, menu_page(_STAR).title), " · ")
            yield AgendaEntry(_STAR, _address(found.period, district), title)
    yield from _relieved(engine, found)


def _relieved(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    """Back-office relief: the area, then one CUP after another, where they reported in the year."""
    shown = backoffice_view(engine, period=str(found.period), area=found.area)
    if shown is None or shown.period.fiscal_year != found.period.fiscal_year:
        return
    title = menu_page(_BACKOFFICE).title
    for place in (shown.area, *(one.place for one in shown.cups if one.place != shown.area)):
        named = Text.joined((place.name, title), " · ")
        if place == shown.area and not shown.cups:
            return
        yield AgendaEntry(_BACKOFFICE, _address(found.period, place.code), named)


def _wide(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    yield from _summary(engine, found)
    whole = month(engine, found.period)
    if found.area == COUNTRY:
        yield from (_area_entry(found.period, region) for region in found.regions)
    else:
        ranking = crisis_view(engine, found.period, found.area).ranking
        yield from (_area_entry(found.period, row.place) for row in ranking)
    pressing = attention(whole, found.area)
    unique = dict.fromkeys((*pressing.grave, *pressing.risen))
    for one in list(unique)[:MOST_HOSPITALS]:
        yield _facility(found.period, one.place, found.area)


def _summary(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    place = month(engine, found.period).place(found.area)
    yield _entry("overview", found, say("{place}: summary", place=place.name))
    yield _entry("crisis", found, menu_page("crisis").title)


def _themes(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    """Each indicator of each theme that facilities of the area reported in the period."""
    for page in menu().pages:
        for criterion in page.indicators:
            rule = catalog().ruleset(found.period.fiscal_year).rules.get(criterion)
            if isinstance(rule, AreaShare) and _is_reported(engine, found, criterion):
                yield _entry(page.id, found, rule.short or rule.name, criterion=criterion)


def _is_reported(engine: Engine, found: View, criterion: str) -> bool:
    selected = themes.resolve_selection(
        engine, [criterion], criterion=criterion, period=str(found.period), area=found.area
    )
    if selected is None or named_period(str(found.period), selected.periods) is None:
        return False
    share = themes.theme_view(engine, selected).share
    return share is not None and share.reporting > 0


def _matrices(engine: Engine, found: View) -> Iterator[AgendaEntry]:
    """Each governance matrix in which a hospital of the area has a light."""
    wanted, when = menu_page(_GOVERNANCE).indicators, str(found.period)
    for matrix in wanted:
        selected = governance.resolve_selection(
            engine, wanted, matrix=matrix, period=when, area=found.area
        )
        if selected is None or selected.matrix != matrix or selected.period != found.period:
            continue
        shown = governance.governance_view(engine, selected)
        if shown.now.lit:
            yield _entry(_GOVERNANCE, found, shown.matrix.name, matrix=matrix)


def _networks(engine: Engine, found: View) -> Iterator[tuple[str, tuple[Hospital, ...]]]:
    """The districts of an area by their worst hospital, each with its hospitals in need first."""
    districts: dict[str, list[Hospital]] = {}
    for one in crisis_view(engine, found.period, found.area).hospitals:
        districts.setdefault(one.district, []).append(one)
    yield from ((district, tuple(several)) for district, several in districts.items())


def _agreed(engine: Engine, found: View) -> frozenset[str]:
    """The networks of an area that have findings to speak of."""
    listed = listed_findings(engine, Filter(area=found.area))
    return frozenset(one.district.code for one in listed if one.district)


def _assessed(engine: Engine, found: View) -> frozenset[str]:
    """The networks of an area that assessed themselves in the fiscal year."""
    shown = star_view(engine, period=str(found.period.fiscal_year), area=found.area)
    if shown is None or shown.period.fiscal_year != found.period.fiscal_year:
        return frozenset()
    return frozenset(one.place.code for one in shown.networks if one.total is not None)


def _entry(page: str, found: View, title: Text, **more: str) -> AgendaEntry:
    return AgendaEntry(page, (*_address(found.period, found.area), *more.items()), title)


def _area_entry(period: Period, place: Place) -> AgendaEntry:
    return AgendaEntry("overview", _address(period, place.code), place.name)


def _facility(period: Period, place: Place, area: str) -> AgendaEntry:
    address = (*_address(period, area), (FACILITY, place.code))
    return AgendaEntry("facility", address, place.name)


def _address(period: Period, area: str) -> tuple[tuple[str, str], ...]:
    """The month and the area of an address; the country, which is the default, is left out."""
    where = () if area == COUNTRY else ((AREA, area),)
    return (*where, (PERIOD, str(period)))
