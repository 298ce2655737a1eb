"""Which page of the menu shows what a criterion came to."""

from functools import cache

from components.frame.navigation import themes
from core.criteria.catalog import catalog
from core.criteria.model import AreaShare

_CRISIS = "crisis"


@cache
def page_of(criterion: str) -> tuple[str | None, str]:
    """The page of an area criterion, or of what areas share, and the area criterion shown there.

    That is empty where only the page's theme is the same; the page is None where there is none.
    """
    shown = [(page.id, one) for page in themes().pages for one in page.indicators]
    for page, one in shown:
        if criterion in (one, *_counted(one)):
            return page, one
    theme = criterion.partition(".")[0]
    pages = (page for page, one in shown if one.partition(".")[0] == theme)
    return (_CRISIS if theme == _CRISIS else next(pages, None)), ""


def _counted(area_criterion: str) -> tuple[str, ...]:
    """What an area criterion counts, in any year."""
    known = catalog().criteria.get(area_criterion)
    rules = (edition.rule for edition in known.editions) if known else ()
    return tuple(rule.of for rule in rules if isinstance(rule, AreaShare))
