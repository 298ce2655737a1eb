"""Support between units on a hospital's page: what its books say of it, and crisis levels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Engine

from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.numbers import NONE
from core.periods import month_text
from core.services.books.support import Support, support
from core.services.geography.country import Place
from core.services.overview.month import month
from core.services.profiles.facility import Profile

WHY: Final = "books.support"
_PROVINCE: Final = "P"


def tables(engine: Engine, shown: Profile) -> Html:
    """The hospital's months of the fiscal year, and the hospitals of its province if known."""
    hcode, province = shown.place.code, _province(shown)
    inside = month(engine, shown.period).inside(province.code) if province else ()
    places = [one.place for one in inside]
    named = {place.code: place for place in (*places, shown.place)}
    found = support(engine, [*named], shown.period)
    about = _(
        "Sums since October of the accounts that say what was received from, or handed to, other"
        " units of the ministry. Of a month without books nothing is known, which is not zero."
        " Levels stand beside them; nothing is said of why they changed."
    )
    others = _hospitals(province, named, found) if province else Html()
    return joined((tag("p", about), _months(found[hcode]), others))


def _province(shown: Profile) -> Place | None:
    """The province it lies in; None of a hospital that is not in the register."""
    return next((one for one in shown.chain[:-1] if one.code.startswith(_PROVINCE)), None)


def _months(rows: Sequence[Support]) -> Html:
    columns = [Column(_("Month")), *_amounts(), Column(_("Crisis level"), number=True)]
    columns.append(Column(_("Level of the month after"), number=True))
    after = [*(one.level for one in rows[1:]), None]
    cells = (
        (tr(month_text(row.period)), *_baht(row), _level(row.level), _level(following))
        for row, following in zip(rows, after, strict=True)
    )
    return table_html(_("Received and given by month, and the level that followed"), columns, cells)


def _hospitals(
    province: Place, named: Mapping[str, Place], found: Mapping[str, tuple[Support, ...]]
) -> Html:
    caption = _("Received and given: {area}", area=tr(province.name))
    columns = [
        Column(_("Hospital")),
        *_amounts(),
        Column(_("First level of the year"), number=True),
    ]
    columns.append(Column(_("Crisis level"), number=True))
    latest = sorted((rows[-1] for rows in found.values()), key=_by_net)
    return table_html(caption, columns, _rows(latest, named, found))


def _rows(
    latest: Sequence[Support], named: Mapping[str, Place], found: Mapping[str, tuple[Support, ...]]
) -> Iterator[tuple[str, ...]]:
    for row in latest:
        first = next((one.level for one in found[row.hcode] if one.level is not None), None)
        place = named[row.hcode]
        name = link(tr(place.name), "facility", facility=place.code)
        yield name, *_baht(row), _level(first), _level(row.level)


def _by_net(row: Support) -> tuple[bool, float, str]:
    """Those who received most first, those without books last."""
    return row.net is None, -(row.net or 0.0), row.hcode


def _amounts() -> list[Column]:
    titles = (_("Received (baht)"), _("Given (baht)"), _("Received less given (baht)"))
    return [Column(title, number=True) for title in titles]


def _baht(row: Support) -> tuple[str, str, str]:
    amounts = (row.received, row.given, row.net)
    received, given, net = (NONE if one is None else f"{one:,.2f}" for one in amounts)
    return received, given, net


def _level(level: int | None) -> str:
    return NONE if level is None else str(level)
