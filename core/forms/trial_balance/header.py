"""Recognises the columns of a trial balance by their words, and what the lines above it say."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice
from typing import Final, NamedTuple

from core.forms.cells.text.sheet import TextSheet
from core.forms.cells.workbook import Place, Sheet, Workbook
from core.forms.model.form import Table, TableForm, form
from core.forms.model.issues import CellIssue
from core.forms.table.heads.head import Header, Recognition
from core.forms.table.heads.qualifiers import Unit
from core.forms.table.heads.titles import Titles, titles_of
from core.forms.table.heads.units import unit_in
from core.forms.table.keys import shown
from core.forms.table.moments import moment_in, period_code
from core.forms.table.words import is_of_document
from core.forms.trial_balance.words import last_word, phase_of, side_of
from core.periods import Period
from core.text import fold, thai_digits_to_arabic

FORM: Final = "trial-balance"
ACCOUNT: Final = "account_code"
CARRIED: Final = ("carried_debit", "carried_credit")
AMOUNTS: Final = ("brought_debit", "brought_credit", "month_debit", "month_credit", *CARRIED)
_NEEDED: Final = (ACCOUNT, *CARRIED)
_TITLE_ROWS: Final = 60
_CODE: Final = re.compile(r"(?<!\d)\d{5}(?!\d)")
_LETTER: Final = re.compile(r"[^\W\d_]").search
_LONGEST_DATE: Final = 5
"""Words that a date in a line above the table may take."""


def balance_table() -> Table:
    """The table of the form for trial balances."""
    chosen = form(FORM)
    if not isinstance(chosen, TableForm):
        raise TypeError(FORM)
    return chosen.tables[0]


class Above(NamedTuple):
    """What the lines above a table say: every facility code, month and unit they name."""

    hcodes: tuple[str, ...]
    periods: tuple[Period, ...]
    unit: Unit | None


def recognised(workbook: Workbook) -> Recognition:
    """How well the best sheet shows a trial balance; without all it needs it is none."""
    best = max((_met(sheet) for sheet in workbook.visible()), default=0)
    return Recognition(best, len(_NEEDED), fits=best == len(_NEEDED))


def _met(sheet: Sheet) -> int:
    rows = islice(sheet.rows, _TITLE_ROWS)
    return max(
        (
            len(columns.keys() & {*_NEEDED}) if ACCOUNT in columns else 0
            for columns in (_columns(sheet, row) for row in rows)
        ),
        default=0,
    )


def header_of(sheet: Sheet) -> Header | None:
    """The header of a sheet: of the rows that show all that is needed the one that shows most."""
    best: dict[str, int] = {}
    at = 0
    for row in islice(sheet.rows, _TITLE_ROWS):
        columns = _columns(sheet, row)
        if columns.keys() >= {*_NEEDED} and len(columns) > len(best):
            best, at = columns, row
    return Header(balance_table(), sheet, at, best, last=at) if best else None


def hidden_tables(workbook: Workbook) -> Iterator[CellIssue]:
    """Trial balances on hidden sheets, and hidden columns with amounts, which are not read."""
    for sheet in workbook.sheets:
        if not (sheet.is_hidden or sheet.hidden_columns) or (header := header_of(sheet)) is None:
            continue
        if sheet.is_hidden:
            spot = header.title(ACCOUNT)
            yield CellIssue("W364", spot.sheet, spot.place.name, spot.sheet)
            continue
        for column in sorted(sheet.hidden_columns):
            title = shown(sheet.at(Place(header.row, column)))
            if side_of(_title(sheet, header.row, column)):
                spot = header.spot(header.row, column)
                yield CellIssue("W365", spot.sheet, spot.place.name, title)


def is_undated_pair(header: Header) -> bool:
    """Whether the titles of the only debit and credit do not say of when they are."""
    titles = (_title(header.sheet, header.row, header.columns[name]) for name in CARRIED)
    return not any(map(phase_of, titles))


def _columns(sheet: Sheet, row: int) -> dict[str, int]:
    """The columns a row of titles names, the first of equals; hidden ones are not read."""
    columns: dict[str, int] = {}
    plain: dict[str, int] = {}
    titles = _titles()
    for column, text in _titles_of(sheet, row):
        if not _may_be_title(text):
            continue
        folded = _title(sheet, row, column)
        if side := side_of(folded):
            phase = phase_of(folded)
            (columns if phase else plain).setdefault(f"{phase or 'plain'}_{side}", column)
        elif (measure := titles.measure(text)) and measure not in AMOUNTS:
            # A "code" alone is that of the account, or of anything.
            columns |= {} if titles.is_loose(text) else {measure: columns.get(measure, column)}
    return columns | _plain_pair(columns, plain)


@lru_cache(maxsize=1 << 12)
def _may_be_title(text: str) -> bool:
    """Whether a text says a side or a measure; a province's files have the same texts."""
    return bool(side_of(fold(text)) or _titles().measure(text))


