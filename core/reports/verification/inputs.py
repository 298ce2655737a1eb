"""The sheet of figures: what was reported, with its file and cell, and what is computed from it."""

from typing import Final, NamedTuple

from core.criteria.catalog import measures
from core.reports.verification.book import Book, figure_name
from core.reports.verification.formulas import NOTHING, listed
from core.reports.verification.model import Figure, Scope
from core.reports.verification.sheets import Formula
from core.scoring.base.state_words import state_text
from core.scoring.base.states import State
from core.text import Text, say

FINANCE: Final = "finance."
PLANNED: Final = "finance.plan_"
_CURRENT: Final = ("finance.current_assets", "finance.current_liabilities")
_OF_A_MONTH: Final = (FINANCE, "days.", "cost.", "activity.", "accounting.", "planfin.")
"""Measures whose zero stands for nothing in a month of nothing but zeros."""


class Known(NamedTuple):
    """References to a figure: its number or nothing, its state, and 1 where it may yet rise."""

    value: str
    state: str
    rises: str | None = None


class Inputs:
    """The reported figures of a scope, written as a table; by measure where each stands."""

    def __init__(self, book: Book, scope: Scope, others: dict[object, tuple[str, str]]) -> None:
        self.book, self.scope, self.sheet = book, scope, book.figures
        self.months, self.island = self._head()
        self.known: dict[str, Known] = {}
        self._others = others
        self._write(sorted(scope.figures, key=_order))

    def _head(self) -> tuple[str, str]:
        """The scope's name and what is known of the facility; returns two references."""
        sheet, words = self.sheet, self.book.words
        sheet.put("A", words(self.scope.name), "title")
        sheet.next(2)
        self.book.heads(sheet, (say("About the facility and the period"), say("Value")))
        months, island = "", ""
        if self.scope.period.part == "M":
            sheet.put("A", words(say("Months of the fiscal year that have passed")))
            months = sheet.put("B", self.scope.period.number, "edge", format="count")
            sheet.next()
            sheet.put("A", words(say("On an island (1 yes, 0 no)")))
            island = sheet.put("B", int(self.scope.island), "input", format="count")
            sheet.next()
        if self.scope.group:
            sheet.put("A", words(say("Hospital group")))
            sheet.put("B", self.scope.group)
            sheet.next()
        return months, island

    def _write(self, figures: list[Figure]) -> None:
        if not figures:
            return
        sheet, words = self.sheet, self.book.words
        first = sheet.row + 3
        rows = {one.measure: first + place for place, one in enumerate(figures)}
        empty = self._empty(rows) if self.scope.knows_empty and rows.keys() >= set(_CURRENT) else ""
        sheet.row = first - 1
        self.book.heads(
            sheet,
            (
                say("Reported figure"), say("Value"), say("Unit"), say("Missing because"),
                say("File"), say("Sheet"), say("Cell"), say("How it came in"),
                say("State"), say("As it counts"),
            ),
        )  # fmt: skip
        if empty:
            sheet.row -= 1
            sheet.put("K", words(say("State")), "head")
            sheet.next()
        for one in figures:
            self._line(one, empty)
            sheet.next()
        sheet.next()
        sheet.put("A", words(say("Computed from them")), "strong")
        sheet.next()
        self.book.heads(
            sheet,
            (say("Figure"), say("Computed"), say("Unit"), say("Rounded to decimals"),
             say("As it is compared")),
        )  # fmt: skip
        sheet.row -= 1
        sheet.put("I", words(say("State")), "head")
        sheet.put("K", words(say("May rise")), "head")
        sheet.next()

    def _empty(self, rows: dict[str, int]) -> str:
        """The cell that says that the month holds nothing but zeros."""
        sheet = self.sheet
        sheet.put("A", self.book.words(say("All amounts are 0, so nothing was reported (1 yes)")))
        amounts = [row for code_, row in rows.items()
                   if code_.startswith(FINANCE) and not code_.startswith(PLANNED)]  # fmt: skip
        states = listed(f"{sheet.prefix}I{row}" for row in amounts)
        values = listed(f"{sheet.prefix}B{row}" for row in amounts)
        current = ",".join(f"{sheet.prefix}I{rows[one]}=0" for one in _CURRENT)
        none = f"SUMPRODUCT(--({states}=0),--({values}<>0))=0,SUMPRODUCT(--({states}>1))=0"
        return sheet.put("B", Formula(f"IF(AND({current},{none}),1,0)"), "number", format="count")

    def _line(self, one: Figure, empty: str) -> None:
        sheet, words = self.sheet, self.book.words
        known = measures().get(one.measure)
        unit = known.unit if known else ""
        same = self._others.get(_key(one, self.scope))
        sheet.put("A", words(figure_name(one.measure)))
        if same is None:
            value = sheet.put("B", one.value, "input", format=unit)
            reason = "" if one.state == State.REPORTED else words(state_text(one.state))
            missing = sheet.put("D", reason, "word")
            sheet.choices[f"D{sheet.row}"] = self.book.settings.states
            self._others[_key(one, self.scope)] = value, missing
        else:
            value = sheet.put("B", Formula(f"IF(ISNUMBER({same[0]}),{same[0]},{NOTHING})"),
                              "number", format=unit)  # fmt: skip
            missing = sheet.put("D", Formula(f'{same[1]}&""'), "text")
        sheet.put("C", words(self.scope.units.get(one.measure, Text("", ""))), "small")
        for column, text in zip("EFG", (one.file, one.sheet, one.cell), strict=True):
            sheet.put(column, text, "small")
        sheet.put("H", words(one.way) if one.way else "", "small")
        self._counted(one.measure, value, missing, empty)

    def _counted(self, measure: str, value: str, missing: str, empty: str) -> None:
        """The state of a figure, and the figure as it counts."""
        sheet = self.sheet
        words = self.book.settings.states
        plain = f"IF(ISNUMBER({value}),0,IFERROR(MATCH({missing},{words},0),1))"
        counts = f"IF(ISNUMBER({value}),{value},{NOTHING})"
        if empty and measure.startswith(_OF_A_MONTH):
            nothing = f"AND(ISNUMBER({value}),{value}=0,{empty}=1)"
            counts = f"IF({nothing},{NOTHING},{counts})"
        # What a month of zeros is told by is the state of the zeros themselves.
        state = sheet.put("I", Formula(plain), "aside")
        shown = sheet.put("J", Formula(counts), "aside", format="")
        if empty and measure.startswith(_OF_A_MONTH):
            state = sheet.put("K", Formula(f"IF(AND({state}=0,{shown}={NOTHING}),1,{state})"),
                              "aside")  # fmt: skip
        self.known[measure] = Known(shown, state)


def _order(one: Figure) -> tuple[bool, bool, int]:
    """Amounts of a month first, for whether all are zero is asked of one range of cells."""
    is_amount = one.measure.startswith(FINANCE) and not one.measure.startswith(PLANNED)
    place = list(measures()).index(one.measure) if one.measure in measures() else len(measures())
    return not is_amount, not one.measure.startswith(FINANCE), place


def _key(one: Figure, scope: Scope) -> object:
    """What makes two rows the same figure: it is typed once, and the other row follows it."""
    return scope.period, one
