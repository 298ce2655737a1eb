"""Support between the hospitals of an area: what their books say of it, and crisis levels."""

from collections.abc import Iterable, Iterator, Mapping

from components.parts.status import basis_marks
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined
from components.reader.numbers import money
from core.periods import Period
from core.services.books.support import Standing, Support, standings
from core.services.books.support_text import level_text, support_title
from core.services.geography.country import Place


def hospitals_table(
    area: Place,
    period: Period,
    places: Iterable[Place],
    transfers: Mapping[str, tuple[Support, ...]],
) -> Html:
    """The hospitals of an area, those who received most first."""
    columns = [
        Column(_("Hospital")),
        *amount_columns(),
        Column(_("First level of the year"), number=True),
        Column(_("Crisis level"), number=True),
    ]
    by_code = {place.code: place for place in places}
    rows = _rows(standings(transfers), by_code)
    return table_html(tr(support_title(area.name, period)), columns, rows)


def _rows(
    rows: Iterable[Standing], places: Mapping[str, Place]
) -> Iterator[tuple[str | Html, ...]]:
    for one in rows:
        place = places[one.latest.hcode]
        name = link(tr(place.name), "facility", area=place.code)
        yield name, *amounts(one.latest), level_cell(one.first), level_cell(one.latest)


def level_cell(row: Support | None) -> Html:
    """The level of a month with what it rests on."""
    level = level_text(row.level if row else None)
    marks = basis_marks(row.basis) if row and row.level is not None else Html()
    return joined((level, " ", marks) if marks else (level,))


def amount_columns() -> list[Column]:
    """Columns of what was received and given."""
    titles = (_("Received (baht)"), _("Given (baht)"), _("Received less given (baht)"))
    return [Column(title, number=True) for title in titles]


def amounts(row: Support) -> tuple[str, str, str]:
    """What was received, given, and the one less the other."""
    return money(row.received), money(row.given), money(row.net)
