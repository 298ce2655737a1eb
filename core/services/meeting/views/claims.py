"""The slide of claims: money at risk of an area or hospital, its defects, and what lies unsent."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy import Engine

from core.periods import period_text
from core.reports.slide import MOST_LINES, Bar, Bars, Line, Slide
from core.scoring.base.state_words import Status
from core.services.claims import wording
from core.services.claims.view import BANDS, ClaimsView, claims_view, selection
from core.services.meeting.views.parts import (
    AREA,
    PERIOD,
    Address,
    as_stored,
    facility_of,
    marked,
    nothing_stored,
)
from core.text import Text, say


def claims_slide(engine: Engine, page: str, address: Address) -> Slide:
    """Claims as the page at an address shows them."""
    query = selection(
        engine,
        period=address.get(PERIOD, ""),
        area=facility_of(address) or address.get(AREA, ""),
        fund=address.get("fund", ""),
        patient=address.get("patient", ""),
    )
    if query is None:
        return replace(nothing_stored(page, address), title=wording.nothing_reported())
    shown = claims_view(engine, query)
    figure = _ages(shown)
    is_known = shown.whole.unsent(BANDS[0]) is not None
    return Slide(
        page,
        as_stored(address),
        query.area.name,
        period_text(query.period),
        wording.headline(shown),
        lines=tuple(islice(_lines(shown), MOST_LINES)) if is_known else (),
        figure=figure if is_known else None,
        sources=wording.assumptions()[5:6],
        problem=None if is_known else say("No file says which claims were sent."),
    )


def _lines(shown: ClaimsView) -> Iterator[Line]:
    """The defects that most hospitals fail, first."""
    names = wording.defect_names(shown.query.period)
    counted = {part: shown.failing(part) for part in names}
    for part in sorted(names, key=lambda one: -counted[one][0]):
        failing, measured = counted[part]
        status: Status = "fail" if failing else "pass" if measured else "none"
        yield marked(
            status,
            say(
                "{defect}: {failing} of {measured} hospitals fail",
                defect=names[part],
                failing=failing,
                measured=measured,
            ),
        )


def _ages(shown: ClaimsView) -> Bars:
    names = wording.band_names()
    bars = (
        Bar(names[band], float(count), _text(f"{count:,}"), "none")
        for band in BANDS
        for count in [shown.whole.unsent(band) or 0]
    )
    return Bars(say("Receivables not sent by age"), say("receivables"), tuple(bars))


def _text(text: str) -> Text:
    return Text(text, text)
