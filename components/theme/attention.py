"""What needs attention by the inspection themes, in words; every line leads to its place."""

from collections.abc import Iterator

from components.frame.navigation import menu_page, page_of
from components.governance.page import MATRIX
from components.governance.page import PAGE as GOVERNANCE
from components.parts.status import Status
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html
from components.theme.page import CRITERION
from core.services.themes import points
from core.services.themes.attention import Missed, NewDefect, SilentTheme, ThemeAttention
from core.services.themes.month import DEFECTS

AttentionLine = tuple[Status, str, list[Html]]
"""How pressing a line is, what it says, and what it names."""


def red(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Lights that turned red, the columns with most of them named."""
    point = points.red_point(attention)
    if point:
        leads = ({MATRIX: one.matrix} for one in attention.red)
        names = [
            link(tr(place.text), GOVERNANCE, **way)
            for place, way in zip(point.places, leads, strict=False)
        ]
        more = [link(tr(point.more), GOVERNANCE)] if point.more else []
        yield point.status, tr(point.text), [*names, *more]


def defects(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Hospitals whose claims show a defect they did not show in the month before."""
    point = points.defects_point(attention)
    if point is None:
        return
    period = str(attention.period)
    hospitals = [
        _hospital(tr(place.text), one, period)
        for place, one in zip(point.places, attention.defects, strict=False)
    ]
    if point.more:
        page, criterion = page_of(DEFECTS)
        hospitals.append(link(tr(point.more), page or GOVERNANCE, **{CRITERION: criterion}))
    yield point.status, tr(point.text), hospitals


def _hospital(shown: str, one: NewDefect, period: str) -> Html:
    names = ", ".join(tr(defect) for defect, _id in one.defects)
    label = _("{name}: {defects}", name=shown, defects=names)
    why = one.defects[0][1]
    return link(shown, "facility", label=label, area=one.place.code, why=why, period=period)


def missed(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """Targets that are missed, each a line with how many facilities it lacks."""
    for point, one in zip(points.missed_points(attention), attention.missed, strict=True):
        yield point.status, tr(point.text), [_link(tr(point.places[0].text), one)]


def _link(text: str, one: Missed) -> Html:
    page, criterion = page_of(one.criterion)
    # A theme's usual criterion stands in no address.
    is_default = page is not None and menu_page(page).indicators[0] == criterion
    return link(text, page or GOVERNANCE, **{CRITERION: "" if is_default else criterion})


def silent(attention: ThemeAttention) -> Iterator[AttentionLine]:
    """How many facilities told nothing of each theme."""
    point = points.silent_point(attention)
    if point:
        places = zip(point.places, attention.silent, strict=True)
        yield point.status, tr(point.text), [_silent(tr(place.text), one) for place, one in places]


def _silent(name: str, one: SilentTheme) -> Html:
    page, _criterion = page_of(one.criterion)
    return link(name, page or GOVERNANCE, **{CRITERION: ""})
