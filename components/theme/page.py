"""A page of an inspection theme, the same for all: an area against its target, and down from it."""

import streamlit as st
from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.areas.map import area_map
from components.areas.results import judged_figure
from components.frame import navigation
from components.parts import anatomy
from components.parts.province_map import Heading
from components.parts.shares import targets_text
from components.reader.filters import offer, tell_unmet
from components.reader.language import _, tr
from components.reader.store import store_of_view
from components.starts import first_steps
from components.theme import charts as theme_charts
from components.theme import table as theme_table
from components.theme import tests as theme_tests
from components.theme import words as theme_words
from components.why import origins
from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.figures.province_map import MapValue
from core.services.rules.origin import origin
from core.services.themes.view import Selection, ThemeView, resolve_selection, theme_view
from core.services.themes.wording import shown_text

CRITERION = "criterion"


def show(page: str) -> None:
    """The page `page` of the menu, made of the area criteria its entry names."""
    engine = store_of_view()
    criteria = navigation.menu_page(page).indicators
    wanted = st.query_params.get(CRITERION, "")
    selected = resolve_selection(engine, criteria, criterion=wanted, **area_filters.selection())
    if selected is None:
        first_steps.to_results()
        return
    top = st.container()
    shown = _filter_row(engine, selected)
    with top:
        theme_words.heading(shown, page)
    _glance(shown, page)
    known = origin(engine, (selected.criterion, shown.unit.id), shown.period, shown.area.code)
    _details(engine, shown, selected.criterion, page)
    head = origins.head_of(tr(shown.unit.name), shown.chain, known)
    theme_table.facilities(shown, head, page)
    origins.show_origins(known)


def _filter_row(engine: Engine, selected: Selection) -> ThemeView:
    """The row of filters, and what they leave."""
    wide, middle, narrow = st.columns([1, 1, 1.5])
    with wide:
        area_filters.period(_("Period"), selected.periods, selected.period)
    shown = theme_view(engine, selected)
    with middle:
        area_filters.region(selected.regions, shown.chain)
    if len(selected.criteria) > 1:
        with narrow:
            offer(
                CRITERION,
                _("Indicator"),
                selected.criteria,
                label_of=_short_name,
                default=selected.criterion,
                hide_label=True,
            )
    _tell_criterion(selected)
    return shown


def _short_name(criterion: str) -> str:
    """The name of an indicator that fits into a list, on a telephone as well."""
    newest = catalog().criteria[criterion].editions[-1].rule
    return tr(newest.short or newest.name)


def _tell_criterion(selected: Selection) -> None:
    """Say so where the address asks for an indicator that no page has, or without results."""
    wanted = st.query_params.get(CRITERION, selected.criterion)
    of_other_themes = {
        one
        for page in navigation.menu().pages
        if selected.criterion not in page.indicators
        for one in page.indicators
    }
    if wanted not in {selected.criterion, *of_other_themes}:
        known = catalog().criteria
        name = tr(known[wanted].name) if wanted in known else wanted
        tell_unmet(_("Indicator"), name, tr(known[selected.criterion].name))


def _glance(shown: ThemeView, page: str) -> None:
    anatomy.tiles(theme_words.tiles(shown))
    with st.container(key="glance"):
        left, right = st.columns([2, 1])
        with left:
            _map(shown, page)
        with right:
            theme_charts.distribution(shown)


def _map(shown: ThemeView, page: str) -> None:
    """The map with its ranking; a click goes a level down, or to the why of a facility."""
    facilities = parse_area(shown.area.code).level >= Level.PROVINCE
    values = {
        row.place.code: MapValue(
            name=tr(row.place.name),
            tone=row.tone,
            shown=shown_text(row, shown.unit),
            **judged_figure(row.share),
            position=row.position,
        )
        for row in shown.shown
    }
    title = tr(shown.unit.name) if facilities else tr(shown.name)
    measure = theme_words.unit_measure(shown.unit) if facilities else _("% (facilities)")
    target = "" if facilities or not shown.share else targets_text(shown.share)
    behind = {"why": shown.unit.id, "period": str(shown.period), "list": shown.criterion}
    area_map(values, shown.focus, Heading(title, measure, target), page, **behind)


def _details(engine: Engine, shown: ThemeView, criterion: str, page: str) -> None:
    left, right = st.columns(2)
    with left:
        theme_charts.trend(shown)
    with right:
        if not theme_charts.radar(engine, shown):
            theme_table.ranking(shown, page)
    if theme_charts.has_radar(shown.unit):
        theme_table.ranking(shown, page)
    theme_tests.tests(engine, shown, criterion)
    anatomy.section(theme_words.facilities_title(shown.unit))
