"""What stands behind the lines of a facility's page, by their names."""

from sqlalchemy import Engine

from components.areas import filters as area_filters
from components.facility import books, charts, plan, support, tests, themes
from components.reader.filters import AREA, WHY, tell_unmet
from components.reader.language import _, tr
from components.reader.markup import Html
from components.reader.query import query
from components.reader.store import store_of_view
from components.why.origins import LEFT_OPEN, left_open
from core.access.actors import current_actor
from core.access.policy import allowed
from core.access.roles import Action
from core.services.overview import view as overview
from core.services.profiles import facility as facility_view
from core.services.profiles import themes as service
from core.services.profiles.facility import Profile
from core.services.profiles.series import CRITERIA
from core.services.profiles.themes import ThemeResult
from core.services.rules.finance import CRISIS, TPS
from core.services.rules.origin import Origin, origin


def behind(why: str) -> Html | None:
    """What stands behind the line of a name on the page of the view's address; None: no such."""
    engine = store_of_view()
    selected = {name: query().get(name, "") for name in (area_filters.PERIOD, AREA)}
    view = overview.view(engine, **selected, with_themes=True)
    hcode = area_filters.facility()
    shown = facility_view.profile(engine, hcode, view.period) if view and hcode else None
    if shown is None:
        return None
    results = service.facility_themes(engine, shown.place.code, shown.period)
    if why == charts.MONTHS:
        return charts.months_table(shown)
    if why in books.LINES:
        return books.behind_line(engine, shown, why)
    if why == LEFT_OPEN:
        return left_open(origin_of(engine, shown, results))
    if f"{why}." == themes.SENT or why.startswith(themes.SENT):
        sent = service.sources_of(engine, results, district_of(shown), shown.period)
        return themes.behind_sent(why, sent)
    found_results = (themes.behind_result(one) for one in results if one.unit.id == why)
    return next(found_results, None) or tests.behind(shown, why)


def tell_unknown(shown: Profile, results: tuple[ThemeResult, ...]) -> None:
    """Say so where the address asks for a why that the page has not."""
    wanted = query().get(WHY, "")
    tests_ = (test.id for known in (shown.level, shown.score) if known for test in known.parts)
    lines = {
        CRISIS,
        TPS,
        charts.MONTHS,
        themes.SENT.rstrip("."),
        books.ACCOUNTS,
        LEFT_OPEN,
        support.WHY,
        plan.WHY,
        *tests_,
        *(one.unit.id for one in results),
    }
    parts = (themes.SENT, *(f"{one.unit.id}." for one in results))
    if wanted and wanted not in lines and not wanted.startswith(parts):
        tell_unmet(_("Why"), wanted, tr(shown.place.name))


def district_of(shown: Profile) -> str | None:
    """The district of a hospital, whose network it belongs to; None where it may not be read."""
    if not shown.is_hospital or len(shown.chain) <= 2:
        return None
    network = tuple(place.code for place in shown.chain[:-1])
    return network[-1] if allowed(current_actor(), Action.READ, network) else None


def origin_of(engine: Engine, shown: Profile, results: tuple[ThemeResult, ...]) -> Origin:
    """Where everything on the page comes from."""
    cited = (*CRITERIA, *(one.unit.id for one in results))
    return origin(engine, cited, shown.period, shown.place.code)
