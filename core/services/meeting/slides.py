"""Each page of results as a slide: what the page at an address shows, in few words."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from sqlalchemy import Engine

from core.access.roles import Action
from core.reports.slide import Slide
from core.services.guard.doors import ANYWHERE, door
from core.services.meeting.views.claims import claims_slide
from core.services.meeting.views.country import crisis_slide, overview_slide
from core.services.meeting.views.findings import findings_slide
from core.services.meeting.views.foresight import foresight_slide
from core.services.meeting.views.hospital import hospital_slide
from core.services.meeting.views.lights import lights_slide
from core.services.meeting.views.network import star_slide
from core.services.meeting.views.plans.backoffice import backoffice_slide
from core.services.meeting.views.plans.performance import performance_slide
from core.services.meeting.views.plans.strategy import plan_slide
from core.services.meeting.views.scorecard import scorecard_slide
from core.services.meeting.views.side_by_side import compare_slide
from core.services.meeting.views.theme import theme_slide
from core.services.rules.menu import menu

_Builder = Callable[[Engine, str, Mapping[str, str]], Slide]

_BUILDERS: Final[Mapping[str, _Builder]] = {
    "overview": overview_slide,
    "crisis": crisis_slide,
    "facility": hospital_slide,
    "governance": lights_slide,
    "star": star_slide,
    "scorecard": scorecard_slide,
    "compare": compare_slide,
    "foresight": foresight_slide,
    "findings": findings_slide,
    "strategy": plan_slide,
    "backoffice": backoffice_slide,
    "performance": performance_slide,
    "claims": claims_slide,
}
"""Pages of their own; a page of a theme needs no entry."""


def has_slide(page: str) -> bool:
    """Whether a page of the menu shows results, so that there is a slide of it."""
    return page in _BUILDERS or page in _themes()


@cache
def _themes() -> frozenset[str]:
    """The pages of inspection themes: those that show area criteria and have no other slide."""
    return frozenset(one.id for one in menu().pages if one.indicators) - _BUILDERS.keys()


@door(Action.READ, ANYWHERE)
def slide_of(engine: Engine, page: str, parameters: Mapping[str, str]) -> Slide:
    """The slide of the page at an address; `KeyError` of a page that `has_slide` says no to.

    Whatever `parameters` leave out or name in vain is resolved as the page itself does it.
    """
    build = theme_slide if page in _themes() else _BUILDERS[page]
    return build(engine, page, parameters)
