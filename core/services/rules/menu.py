"""The menu of `data/themes.yaml`: its pages, and which of them shows a criterion."""

from functools import cache
from pathlib import Path
from typing import Final

from core.access.actors import current_actor
from core.access.policy import EVERYWHERE, NOWHERE, allowed, home
from core.access.roles import Action
from core.areas import Level, parse_area
from core.criteria.catalog import catalog
from core.criteria.lists import Menu, MenuPage
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model import AreaShare

FILE: Final[Path] = DATA_FOLDER / "themes.yaml"
_CRISIS: Final = "crisis"


@cache
def menu() -> Menu:
    """The menu of the data file; `CriteriaError` when the file is wrong."""
    return read_model(FILE, Menu)


def menu_page(page: str) -> MenuPage:
    """The entry of a page."""
    return next(one for one in menu().pages if one.id == page)


def opens(page: MenuPage) -> bool:
    """Whether who acts may open a page; the others are not in their menu, and refuse them."""
    actor, action = current_actor(), Action(page.asks)
    if page.of == "country":
        return allowed(actor, action, EVERYWHERE)
    reads_areas = parse_area(home(actor)).level is not Level.FACILITY
    return allowed(actor, action, NOWHERE) and (page.of == "place" or reads_areas)


def menu_criteria() -> tuple[str, ...]:
    """Every criterion that the pages of the menu show, in its order."""
    return tuple(one for page in menu().pages for one in page.indicators)


@cache
def page_of(criterion: str) -> tuple[str | None, str]:
    """The page that shows a criterion, and the area criterion to select there.

    `criterion` is an area criterion or what one counts. The area criterion is empty where the page
    only shares its theme; the page is None where there is none.
    """
    shown = [(page.id, one) for page in menu().pages for one in page.indicators]
    for page, one in shown:
        if criterion in (one, *_counted_by(one)):
            return page, one
    theme = criterion.partition(".")[0]
    pages = (page for page, one in shown if one.partition(".")[0] == theme)
    return (_CRISIS if theme == _CRISIS else next(pages, None)), ""


def _counted_by(area_criterion: str) -> tuple[str, ...]:
    """The criteria whose results an area criterion counts, in any fiscal year."""
    criterion = catalog().criteria.get(area_criterion)
    rules = (edition.rule for edition in criterion.editions) if criterion else ()
    return tuple(rule.of for rule in rules if isinstance(rule, AreaShare))
