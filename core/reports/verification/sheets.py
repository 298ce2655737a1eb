"""Sheets as values: cells with what stands in them and how they look, before any file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Look = Literal[
    "title", "lead", "alert", "text", "small", "strong", "head", "band", "input", "word", "edge",
    "number", "total", "stored", "check", "aside",
]  # fmt: skip

FORMATS: Final[Mapping[str, str]] = {
    "baht": "#,##0.00",
    "count": "General",
    "rule": "General",
    "": "#,##0.00##",
}
"""Number formats by unit, of counts and of the numbers of rules; the last for all others."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign."""

    text: str


Value = Formula | str | float | int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; a text is never a formula. `format` is that of its numbers."""

    value: Value
    look: Look
    format: str = ""
    indent: int = 0
    note: str = ""


@dataclass
class Sheet:
    """A sheet that is filled from the top down; `row` is the one that is written next.

    `head` is the row that stays in sight, `aside` the first column of what only formulas need,
    `choices` are the cells one may type into with the range of words they take.
    """

    title: str
    widths: tuple[float, ...]
    row: int = 1
    head: int = 1
    aside: str = ""
    cells: dict[tuple[int, str], Cell] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    """References to the cells that say whether a row is equal to what is stored."""

    def put(self, column: str, value: Value, look: Look = "text", **more: object) -> str:
        """Write into a column of the present row; returns the reference to the cell."""
        if isinstance(value, Formula):
            value = Formula(value.text.replace(self.prefix, ""))
        self.cells[self.row, column] = Cell(value, look, **more)  # type: ignore[arg-type]
        return self.at(column)

    def at(self, column: str) -> str:
        """The reference to a cell of the present row."""
        return f"{self.prefix}{column}{self.row}"

    def next(self, rows: int = 1) -> None:
        """Go down."""
        self.row += rows

    @property
    def prefix(self) -> str:
        """What references to it begin with."""
        return "'" + self.title.replace("'", "''") + "'!"