def _titles_of(sheet: Sheet, row: int) -> Iterator[tuple[int, str]]:
    """The texts of a row that have a letter, as titles do; what is merged speaks for every row."""
    if isinstance(sheet, TextSheet) and not _LETTER(" ".join(sheet.table.row(row - sheet.first))):
        # No cells are made of a line of figures.
        return
    own = sheet.rows.get(row, {})
    columns = {*own, *sheet.rows.get(row - 1, {})} if sheet.merges else own.keys()
    for column in sorted(columns - sheet.hidden_columns):
        text = sheet.at(Place(row, column)).value if sheet.merges else own[column].value
        if isinstance(text, str) and _LETTER(text):
            yield column, text


@cache
def _titles() -> Titles:
    return titles_of(balance_table())


def _plain_pair(columns: Mapping[str, int], plain: Mapping[str, int]) -> dict[str, int]:
    """Debit and credit that do not say of when: of the month beside a balance, else the balance."""
    phase = "month" if {*CARRIED} <= columns.keys() or "brought_debit" in columns else "carried"
    pair = {name.replace("plain", phase): column for name, column in plain.items()}
    return {name: column for name, column in pair.items() if name not in columns}


def _title(sheet: Sheet, row: int, column: int) -> str:
    """A title in comparing form; one that only says debit or credit with the title above it."""
    own = _text(sheet, row, column)
    if not side_of(own) or phase_of(own):
        return own
    above = _text(sheet, row - 1, column)
    if not above and side_of(own) == "credit":
        # A title above both that was not merged stands above the debit.
        above = _text(sheet, row - 1, column - 1)
    return above + own if phase_of(above) and not side_of(above) else own


def _text(sheet: Sheet, row: int, column: int) -> str:
    if row < 1 or column < 1:
        return ""
    value = sheet.at(Place(row, column)).value
    return fold(value) if isinstance(value, str) else ""


def above_of(header: Header) -> Above:
    """What the lines above a header, and the name of its sheet, say of whose and when it is.

    Neither post codes nor days on which the document was printed or sent say so.
    """
    texts = [header.sheet.name, *_texts_above(header)]
    hcodes = [code for text in texts for code in _codes(thai_digits_to_arabic(text))]
    dated = [text for text in texts if not is_of_document(text)]
    periods = [period for text in dated for period in _periods(text)]
    unit = next((unit for text in texts if (unit := unit_in(text))), None)
    return Above(tuple(dict.fromkeys(hcodes)), tuple(dict.fromkeys(periods)), unit)


def _codes(text: str) -> Iterator[str]:
    """The facility codes of a text: five digits, unless an address stands between it and them."""
    for match in _CODE.finditer(text):
        before = fold(text[: match.start()])
        hospital, address = (last_word(before, kind) for kind in ("hospital", "address"))
        if address <= hospital or address < 0:
            yield match[0]


def _texts_above(header: Header) -> Iterator[str]:
    for row, cells in header.sheet.rows.items():
        if row >= header.row:
            return
        # Long lines whole: their last words say of when it is.
        yield from (c.value if isinstance(c.value, str) else shown(c) for c in cells.values())


def _periods(text: str) -> Iterator[Period]:
    """The months with a year that a text names."""
    words = text.split()
    for first in range(len(words)):
        if code := period_code(words[first]):
            yield Period(code[0], "M", code[1])
        for last in range(first + 1, min(first + _LONGEST_DATE, len(words)) + 1):
            moment = moment_in("".join(words[first:last]))
            if moment and moment.fiscal_year:
                yield Period(moment.fiscal_year, "M", moment.fiscal_month)
