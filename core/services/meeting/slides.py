"""Each page of results as a slide: what the page at an address shows, in few words."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Engine

from core.reports.slide import Slide
from core.services.meeting.country import crisis_slide, overview_slide
from core.services.meeting.hospital import hospital_slide

_Builder = Callable[[Engine, str, Mapping[str, str]], Slide]

_BUILDERS: Final[Mapping[str, _Builder]] = {
    "overview": overview_slide,
    "crisis": crisis_slide,
    "facility": hospital_slide,
}


def has_slide(page: str) -> bool:
    """Whether a page of the menu shows results, so that there is a slide of it."""
    return page in _BUILDERS


def slide_of(engine: Engine, page: str, parameters: Mapping[str, str]) -> Slide:
    """The slide of the page at an address; `KeyError` of a page that `has_slide` says no to.

    Whatever `parameters` leave out or name in vain is resolved as the page itself does it.
    """
    return _BUILDERS[page](engine, page, parameters)
