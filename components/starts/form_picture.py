"""The picture of a blank form: its sheets as a spreadsheet shows them, drawn when it is opened."""

from typing import Final

from components.parts.behind import later
from components.reader.language import _, current_language, tr
from components.reader.markup import Html, joined, plain, tag
from core.forms.model.form import forms
from core.services.handbook.blanks import BlankCell, BlankRow, BlankSheet, blank_sheets

_FORM: Final = "form."
_EM: Final = 0.52
"""Width of a character of Excel's columns, in ems."""
_DARK: Final = 0x90
"""Fills whose green is below it bear white letters."""


def line(form_id: str) -> Html:
    """The line that shows what a form looks like."""
    why = f"{_FORM}{form_id}"
    return later(_("What this form looks like"), why, lambda: behind(why))


def behind(why: str) -> Html | None:
    """The sheets of the form that a line names; None where there is no such form."""
    form_id = why.removeprefix(_FORM)
    if not why.startswith(_FORM) or form_id not in forms():
        return None
    return joined(_sheet(one, form_id) for one in blank_sheets(form_id, current_language()))


def _sheet(sheet: BlankSheet, form_id: str) -> Html:
    name = tr(forms()[form_id].name)
    label = _("Sheet “{sheet}” of the blank form “{form}”", sheet=sheet.title, form=name)
    letters = (
        tag("th", plain(letter), scope="col", style=f"min-width: {width * _EM:.1f}em")
        for letter, width in sheet.columns
    )
    head = tag("thead", tag("tr", tag("th"), *letters))
    body = tag("tbody", *map(_row, sheet.rows))
    below = _("and {count} rows below", count=sheet.below) if sheet.below else ""
    caption = tag("figcaption", label, tag("small", " · ", below) if below else "")
    # It is wider than a page: who has no mouse moves it by keys.
    drawn = tag("div", tag("table", head, body), class_="t-blank", tabindex="0", role="region",
                aria_label=label)  # fmt: skip
    return tag("figure", caption, drawn)


def _row(row: BlankRow) -> Html:
    return tag("tr", tag("th", plain(str(row.number)), scope="row"), *map(_cell, row.cells))


def _cell(cell: BlankCell) -> Html:
    is_dark = cell.fill and int(cell.fill[2:4], 16) < _DARK
    ink = "color: #fff; " if is_dark else ""
    spans = {
        name: str(count)
        for name, count in (("colspan", cell.across), ("rowspan", cell.down))
        if count > 1
    }
    return tag(
        "td",
        tag("b", cell.text) if cell.is_bold and cell.text else cell.text,
        style=f"{ink}background: #{cell.fill}" if cell.fill else "",
        class_="t-input" if cell.is_input else "",
        **spans,
    )
