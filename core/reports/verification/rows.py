"""The sheet of scores: a row for each test, its columns, and the check against what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.reports.verification.book import Book, code, formula, number
from core.reports.verification.formulas import NOTHING, listed
from core.reports.verification.model import StoredPart
from core.scoring.base.states import Verdict
from core.text import Text, say

FIGURE, CUTOFF, POINTS, FULL, RESULT = "C", "F", "G", "H", "I"
"""Columns of what formulas give."""
STORED: Final = {FIGURE: "J", CUTOFF: "K", POINTS: "L", FULL: "M", RESULT: "N"}
"""Where the stored value of each stands."""
CHECK: Final = "O"
PASSES, JUDGED, STATE, EARNED, POSSIBLE, MISSING, UNHELD, COMPLETE = "PQRSTUVW"
STORED_STATE, VALUE = "X", "Y"


@dataclass
class Row:
    """A test, a block or a total: references to what its formulas give.

    `items` are the tests below a block.
    """

    id: str
    figure: str
    points: str
    earned: str
    possible: str
    missing: str
    unheld: str
    complete: str
    state: str
    full: str
    is_shown: bool = False
    is_block: bool = False
    items: tuple["Row", ...] = ()

    @property
    def states(self) -> list[str]:
        """The states of its tests; of a test its own."""
        return [one.state for one in self.items] if self.is_block else [self.state]


def titles() -> tuple[Text, ...]:
    """Titles of the columns of the sheet of scores."""
    return (
        say("Test"), say("How"), say("Figure"), say("Unit"), say("Asked"), say("Cut-off"),
        say("Points"), say("Of"), say("Result"),
        say("Stored figure"), say("Stored cut-off"), say("Stored points"), say("Stored of"),
        say("Stored result"), say("Compared"),
        say("Kept"), say("Judged"), say("State"), say("Earned"), say("Possible"),
        say("Missing"), say("Unheld"), say("Complete"), say("Stored state"), say("As a figure"),
    )  # fmt: skip


class Writer:
    """Writes rows of the sheet of scores."""

    def __init__(self, book: Book) -> None:
        self.book, self.sheet = book, book.scores

    def name(self, name: str, how: Text | None, indent: int, *, strong: bool = False) -> None:
        """The name of a row and how it is computed."""
        self.sheet.put("A", name, "strong" if strong else "text", indent=indent)
        self.sheet.put("B", self.book.words(how) if how else "", "small")

    def put(self, column: str, written: str, *, strong: bool = False, unit: str = "") -> str:
        """A formula in a column of the present row."""
        look = "aside" if column in "PQRSTUVWXY" else "total" if strong else "number"
        return self.sheet.put(column, formula(written), look, format=unit)  # type: ignore[arg-type]

    def stored(self, part: StoredPart | None, result: str = "") -> None:
        """The stored numbers of the row, and whether they are what the formulas give."""
        sheet = self.sheet
        if part is None:
            sheet.put(CHECK, self.book.words(say("not stored")), "small")
            return
        numbers = {FIGURE: part.figure, CUTOFF: part.cutoff, POINTS: part.points, FULL: part.full}
        same = []
        for column, value in numbers.items():
            if (sheet.row, column) in sheet.cells:
                cell = sheet.put(STORED[column], number(value), "stored", format="")
                same.append(self._same(sheet.at(column), cell))
        if (sheet.row, RESULT) in sheet.cells:
            word = sheet.put(STORED[RESULT], result, "stored")
            same.append(f'{sheet.at(RESULT)}&""={word}&""')
        if part.state is not None and (sheet.row, STATE) in sheet.cells:
            state = sheet.put(STORED_STATE, code(part.state), "aside")
            same.append(f"{sheet.at(STATE)}={state}")
        equal, different = (f'"{self.book.words(word)}"' for word in (say("Equal"), say("Differs")))
        check = sheet.put(CHECK, formula(f"IF(AND({','.join(same)}),{equal},{different})"), "check")
        sheet.checks.append(check)

    def _same(self, live: str, cell: str) -> str:
        tolerance = self.book.settings.tolerance
        near = f"ABS({live}-{cell})<={tolerance}*MAX(1,ABS({cell}))"
        return (
            f"IF(AND(ISNUMBER({live}),ISNUMBER({cell})),{near},"
            f"AND(NOT(ISNUMBER({live})),NOT(ISNUMBER({cell}))))"
        )

    def verdict(self, conditions: Sequence[tuple[str, Verdict]], otherwise: Verdict) -> str:
        """The word of the first condition that holds."""
        written = self.book.verdicts[otherwise]
        for condition, verdict in reversed(conditions):
            written = f"IF({condition},{self.book.verdicts[verdict]},{written})"
        return written


def whole_state(complete: str, states: Sequence[str]) -> str:
    """The state of a whole: reported where complete, else the weightiest reason of its tests.

    It does not apply only where none of its tests does.
    """
    cells = listed(states)
    apart = f"IF(AND(MAX({cells})=2,MIN({cells})=2),2,1)"
    return f"IF({complete},0,IF(MAX({cells})>=3,MAX({cells}),{apart}))"


def of_possible(possible: str, earned: str) -> str:
    """Points earned; nothing where nothing could be judged."""
    return f"IF({possible}>0,{earned},{NOTHING})"
