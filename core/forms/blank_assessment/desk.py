"""The tools for writing one sheet of a blank assessment form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.criteria.catalog import RuleSet
from core.criteria.load import DATA_FOLDER, read_model
from core.forms.assessment.plan import Item, typed_rule
from core.forms.blank_assessment.plan import Column, Places, SheetPlan, Spot
from core.forms.blank_assessment.wording import Wording
from core.forms.model.form import AssessmentForm, Section
from core.forms.model.identity import IDENTITY_SHEET, Role, cell_name
from core.forms.model.sheet_style import TEXT, Look, name_cell, put
from core.forms.model.values import Words
from core.text import Language, Text, say

_WORD_COLUMNS: Final = {"not_reported": "D", "not_applicable": "E"}


@dataclass(frozen=True)
class WordRanges:
    """Ranges of the words for "not reported" and "does not apply" on the hidden sheet."""

    not_reported: str
    not_applicable: str


def write_words(sheet: Worksheet) -> WordRanges:
    """Write the words accepted instead of a number beside the identity of the form."""
    words = read_model(DATA_FOLDER / "forms" / "_words.yaml", Words)
    ranges = {}
    for key, column in _WORD_COLUMNS.items():
        listed: tuple[str, ...] = getattr(words, key)
        for number, word in enumerate(listed, 1):
            cell = sheet[f"{column}{number}"]
            cell.value, cell.data_type = word, "s"
        ranges[key] = f"{IDENTITY_SHEET}!${column}$1:${column}${len(listed)}"
    return WordRanges(**ranges)


@dataclass(frozen=True)
class Desk:
    """One sheet being written, with the places of all other cells."""

    book: Workbook
    sheet: Worksheet
    form: AssessmentForm
    rules: RuleSet
    items: Sequence[Item]
    plan: SheetPlan
    places: Places
    wording: Wording
    words: WordRanges

    def seen(self, spot: Spot) -> str:
        """The reference to a cell in a formula of this sheet."""
        return spot.seen_from(self.plan.title)

    def put(self, row: int, column: int, value: object, look: Look = TEXT) -> str:
        """Write a cell; returns its name (`E12`)."""
        return str(put(self.sheet, row, column, value, look).coordinate)

    def name(self, role: Role, node: str, cell: str) -> None:
        name_cell(self.book, cell_name(role, node), self.sheet, cell)

    def name_at(self, role: Role, node: str, spot: Spot) -> None:
        """Give a defined name to a cell, which may be on another sheet of the form."""
        name_cell(self.book, cell_name(role, node), self.book[spot.sheet], spot.cell)

    def points_of(self, node: str) -> str:
        return self.seen(self.places.points(typed_rule(self.rules, node)))

    def full_of(self, node: str) -> str:
        return self.seen(self.places.full(typed_rule(self.rules, node)))


def column_titles(form: AssessmentForm, section: Section, language: Language) -> Mapping[int, str]:
    """The titles of the visible columns: the form's own first wording, or the section's."""
    columns = form.columns
    listed: dict[Column, tuple[tuple[str, ...], Text]] = {
        Column.NUMBER: (columns.number, say("No.")),
        Column.TITLE: (columns.title, say("What is assessed")),
        Column.EVIDENCE: (columns.evidence, say("Evidence")),
        Column.FULL: (columns.full, say("Full marks")),
        Column.SCORE: (columns.score, say("Points reached")),
        Column.NUMERATOR: (columns.numerator, say("Numerator (A)")),
        Column.DENOMINATOR: (columns.denominator, say("Denominator (B)")),
    }
    titles = {
        int(key): wordings[0] if language == "th" else wording_.en
        for key, (wordings, wording_) in listed.items()
    }
    own = {Column.FULL: section.titles.get("full"), Column.SCORE: section.titles.get("score")}
    titles |= {int(column): title.in_(language) for column, title in own.items() if title}
    return {**titles, int(Column.CHECK): say("To check").in_(language)}


def row_label(wordings: Sequence[str], own: Text, language: Language) -> str:
    """The label of a row: the form's own first wording, or ours in another language."""
    return wordings[0] if language == "th" else own.en
