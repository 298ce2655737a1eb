"""Support between units on a hospital's page: what its books say of it, and crisis levels."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Engine

from components.areas.support import amount_columns, amounts, hospitals_table, level_cell
from components.parts.tables import Column, table_html
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from core.periods import month_text
from core.services.books.support import Support, support
from core.services.books.support_text import about_support
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
    by_code = {place.code: place for place in (*places, shown.place)}
    transfers = support(engine, [*by_code], shown.period)
    months = _months(transfers[hcode])
    others = province and hospitals_table(province, shown.period, by_code.values(), transfers)
    return joined((tag("p", tr(about_support())), months, others or Html()))


def _province(shown: Profile) -> Place | None:
    """The province it lies in; None of a hospital that is not in the register."""
    return next((one for one in shown.chain[:-1] if one.code.startswith(_PROVINCE)), None)


def _months(rows: Sequence[Support]) -> Html:
    columns = [Column(_("Month")), *amount_columns(), Column(_("Crisis level"), number=True)]
    columns.append(Column(_("Level of the month after"), number=True))
    after = [*rows[1:], None]
    cells = (
        (tr(month_text(row.period)), *amounts(row), level_cell(row), level_cell(following))
        for row, following in zip(rows, after, strict=True)
    )
    return table_html(_("Received and given by month, and the level that followed"), columns, cells)
